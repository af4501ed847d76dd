import Testing
import Troupe

@testable import TroupeRuntime

/// What failed when a run stopped gets one new take with fresh counters when it goes on.
@Suite struct NewTakeTests {
  private let runtime = Runtime(store: .memory)
  private let ledger = Notes()
  private let breakage = Breakage()

  /// Runs a workflow that fails, and goes on with it.
  private func twice<Work: Workflow>(
    _ work: Work, _ input: Work.Input, on runtime: Runtime? = nil,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> Work.Output {
    let runtime = runtime ?? self.runtime
    await #expect(throws: RunFailure.self, sourceLocation: sourceLocation) {
      try await runtime.run(work, input: input, id: "run")
    }
    return try await runtime.run(work, input: input, id: "run")
  }

  @Test func aStageHasAllItsAttemptsAgainUnderTheSameKey() async throws {
    let work = Body { [ledger] input, output in
      Stage("try", reads: input, writes: output) { number in
        let context = StageContext.current
        let count = ledger.add("\(context?.idempotencyKey ?? "") \(context?.take ?? 0)")
        guard count == 6 else { throw Mishap() }
        return number
      }
      .retry(attempts: 3)
    }
    #expect(try await twice(work, 1) == 1)
    #expect(ledger.all.count == 6)
    #expect(Set(ledger.all).count == 1)
  }

  @Test func everyMemberMayTryAgain() async throws {
    struct Asking: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<String>("text")
      var body: some Step {
        Stage("write", by: Role("writer"), reads: input, writes: output) { $0 }.retry(attempts: 2)
      }
    }
    @Sendable func agent(_ name: String) -> ClosureAgent {
      ClosureAgent { [ledger] _ in
        guard ledger.add(name) == 8 else { throw Mishap() }
        return .text("by \(name)")
      }
    }
    let team = Team {
      Member("ann", plays: Role("writer")) { agent("ann") }
      Member("bob", plays: Role("writer")) { agent("bob") }
    }
    #expect(try await twice(Asking(), "x", on: Runtime(team: team, store: .memory)) == "by bob")
    #expect(ledger.all == ["ann", "ann", "bob", "bob", "ann", "ann", "bob", "bob"])
  }

  @Test func whatAGateRejectedIsWrittenAgainWithItsReasonAsFeedback() async throws {
    let work = Body { [ledger] input, output in
      Stage("write", reads: input, writes: output) { number in
        let feedback = StageContext.current?.feedback.map(\.reason) ?? []
        return number + ledger.add(feedback.joined(separator: ","))
      }
      .gate("big") { $0 > 2 ? .accepted : .rejected("\($0) is small") }
    }
    #expect(try await twice(work, 1) == 3)
    #expect(ledger.all == ["", "2 is small"])
  }

  /// Runs a workflow that hangs until its time is over, and goes on with it when it does not.
  private func twice(hanging work: Body<Steps>) async throws -> Int {
    let store = Store.memory
    await #expect(throws: RunFailure.self) {
      try await Runtime(store: store, clock: LeapingClock()).run(work, input: 1, id: "run")
    }
    breakage.mend()
    return try await Runtime(store: store).run(work, input: 1, id: "run")
  }

  @Test func aContainerHasItsTimeoutAgain() async throws {
    let work = Body { [breakage] input, output in
      Phase("slow") {
        Stage("work", reads: input, writes: output) { number in
          if breakage.isBroken { try await untilCancelled() }
          return number
        }
      }
      .timeout(.seconds(60))
    }
    #expect(try await twice(hanging: work) == 1)
  }

  @Test func aDeadlineIsCountedAnew() async throws {
    let work = Body { [breakage] input, output in
      Stage("work", reads: input, writes: output) { number in
        if breakage.isBroken { try await untilCancelled() }
        return number
      }
      .deadline(.seconds(60))
    }
    #expect(try await twice(hanging: work) == 1)
  }

  @Test func theElementsOfAFanOutThatFailedAreDoneAgainAndNoOthers() async throws {
    let work = FanOutTests.Tolerant(tolerated: 1) { [ledger] number in
      ledger.add("\(number)")
      guard number == 1 || ledger.all.count > 3 else { throw Mishap() }
      return number
    }
    let runtime = Runtime(store: .memory, width: 1)
    #expect(try await twice(work, [1, 2, 3], on: runtime).map(\.value) == [1, 2, 3])
    #expect(ledger.all == ["1", "2", "3", "2", "3"])
  }

  @Test func aConditionIsAskedAgainAboutElementsThatAreDoneAgain() async throws {
    let work = FanOutTests.Tolerant(enough: { $0.count == 2 }) { [ledger] number in
      ledger.add("\(number)")
      guard number == 1 || ledger.all.count > 2 else { throw Mishap() }
      return number
    }
    let runtime = Runtime(store: .memory, width: 1)
    #expect(try await twice(work, [1, 2, 3], on: runtime).map(\.value) == [1, 2, nil])
    #expect(ledger.all == ["1", "2", "2"])
  }

  @Test func aRaceThatNobodyWonIsRunAgain() async throws {
    let work = Body { [ledger] input, output in
      Race {
        Stage("a", reads: input, writes: output) { number in
          guard ledger.add("a") > 2 else { throw Mishap() }
          return number
        }
        Stage("b", reads: input, writes: output) { number in
          ledger.add("b")
          throw Mishap()
        }
      }
    }
    #expect(try await twice(work, 1) == 1)
  }

  @Test func aChoiceThatMatchedNothingIsMadeAgain() async throws {
    let work = Body { [ledger] input, output in
      Choose("size", on: input) {
        When("now") { _ in
          ledger.add("asked") > 1
        } then: {
          Stage("s", reads: input, writes: output) { $0 }
        }
      }
    }
    #expect(try await twice(work, 1) == 1)
    #expect(ledger.all == ["asked", "asked"])
  }

  @Test func aFallbackThatFailedGoesOnAndTheStepBeforeItDoesNot() async throws {
    let work = Body { [ledger] input, output in
      Stage("try", reads: input, writes: output) { _ in
        ledger.add("try")
        throw Mishap()
      }
      .fallback {
        Stage("instead", reads: input, writes: output) { number in
          guard ledger.add("instead") > 2 else { throw Mishap() }
          return number
        }
      }
    }
    #expect(try await twice(work, 1) == 1)
    #expect(ledger.all == ["try", "instead", "instead"])
  }
}

import Foundation
import Testing
import Troupe
import TroupeSimulation

/// Waits for time, and how long waits for signals last.
@Suite struct WaitTests {
  private let number = Signal<Int>("number")

  @Test func threeDaysAreOverInNoTime() async throws {
    let workflow = Body { input, output in
      Wait("cool down", lasting: .hours(72))
      Stage("end", reads: input, writes: output) { $0 }
    }
    let began = ContinuousClock.now
    let run = try await Simulation(of: workflow).run(1)
    #expect(try run.output == 1)
    #expect(run.elapsed >= .hours(72) && run.elapsed < .hours(72) + .seconds(1))
    #expect(ContinuousClock.now - began < .seconds(5))
  }

  @Test func aWaitEndsAtTheInstantThatIsRead() async throws {
    let (start, notes) = (Artifact<Date>("start"), Notes())
    let instant = Date(timeIntervalSince1970: 1_893_488_400 + 5_400.25)
    let workflow = Body { input, output in
      Stage("plan", reads: input, writes: start) { _ in instant }
      Wait(until: start)
      Wait("again", reads: start, input) { start, _ in
        notes.add("asked")
        return start - 60
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    let run = try await Simulation(of: workflow).run(1)
    let passed = run.events.filter { if case .passed = $0.kind { true } else { false } }
    let late = passed.map { $0.elapsed - (.hours(1.5) + .milliseconds(250)) }
    #expect(late.allSatisfy { (.zero ... .milliseconds(1)).contains($0) }, "\(late)")
    #expect(notes.all == ["asked"])
  }

  @Test func aWaitLooksAtTheClockEveryMinuteAndNeverEndsEarly() async throws {
    let clock = LeapingClock()
    let workflow = Body { input, output in
      Wait("cool down", lasting: .seconds(150))
      Stage("end", reads: input, writes: output) { $0 }
    }
    _ = try await run(workflow, 1, on: Runtime(clock: clock))
    #expect(clock.sleeps == [.seconds(60), .seconds(60), .seconds(30)])
  }

  @Test func aClockThatIsMovedEndsAWaitWithinAMinute() async throws {
    let workflow = Body { input, output in
      Parallel {
        Wait("patience", lasting: .hours(24))
        Phase("later") {
          Wait("while", lasting: .minutes(10))
          Effect("travel", reads: input) { _ in }
        }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    let simulation = Simulation(of: workflow) {
      Stub(effect: "travel").fault(.clockMoves(by: .hours(20)))
    }
    let run = try await simulation.run(1)
    #expect(run.elapsed > .hours(4) && run.elapsed < .hours(4) + .minutes(2))
  }

  @Test func aClockThatIsSetBackMakesAWaitLonger() async throws {
    let workflow = Body { input, output in
      Parallel {
        Wait("patience", lasting: .hours(2))
        Phase("later") {
          Wait("while", lasting: .minutes(10))
          Effect("travel", reads: input) { _ in }
        }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    let simulation = Simulation(of: workflow) {
      Stub(effect: "travel").fault(.clockMoves(by: .hours(-1)))
    }
    let run = try await simulation.run(1)
    #expect(run.elapsed > .hours(3) && run.elapsed < .hours(3) + .minutes(2))
  }

  @Test func aSignalThatDoesNotComeInTimeIsAFailure() async throws {
    let workflow = Body { [number] _, output in
      Wait(for: number, writes: output, within: .hours(48))
    }
    let run = try await Simulation(of: workflow) {
      Send(number, 7, after: .hours(49))
    }.run(1)
    let failure = try #require(run.failure)
    #expect(
      failure.description == """
        'test/number' was not sent signal 'number' within 2 d
          allow more time with 'within:', or give the wait a '.fallback'
        """)
    #expect(run.elapsed == .hours(48))
    #expect(
      story(run.events) == [
        "test opened", "test/number waits for number", "test/number passed",
        "test/number closed: was not sent signal 'number' within 2 d",
        "test closed: was not sent signal 'number' within 2 d",
      ])
  }

  @Test func aFallbackStandsInForASignalThatDoesNotCome() async throws {
    let workflow = Body { [number] input, output in
      Wait(for: number, writes: output, within: .hours(48))
        .fallback { Stage("assume", reads: input, writes: output) { _ in 0 } }
    }
    #expect(try await Simulation(of: workflow).run(1).output == 0)
  }

  @Test func aDeadlineAroundAWaitEndsIt() async throws {
    let workflow = Body { [number] input, output in
      Phase("ask") {
        Wait(for: number, writes: output)
      }
      .deadline(.hours(1))
      .fallback { Stage("assume", reads: input, writes: output) { _ in 0 } }
    }
    let run = try await Simulation(of: workflow).run(1)
    #expect(story(run.events).contains("test/ask/number cancelled"))
    #expect(run.failure?.failure.cause.isDeadline == true)
  }

  @Test func aClosureThatFindsNoInstantFailsTheWait() async throws {
    let workflow = Body { input, output in
      Wait("plan", reads: input) { _ in throw Mishap() }
      Stage("end", reads: input, writes: output) { $0 }
    }
    let failure = try #require(try await Simulation(of: workflow).run(1).failure)
    #expect(failure.failure.description == "'test/plan' failed: it broke")
  }

  @Test func aGateWaitsAgainForTheNextSignal() async throws {
    let workflow = Body { [number] _, output in
      Wait(for: number, writes: output, within: .hours(48))
        .gate("is large", on: output, otherwise: .rework(upTo: 3)) { $0 > 5 }
    }
    let run = try await Simulation(of: workflow) {
      for value in 3...9 { Send(number, value, after: .hours(value)) }
    }.run(1)
    #expect(try run.output == 6)
    #expect(run.elapsed == .hours(6))
    #expect(story(run.events).contains("test/number~4 consumed 16"))
  }
}

extension Duration {
  fileprivate static func hours(_ hours: Double) -> Duration { .seconds(hours * 3_600) }
}

extension Failure.Cause {
  fileprivate var isDeadline: Bool {
    if case .deadlinePassed = self { true } else { false }
  }
}

import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Operators who decide about steps in the place of whoever was to.
@Suite struct OverridingTests {
  private static let review = "letters/write/@gate(reads well)"

  /// A text that is not long enough, or of which nothing comes, and a stage that reads it.
  private struct Column: Workflow {
    static let writer = Role("writer")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("column")
    let draft = Artifact<String>("draft")

    var body: some Step {
      Stage("draft", by: Self.writer, reads: input, writes: draft) { "Write about \($0)." }
        .gate("long enough") { $0.count > 10 }
      Stage("print", reads: draft, writes: output) { draft in
        draft + (StageContext.current?.waivers.map { ", waived by \($0.member)" }.joined() ?? "")
      }
    }
  }

  /// A desk with a writer who does what a closure says.
  private func column(
    _ write: @escaping @Sendable () async throws -> String,
    _ work: @escaping @Sendable (Desk) async throws -> Void
  ) async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Member("bot", plays: Column.writer) { ClosureAgent { _ in .text(try await write()) } }
      }
      try await work(desk)
    }
  }

  private func override(
    _ desk: Desk, _ address: String, _ override: Override, by person: String = "otto"
  ) async throws {
    try await desk.store.override(address, of: "run", as: override, by: person, why: "it is late")
  }

  /// Runs the column and stops it while its writer is at work.
  private func stopAfterAnHour(_ desk: Desk) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await desk.runtime.run(Column(), input: "cats", id: "run") }
      try await desk.sleep(.hours(1))
      group.cancelAll()
      await #expect(throws: (any Error).self) { try await group.waitForAll() }
    }
  }

  @Test func whatPeopleAreAskedForIsDecidedWhoeverWasAsked() async throws {
    try await Desk.work { desk in
      _ = try await desk.advance(Letters(parameters: .init(passing: 0.5)))
      try await override(desk, "letters/write", .output("Cats purr."))
      _ = try await desk.advance(Letters(parameters: .init(passing: 0.5)))
      try await override(desk, Self.review, .accept)
      #expect(try await desk.advance(Letters(parameters: .init(passing: 0.5))) == nil)
      #expect(try await desk.output() == "Cats purr.")
      let records = try await desk.store.history(of: "run").journal.filter { $0.type == "answered" }
      #expect(records.map { $0.members["by"] } == ["otto", "otto"])
      #expect(records.allSatisfy { $0.members["override"] == true })
      #expect(records.map { $0.members["reason"] } == ["it is late", "it is late"])
    }
  }

  @Test func whatPeopleAreAskedForIsDecidedWhileTheRunIsUnderWay() async throws {
    try await Desk.work { desk in
      let output = try await desk.runtime.withRun(of: Letters(), input: "cats", id: "run") { run in
        for await event in run.events {
          guard case .asked(_, let asking) = event.kind else { continue }
          switch asking.purpose {
          case .review:
            try await run.override(asking.request, as: .accept, by: "otto", why: "I say so")
          default: try await run.answer(asking.request, .supply("Cats purr."), as: "cleo")
          }
        }
        return try await run.output
      }
      #expect(output == "Cats purr.")
    }
  }

  @Test func aGateThatHasRejectedForGoodIsWaivedAndItIsKnownByWhom() async throws {
    try await column {
      "short"
    } _: { desk in
      await #expect(throws: RunFailure.self) { try await desk.advance(Column()) }
      try await override(desk, "column/draft", .accept)
      for _ in 1...2 {
        #expect(try await desk.advance(Column()) == nil)
        #expect(try await desk.output() == "short, waived by otto")
      }
      let waiver = try #require(
        try await desk.store.history(of: "run").journal.last { $0.members["override"] == true })
      #expect(waiver.type == "judged")
      #expect(waiver.members["by"] == "otto")
      #expect(waiver.members["why"] == "it is late")
    }
  }

  @Test func aStageThatFailedIsGivenItsOutputForWhichItsGatesHold() async throws {
    try await column {
      throw Mishap()
    } _: { desk in
      await #expect(throws: RunFailure.self) { try await desk.advance(Column()) }
      try await override(desk, "column/draft", .output("too short"))
      let failure = try await #require(throws: RunFailure.self) { try await desk.advance(Column()) }
      #expect(failure.failure.reason.contains("rejected by gate 'long enough'"))
      try await override(desk, "column/draft", .accept)
      #expect(try await desk.advance(Column()) == nil)
      #expect(try await desk.output() == "too short, waived by otto")
    }
  }

  @Test(arguments: [UInt64](1...20))
  func whatWasAtWorkWhenItsProcessEndedIsNotDoneAgain(_ seed: UInt64) async throws {
    let asked = Lock(0)
    try await Desk.work(seed: seed) { desk in
      var desk = desk
      let clock = desk.time.clock
      desk.people = Team {
        Member("bot", plays: Column.writer) {
          ClosureAgent { _ in
            asked.withLock { $0 += 1 }
            try await clock.sleep(until: .hours(9))
            return .text("never comes in time")
          }
        }
      }
      try await stopAfterAnHour(desk)
      try await override(desk, "column/draft", .output("written by hand"))
      #expect(try await desk.advance(Column()) == nil)
      #expect(try await desk.output() == "written by hand")
      #expect(asked.withLock { $0 } == 1)
    }
  }

  @Test func whatIsNotToBeDecidedIsRefused() async throws {
    try await column {
      throw Mishap()
    } _: { desk in
      await #expect(throws: RunFailure.self) { try await desk.advance(Column()) }
      for (address, decision, reason) in [
        ("column/print", Override.accept, "nothing has begun there"),
        ("column/draft", .accept, "no gate has rejected it for good"),
        ("column", .output("text"), "no stage there has begun and given nothing"),
      ] {
        await #expect(throws: OverrideRefused(address, reason)) {
          try await override(desk, address, decision)
        }
      }
      try await override(desk, "column/draft", .output("written by hand"))
      // The same once more changes nothing, and something else comes too late.
      try await override(desk, "column/draft", .output("written by hand"))
      await #expect(throws: OverrideRefused.self) {
        try await override(desk, "column/draft", .output("another one, by hand"))
      }
      #expect(try await desk.advance(Column()) == nil)
      await #expect(throws: RunHasEnded.self) { try await override(desk, "column/draft", .accept) }
    }
  }

  @Test func anEarlierTakeIsNotWaivedOnceItIsDoneAgain() async throws {
    let takes = Lock(0)
    try await Desk.work { desk in
      var desk = desk
      let clock = desk.time.clock
      desk.people = Team {
        Member("bot", plays: Column.writer) {
          ClosureAgent { assignment in
            takes.withLock { $0 = assignment.take }
            if assignment.take > 1 { try await clock.sleep(until: .hours(9)) }
            return .text("short")
          }
        }
      }
      await #expect(throws: RunFailure.self) { try await desk.advance(Column()) }
      try await stopAfterAnHour(desk)
      #expect(takes.withLock { $0 } == 2)
      await #expect(throws: OverrideRefused("column/draft", "no gate has rejected it for good")) {
        try await override(desk, "column/draft", .accept)
      }
    }
  }

  /// A text of which the second take does not come about.
  private struct Story: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("story")

    var body: some Step {
      Stage("tell", by: Column.writer, reads: input, writes: output) { "Tell of \($0)." }
        .gate("long enough", otherwise: .rework(upTo: 2)) { $0.count > 10 }
    }
  }

  @Test func whatIsSaidOfTheLastTakeSaysNothingOfTheOnesBefore() async throws {
    try await Desk.work { desk in
      var desk = desk
      let rejected = Notes()
      desk.people = Team {
        Member("bot", plays: Column.writer) {
          ClosureAgent { assignment in
            switch assignment.take {
            case 1: return .text("short")
            case 2: throw Mishap()
            default:
              for feedback in assignment.feedback { rejected.add(feedback.rejected ?? "") }
              return .text("long enough at last")
            }
          }
        }
      }
      await #expect(throws: RunFailure.self) { try await desk.advance(Story()) }
      try await override(desk, "story/tell", .output("by hand"))
      #expect(try await desk.advance(Story()) == nil)
      #expect(rejected.all == ["short", "by hand"])
    }
  }

  @Test func whatHasAnotherTypeIsRefusedWhenTheRunTakesIt() async throws {
    try await column {
      throw Mishap()
    } _: { desk in
      await #expect(throws: RunFailure.self) { try await desk.advance(Column()) }
      try await override(desk, "column/draft", .output(7))
      await #expect(throws: RunFailure.self) { try await desk.advance(Column()) }
      #expect(
        try await desk.story().contains {
          $0.contains("'column/draft' cannot be overridden: the output cannot be used")
        })
    }
  }
}

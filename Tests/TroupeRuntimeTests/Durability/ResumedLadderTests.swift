import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Ladders of runs that are stopped in the middle of them, and go on.
@Suite struct ResumedLadderTests {
  private struct Work: Workflow {
    var limit = Duration.hours(4)
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("work", reads: input, writes: output) { _ in throw Refused() }
        .escalate {
          On(.failure) {
            Notify("operations")
            Ask(Role("boss"), within: limit)
            Fallback { Stage("guess", reads: input, writes: output) { $0 + 41 } }
          }
        }
    }
  }

  private struct Refused: Error {}

  /// Somebody who does not answer.
  private func never() async throws -> Delivery {
    try await untilCancelled()
    return .json(0)
  }

  /// A run whose ladder was stopped while somebody was asked, so long ago.
  private func interrupted(
    for absence: Duration, _ store: Store, _ clock: ManualClock, asked: Notes
  ) async throws {
    let waits = Latch()
    let team = Team {
      Member("ann", plays: Role("boss")) {
        ClosureAgent { _ in
          asked.add("asked")
          waits.arrive()
          try await untilCancelled()
          return .json(0)
        }
      }
    }
    let run = Task {
      try await Runtime(team: team, store: store, clock: clock).run(Work(), input: 1, id: "run")
    }
    await waits.untilArrived()
    run.cancel()
    _ = try? await run.value
    clock.advance(by: absence)
  }

  private func team(_ resolution: Resolution, asked: Notes) -> Team {
    Team {
      Member("ann", plays: Role("boss")) {
        ClosureAgent { _ in
          asked.add("asked again")
          return .value(resolution)
        }
      }
    }
  }

  @Test func theTimeForAnAnswerGoesOnWhileNobodyRunsTheRun() async throws {
    let (store, clock, asked) = (Store.memory, ManualClock(), Notes())
    try await interrupted(for: .hours(5), store, clock, asked: asked)
    let silent = Team {
      Member("ann", plays: Role("boss")) { ClosureAgent { _ in try await never() } }
    }
    let runtime = Runtime(team: silent, store: store, clock: clock)
    #expect(try await runtime.run(Work(), input: 1, id: "run") == 42)
  }

  @Test func whoStillHasTimeIsAskedAgain() async throws {
    let (store, clock, asked) = (Store.memory, ManualClock(), Notes())
    try await interrupted(for: .hours(3), store, clock, asked: asked)
    let runtime = Runtime(team: team(.supply(7), asked: asked), store: store, clock: clock)
    #expect(try await runtime.run(Work(), input: 1, id: "run") == 7)
    let events = try await store.history(of: "run").events
    #expect(asked.all == ["asked", "asked again"])
    let rungs = events.compactMap { event in
      if case .reached(let rung, _) = event.kind { rung } else { nil }
    }
    #expect(rungs == [1, 2])
  }

  @Test func aRunThatWasAbortedStaysAborted() async throws {
    let (store, clock, asked) = (Store.memory, ManualClock(), Notes())
    try await interrupted(for: .hours(1), store, clock, asked: asked)
    let runtime = Runtime(
      team: team(.abort(reason: "off"), asked: asked), store: store, clock: clock)
    for _ in 1...2 {
      let aborted = try await #require(throws: RunAborted.self) {
        try await runtime.run(Work(), input: 1, id: "run")
      }
      #expect(
        aborted.description
          == "run 'run' was ended by ann, because 'work/work' could not get further: off")
    }
    #expect(asked.all == ["asked", "asked again"])
    #expect(try await store.runs().map(\.status) == [.ended(.aborted)])
  }

  @Test func aLadderThatHasBegunDoesNotChange() async throws {
    let (store, clock, asked) = (Store.memory, ManualClock(), Notes())
    try await interrupted(for: .hours(1), store, clock, asked: asked)
    let runtime = Runtime(team: team(.supply(7), asked: asked), store: store, clock: clock)
    struct Changed: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")
      var name: String { "work" }
      var body: some Step {
        Stage("work", reads: input, writes: output) { $0 }
          .escalate {
            On(.failure) {
              Notify("somebody else")
              Ask(Role("boss"), within: .hours(4))
              Fallback { Stage("guess", reads: input, writes: output) { $0 + 41 } }
            }
          }
      }
    }
    let mismatch = try await #require(throws: RunMismatch.self) {
      try await runtime.resume(Changed(), id: "run", acceptingChanges: true)
    }
    #expect(mismatch.description.contains("its ladder has begun, and stays as it is"))
    #expect(mismatch.description.contains("notify operations → ask boss within 4 h → fallback"))
  }

  @Test func whatSomebodySuppliedIsAVersionOfTheirs() async throws {
    let (store, clock, asked) = (Store.memory, ManualClock(), Notes())
    try await interrupted(for: .hours(1), store, clock, asked: asked)
    let runtime = Runtime(team: team(.supply(7), asked: asked), store: store, clock: clock)
    #expect(try await runtime.run(Work(), input: 1, id: "run") == 7)
    let history = try await store.history(of: "run")
    let version = try #require(history.artifacts.last)
    #expect(version.artifact == "output")
    #expect(version.member == "ann")
    #expect(try await history.value(of: version) == 7)
  }

  @Test func aForkAsksAnew() async throws {
    let (store, clock, asked) = (Store.memory, ManualClock(), Notes())
    try await interrupted(for: .hours(1), store, clock, asked: asked)
    let last = try #require(try await store.history(of: "run").events.last?.sequence)
    _ = try await store.fork("run", at: last, as: "fork")
    let runtime = Runtime(team: team(.supply(7), asked: asked), store: store, clock: clock)
    #expect(try await runtime.resume(Work(), id: "fork") == 7)
    #expect(try await runtime.resume(Work(), id: "run") == 7)
    #expect(asked.all == ["asked", "asked again", "asked again"])
  }

  /// Work with a ladder, beside work that fails while somebody is asked.
  private struct Beside: Workflow {
    let asked: Latch
    let isMended: Bool
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")

    var body: some Step {
      Parallel {
        Stage("work", reads: input, writes: output) { _ in throw Refused() }
          .escalate {
            On(.failure) {
              Retry()
              Ask(Role("boss"), within: .hours(4))
            }
          }
        Effect("other", reads: input) { _ in
          if isMended { return }
          await asked.untilArrived()
          throw Refused()
        }
      }
    }
  }

  @Test func aLadderDoesNotBeginAnewWhenAFailedRunGoesOn() async throws {
    let (store, asked, latch) = (Store.memory, Notes(), Latch())
    let silent = Team {
      Member("ann", plays: Role("boss")) {
        ClosureAgent { _ in
          latch.arrive()
          return try await never()
        }
      }
    }
    await #expect(throws: RunFailure.self) {
      try await Runtime(team: silent, store: store)
        .run(Beside(asked: latch, isMended: false), input: 1, id: "run")
    }
    let runtime = Runtime(team: team(.supply(7), asked: asked), store: store)
    #expect(try await runtime.run(Beside(asked: latch, isMended: true), input: 1, id: "run") == 7)
    let history = try await store.history(of: "run")
    let rungs = history.events.compactMap { event in
      if case .reached(let rung, _) = event.kind { rung } else { nil }
    }
    #expect(rungs == [1, 2])
    let takes = history.steps.first { $0.address.description == "beside/parallel/work" }?.attempts
    #expect(takes?.map(\.attempt.take) == [1, 2])
  }

  /// Rounds each of which climbs a ladder.
  private struct Rounds: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let sum = Artifact<Int>("sum")

    var body: some Step {
      Stage("begin", reads: input, writes: sum) { $0 }
      Repeat("rounds", sum, upTo: 100, until: { $0 >= 40 }) {
        Stage("add", reads: sum, writes: sum) { sum in
          if StageContext.current?.take == 1 { throw Refused() }
          return sum + 1
        }
        .escalate { On(.failure) { Retry() } }
      }
      Stage("end", reads: sum, writes: output) { $0 }
    }
  }

  @Test func laddersAreKeptWhenTheirRoundsAreNot() async throws {
    try await withTemporaryFolder { folder in
      let store = Store.directory(folder, retention: Retention(compactsAfter: 60))
      #expect(try await Runtime(store: store).run(Rounds(), input: 0, id: "run") == 40)
      let audit = try String(contentsOfFile: "\(folder)/runs/run/audit.jsonl", encoding: .utf8)
      #expect(audit.contains(#""type":"escalated""#))
      #expect(audit.contains(#""type":"reached""#))
      #expect(try await Runtime(store: store).run(Rounds(), input: 0, id: "run") == 40)
    }
  }
}

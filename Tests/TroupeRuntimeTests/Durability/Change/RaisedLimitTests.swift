import Testing
import Troupe

@testable import TroupeRuntime

/// A run that a limit has ended goes on when the limit is raised.
@Suite struct RaisedLimitTests {
  private let runtime = Runtime(store: .memory)
  private let ledger = Notes()

  private func fail<Work: Workflow>(
    _ work: Work, _ input: Work.Input, raising raised: [RaisedLimit] = [],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> RunFailure {
    try await #require(throws: RunFailure.self, sourceLocation: sourceLocation) {
      try await runtime.run(work, input: input, id: "run", raising: raised)
    }
  }

  private var loop: Body<Steps> {
    Body { [ledger] input, output in
      Stage("first", reads: input, writes: output) { $0 }
      Repeat("rise", output, upTo: 2, until: { $0 >= 5 }) {
        Stage("more", reads: output, writes: output) { number in
          ledger.add("from \(number)")
          return number + 1
        }
      }
    }
  }

  @Test func aLoopGoesOnAfterItsLastRound() async throws {
    let failure = try await fail(loop, 1)
    #expect(failure.limit == .rounds(2, at: "test/rise"))
    #expect(
      failure.description == """
        'test/rise' was not satisfied after 2 rounds
          allow more rounds with 'upTo:', or accept the last with 'otherwise: .accept'
          or go on where it stopped: run it again as 'run' with 'raising: [.rounds(4, at: "test/rise")]'
        """)
    // Without a larger limit it fails again at once, and says the same.
    #expect(try await fail(loop, 1).description == failure.description)
    #expect(ledger.all == ["from 1", "from 2"])
    // The limit holds for all that follows, and says what it is now.
    #expect(
      try await fail(loop, 1, raising: [.rounds(3, at: "test/rise")]).limit
        == .rounds(3, at: "test/rise"))
    #expect(try await fail(loop, 1).limit == .rounds(3, at: "test/rise"))
    #expect(
      try await runtime.run(loop, input: 1, id: "run", raising: [.rounds(9, at: "test/rise")]) == 5)
    #expect(ledger.all == ["from 1", "from 2", "from 3", "from 4"])
    let store = try #require(runtime.store)
    #expect(try await store.history(of: "run").plan == loop.compile().plan)
    #expect(
      try await story(store.history(of: "run").events).filter { $0.contains("limit raised") } == [
        "test/rise limit raised: 3 rounds", "test/rise limit raised: 9 rounds",
      ])
  }

  @Test func aGateThatHasHadItsReworksGetsFurtherTakes() async throws {
    let work = Body { [ledger] input, output in
      Stage("write", reads: input, writes: output) { number in
        number + ledger.add("take \(StageContext.current?.take ?? 0)")
      }
      .gate("big", otherwise: .rework(upTo: 1)) { $0 > 6 ? .accepted : .rejected("small") }
    }
    let failure = try await fail(work, 1)
    #expect(failure.limit == .reworks(1, gate: "big", at: "test/write"))
    let output = try await runtime.run(
      work, input: 1, id: "run", raising: [.reworks(5, gate: "big", at: "test/write")])
    #expect(output == 7)
    #expect(ledger.all == (1...6).map { "take \($0)" })
  }

  @Test func aStageGetsMoreAttempts() async throws {
    let work = Body { [ledger] input, output in
      Stage("try", reads: input, writes: output) { number in
        guard ledger.add("once more") > 5 else { throw Mishap() }
        return number
      }
      .retry(attempts: 2)
    }
    _ = try await fail(work, 1)
    #expect(
      try await runtime.run(work, input: 1, id: "run", raising: [.attempts(4, at: "test/try")]) == 1
    )
    #expect(ledger.all.count == 6)
  }

  @Test func aDeadlineIsArmedAnew() async throws {
    let clock = ManualClock()
    let runtime = Runtime(store: .memory, clock: clock)
    let signal = Signal<Int>("answer")
    let work = Body { input, output in
      Phase("ask") { Wait(for: signal, writes: output) }.deadline(.seconds(100))
    }
    let first = Task { try await runtime.run(work, input: 1, id: "run") }
    await clock.untilSleeping(1)
    clock.advance(by: .seconds(100))
    let failure = try await #require(throws: RunFailure.self) { try await first.value }
    #expect(failure.limit == .deadline(.seconds(100), at: "test/ask"))
    let second = Task {
      try await runtime.run(
        work, input: 1, id: "run", raising: [.deadline(.seconds(300), at: "test/ask")])
    }
    await clock.untilSleeping(1)
    clock.advance(by: .seconds(299))
    await clock.untilSleeping(1)
    clock.advance(by: .seconds(1))
    let again = try await #require(throws: RunFailure.self) { try await second.value }
    #expect(again.limit == .deadline(.seconds(300), at: "test/ask"))
  }

  @Test func aFanOutToleratesMore() async throws {
    let work = FanOutTests.Tolerant(tolerated: 1) { number in
      guard number == 3 else { throw Mishap() }
      return number
    }
    let failure = try await fail(work, [1, 2, 3])
    #expect(failure.limit == .tolerance(1, at: "tolerant/each"))
    let output = try await runtime.run(
      work, input: [1, 2, 3], id: "run", raising: [.tolerance(2, at: "tolerant/each")])
    #expect(output.map(\.value) == [nil, nil, 3])
  }

  @Test func whatCannotBeRaisedIsRefusedAndNothingHappens() async throws {
    _ = try await fail(loop, 1)
    let store = try #require(runtime.store)
    let before = try await store.history(of: "run").records
    func refusal(_ limit: RaisedLimit) async throws -> String {
      try await #require(throws: LimitRefused.self) {
        try await runtime.run(loop, input: 1, id: "run", raising: [limit])
      }.description
    }
    #expect(
      try await refusal(.rounds(4, at: "test/ris"))
        == "the limit of 'test/ris' cannot be raised to 4 rounds: the plan has no such step; "
        + "did you mean 'test/rise'?")
    #expect(
      try await refusal(.deadline(.seconds(60), at: "test/rise")).hasSuffix("it has no deadline"))
    #expect(
      try await refusal(.rounds(1, at: "test/rise"))
        .hasSuffix("it has 2 rounds already, and limits are only raised"))
    #expect(try await store.history(of: "run").records == before)
  }
}

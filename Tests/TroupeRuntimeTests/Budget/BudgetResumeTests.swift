import Testing
import Troupe

@testable import TroupeRuntime

/// What has been charged stays charged when a run goes on, in whichever process.
@Suite struct BudgetResumeTests {
  private let store = Store.memory(Retention(compactsAfter: nil))
  private let notes = Notes()

  /// A member who answers with the number that it is asked about, and uses up a hundred tokens.
  private func runtime(
    clock: any RunClock = SystemClock(),
    _ work: @escaping @Sendable (Int) async throws -> Void = { _ in }
  ) -> Runtime {
    let team = Team {
      Member("scribe", plays: .scribe, capacity: 8, cost: 0.25) {
        ClosureAgent { [notes] assignment in
          notes.add(assignment.address)
          let number = Int(assignment.prompt) ?? 0
          try await work(number)
          return .value(number + 1, usage: Usage(inputTokens: 60, outputTokens: 40))
        }
      }
    }
    return Runtime(team: team, store: store, clock: clock)
  }

  private func write(
    _ name: String, _ input: Artifact<Int>, _ output: Artifact<Int>
  ) -> Stage<Int> {
    Stage(name, by: .scribe, reads: input, writes: output) { "\($0)" }
  }

  private func chain(_ budget: Budget) -> Body<Steps> {
    Body { [self] input, output in
      Phase("write") {
        write("first", input, output)
        write("second", output, output)
        write("third", output, output)
      }
      .budget(
        cost: budget[.cost]?.costs, tokens: budget[.tokens]?.count,
        attempts: budget[.attempts]?.count
      )
      .estimate(tokens: 100)
    }
  }

  private func fail(
    _ work: Body<Steps>, on runtime: Runtime, raising raised: [RaisedLimit] = []
  ) async throws -> RunFailure {
    try await #require(throws: RunFailure.self) {
      try await runtime.run(work, input: 1, id: "run", raising: raised)
    }
  }

  @Test(arguments: [
    Budget(cost: 0.5), Budget(tokens: 250), Budget(attempts: 2), Budget(tokens: 900, attempts: 2),
  ])
  func aRunGoesOnWithMore(_ budget: Budget) async throws {
    let work = chain(budget)
    let failure = try await fail(work, on: runtime())
    guard case .budgetExhausted(let exhaustion) = failure.failure.cause else {
      Issue.record("\(failure)")
      return
    }
    #expect(failure.limit == .budget(exhaustion.limit, at: "test/write"))
    #expect(failure.description.contains("with 'raising: [.budget(."), "\(failure)")
    #expect(failure.achieved["output"] as? Int == 3)
    // Without more it fails again at once, and says the same.
    #expect(try await fail(work, on: runtime()).description == failure.description)
    #expect(notes.all == ["test/write/first", "test/write/second"])
    let larger = try #require(failure.largerLimit)
    #expect(try await runtime().run(work, input: 1, id: "run", raising: [larger]) == 4)
    #expect(notes.all.count == 3)
    let history = try await store.history(of: "run")
    let spending = try #require(history.spending.first)
    #expect(spending.address.description == "test/write")
    #expect(spending.budget[exhaustion.limit.quantity] == exhaustion.example)
    #expect(history.usage == Usage(inputTokens: 180, outputTokens: 120, cost: 0.75))
  }

  @Test func aBudgetIsOnlyRaisedWhereThereIsOne() async throws {
    let work = chain(Budget(tokens: 250))
    _ = try await fail(work, on: runtime())
    func refusal(_ limit: RaisedLimit) async throws -> String {
      try await #require(throws: LimitRefused.self) {
        try await runtime().run(work, input: 1, id: "run", raising: [limit])
      }.description
    }
    #expect(
      try await refusal(.budget(.cost(3), at: "test/write")).hasSuffix("it has no budget of cost"))
    #expect(
      try await refusal(.budget(.tokens(200), at: "test/write"))
        .hasSuffix("it has a budget of 250 tokens already, and limits are only raised"))
  }

  @Test func whatIsInDoubtStaysCharged() async throws {
    let work = chain(Budget(tokens: 350))
    let latch = Latch()
    let held = runtime { number in
      guard number == 2 else { return }
      latch.arrive()
      try await untilCancelled()
    }
    let first = Task { try await held.run(work, input: 1, id: "run") }
    await latch.untilArrived()
    first.cancel()
    _ = try? await first.value
    #expect(try await store.history(of: "run").spending.first?.spent == [.tokens(200)])
    // The first stage, the second in doubt, and the second once more: nothing is left for the third.
    let failure = try await fail(work, on: runtime())
    guard case .budgetExhausted(let exhaustion) = failure.failure.cause else {
      Issue.record("\(failure)")
      return
    }
    #expect(exhaustion.spent == .tokens(300))
    #expect(exhaustion.needed == .tokens(100))
    #expect(notes.all.count == 3)
  }

  @Test func onlyTheTimeCountsDuringWhichAProcessWorksOnTheRun() async throws {
    let clock = ManualClock()
    let work = Body { input, output in
      Phase("write") {
        Wait("first", lasting: .minutes(40))
        Wait("second", lasting: .minutes(40))
        Stage("end", reads: input, writes: output) { $0 }
      }
      .budget(time: .hours(1))
    }
    let first = Task { try await runtime(clock: clock).run(work, input: 1, id: "run") }
    await clock.untilSleeping(2)
    clock.advance(by: .minutes(40))
    await clock.untilSleeping(2)
    clock.advance(by: .minutes(5))
    first.cancel()
    _ = try? await first.value
    // The run stands still for a day; both waits are over by then, and there are 15 minutes left.
    clock.advance(by: .hours(24))
    #expect(try await runtime(clock: clock).run(work, input: 1, id: "run") == 1)
    let spent = try await store.history(of: "run").spending.first?.spent
    #expect(spent == [.time(.minutes(45))])
  }

  @Test func aTimeThatIsOverIsCountedAndRaised() async throws {
    let clock = ManualClock()
    let signal = Signal<Int>("answer")
    let work = Body { input, output in
      Phase("ask") { Wait(for: signal, writes: output) }.budget(time: .minutes(100))
    }
    func begin(raising raised: [RaisedLimit] = []) -> Task<Int, any Error> {
      Task { try await runtime(clock: clock).run(work, input: 1, id: "run", raising: raised) }
    }
    let first = begin()
    await clock.untilSleeping(1)
    clock.advance(by: .minutes(60))
    first.cancel()
    _ = try? await first.value
    clock.advance(by: .hours(9))
    let second = begin()
    await clock.untilSleeping(1)
    clock.advance(by: .minutes(39))
    await clock.untilSleeping(1)
    clock.advance(by: .minutes(1))
    let failure = try await #require(throws: RunFailure.self) { try await second.value }
    #expect(failure.limit == .budget(.time(.minutes(100)), at: "test/ask"), "\(failure)")
    let third = begin(raising: [.budget(.time(.minutes(110)), at: "test/ask")])
    await clock.untilSleeping(1)
    clock.advance(by: .minutes(10))
    let again = try await #require(throws: RunFailure.self) { try await third.value }
    #expect(again.limit == .budget(.time(.minutes(110)), at: "test/ask"), "\(again)")
  }

  @Test func aRungHasTheBudgetAnewAlsoAfterTheRunWasResumed() async throws {
    let hold = Latch()
    func work(holding: Bool) -> Body<Steps> {
      Body { [self] input, output in
        write("try", input, output)
          .retry(attempts: 9)
          .budget(attempts: 2)
          .escalate {
            On(.budget) {
              Retry()
              Fallback { Stage("guess", reads: input, writes: output) { $0 + 10 } }
            }
          }
      }
    }
    let failing = runtime { [notes] _ in
      if notes.all.count == 3 {
        hold.arrive()
        try await untilCancelled()
      }
      throw Mishap()
    }
    let first = Task { try await failing.run(work(holding: true), input: 1, id: "run") }
    await hold.untilArrived()
    first.cancel()
    _ = try? await first.value
    // Two starts before the ladder; of those of its first rung one is in doubt and one is left.
    #expect(try await failing.run(work(holding: false), input: 1, id: "run") == 11)
    #expect(notes.all.count == 4)
  }

  @Test func whatCompactionLeavesOutStaysCharged() async throws {
    let store = Store.memory(Retention(compactsAfter: 20))
    let latch = Latch()
    func runtime(_ holds: Bool) -> Runtime {
      let team = Team {
        Member("scribe", plays: .scribe) {
          ClosureAgent { assignment in
            let number = Int(assignment.prompt) ?? 0
            if holds, number == 20 {
              latch.arrive()
              try await untilCancelled()
            }
            return .value(number + 1, usage: Usage(outputTokens: 10))
          }
        }
      }
      return Runtime(team: team, store: store)
    }
    let work = Body { [self] input, output in
      Stage("begin", reads: input, writes: output) { $0 }
      Repeat("rise", output, upTo: 90, until: { $0 >= 60 }) { write("more", output, output) }
        .budget(tokens: 305, time: .hours(5))
        .estimate(tokens: 10)
    }
    let first = Task { try await runtime(true).run(work, input: 1, id: "run") }
    await latch.untilArrived()
    try await store.untilCompacted()
    first.cancel()
    _ = try? await first.value
    #expect(try await store.folder(of: "run").records().count < 60)
    #expect(try await store.history(of: "run").spending.first?.spent.first == .tokens(200))
    let failure = try await #require(throws: RunFailure.self) {
      try await runtime(false).run(work, input: 1, id: "run")
    }
    guard case .budgetExhausted(let exhaustion) = failure.failure.cause else {
      Issue.record("\(failure)")
      return
    }
    #expect(exhaustion.spent == .tokens(300))
    #expect(failure.achieved["output"] as? Int == 30)
  }
}

extension Role {
  fileprivate static let scribe = Role("scribe")
}

extension Budget.Amount {
  fileprivate var costs: Double? { if case .cost(let cost) = self { cost } else { nil } }

  fileprivate var count: Int? {
    switch self {
    case .tokens(let count), .attempts(let count): count
    case .cost, .time: nil
    }
  }
}

import Testing
import Troupe

@testable import TroupeRuntime

/// Accounts of budgets are kept as long as something can be charged to them, and no longer.
@Suite struct LedgerTests {
  /// A loop of which each round may use up something.
  private func rounds(
    _ count: Int, _ look: @escaping @Sendable (Int) async throws -> Void
  ) -> Body<Steps> {
    Body { input, output in
      Stage("begin", reads: input, writes: output) { $0 }
      Repeat("again", output, upTo: 99, until: { $0 >= count }) {
        Phase("round") {
          Stage("add", reads: output, writes: output) { number in
            try await look(number)
            return number + 1
          }
        }
        .budget(attempts: 3)
      }
      .budget(attempts: 100)
    }
  }

  @Test func aRoundThatHasEndedHasNone() async throws {
    let known = Notes()
    let running = Lock<Execution?>(nil)
    let work = rounds(50) { _ in known.add("\(running.withLock { $0?.ledger?.count ?? 0 })") }
    let execution = Execution.alone(try work.compile())
    running.withLock { $0 = execution }
    let output = try await execution.run(input: 0).get()
    #expect(output as? Int == 50)
    #expect(known.all == Array(repeating: "2", count: 50), "its own and that of the loop")
    #expect(execution.ledger?.count == 0)
  }

  @Test func aRunThatIsGoneOnWithHasThoseOfWhatIsOpen() async throws {
    let store = Store.memory(.everything)
    let hold = Latch()
    let work = rounds(50) { number in
      guard number == 30 else { return }
      hold.arrive()
      try await untilCancelled()
    }
    let run = Task { try await Runtime(store: store).run(work, input: 0, id: "run") }
    await hold.untilArrived()
    run.cancel()
    _ = try? await run.value
    let history = try await store.history(of: "run")
    let ledger = try #require(
      Ledger(history.plan, clock: ManualClock(), past: (history.recall, history.addresses)))
    #expect(ledger.count == 2)
    // What the rounds before have used up, the journal tells for as long as it tells of them.
    #expect(
      history.spending.map(\.spent) == [[.attempts(31)]]
        + Array(repeating: [.attempts(1)], count: 31))
  }

  @Test func whatComesLateIsChargedToWhatGoesOn() async throws {
    let plan = try Body { input, output in
      Phase("outer") {
        Stage("inner", reads: input, writes: output) { $0 }.budget(tokens: 80)
      }
      .budget(tokens: 100)
    }.compile().plan
    let inner = try #require(AddressReader(plan).address("test/outer/inner"))
    let ledger = try #require(Ledger(plan, clock: ManualClock()))
    let scopes = ledger.scopes.scopes(of: inner)
    func claim(_ name: String, _ scopes: [Ledger.Scope], tokens: Int) -> Ledger.Claim {
      Ledger.Claim(
        attempt: name, scopes: scopes, charge: Charge(tokens: tokens, attempts: 1),
        isOpenEnded: false, isPerson: false)
    }
    for scope in scopes { _ = ledger.enter(scope) }
    try await ledger.reserve(claim("slow", scopes, tokens: 50))
    ledger.giveUp("slow")
    ledger.close(inner)
    #expect(ledger.count == 1)
    ledger.settle("slow", Usage(outputTokens: 90), isKnown: true)
    // It is charged to nothing that has ended, and neither is what is undone there.
    ledger.charge(claim("undo", scopes, tokens: 0))
    #expect(ledger.count == 1)
    let next = Task { try await ledger.reserve(claim("next", [scopes[0]], tokens: 20)) }
    let exhaustion = await ledger.exhaustion(of: scopes[0])
    #expect(exhaustion?.spent == .tokens(90))
    next.cancel()
    await #expect(throws: CancellationError.self) { try await next.value }
  }
}

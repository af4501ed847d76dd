import Testing
import Troupe
import TroupeTesting

/// What a ladder makes of a budget that is used up: each of its rungs has the budget anew.
@Suite struct BudgetLadderTests {
  /// Work that is done in the attempt of this number over all takes, and may be started twice.
  private func run(
    doneIn last: Int = 99, decides resolution: Resolution? = nil,
    @RungBuilder _ rungs: @escaping @Sendable () -> [Rung]
  ) async throws -> SimulatedRun<Int> {
    let starts = Count()
    return try await Spending { work in
      Stage("try", by: .expert, reads: work.input, writes: work.output) { "\($0)" }
        .retry(attempts: 5)
        .budget(tokens: 1_000, attempts: 2)
        .escalate { On(.budget) { for rung in rungs() { rung } } }
    }
    .simulated {
      Stub(.expert) { _ in
        guard starts.next() >= last else { throw Refusal("busy") }
        return .json(7)
      }
      if let resolution { Stub(.boss) { _ in .value(resolution) } }
    }.run(1)
  }

  @Test func whatIsDoneAgainHasTheBudgetAnew() async throws {
    let run = try await run(doneIn: 4) { Retry() }
    #expect(try run.output == 7, "\(run)")
    #expect(try run.stage("try").attempts.count == 4)
  }

  @Test func aRungThatUsesUpTheBudgetIsFollowedByTheNext() async throws {
    let run = try await run {
      Retry()
      Fallback {
        Stage("guess", reads: Artifact<Int>("input"), writes: Artifact<Int>("output")) { $0 }
      }
    }
    #expect(try run.output == 1, "\(run)")
    #expect(try run.stage("try").attempts.count == 4)
    let exhausted = run.events.compactMap { event in
      if case .exhausted(_, let rung) = event.kind { rung } else { nil }
    }
    #expect(exhausted == [0, 1])
  }

  @Test func somebodyWhoIsAskedSuppliesTheOutput() async throws {
    let run = try await run(decides: .supply(9)) { Ask(.boss, within: .hours(1)) }
    #expect(try run.output == 9, "\(run)")
    let trouble = run.asked(of: .boss).first?.prompt ?? ""
    #expect(trouble.contains("'spend/try' used up its budget of 2 attempts"), "\(trouble)")
  }

  @Test func whoIsAskedMayHaveItDoneOnceMore() async throws {
    let run = try await run(doneIn: 3, decides: .retry()) { Ask(.boss, within: .hours(1)) }
    #expect(try run.output == 7, "\(run)")
  }

  @Test func whatIsDoneOnceMoreHasTheWholeTimeHoweverLongTheDecisionTook() async throws {
    let run = try await Spending { work in
      Stage("try", by: .expert, reads: work.input, writes: work.output) { "\($0)" }
        .budget(time: .hours(1))
        .escalate { On(.budget) { Ask(.boss, within: .hours(5)) } }
    }
    .simulated {
      Stub(.expert) { _ in .json(7) }.taking(.fixed(.minutes(30)))
        .fault(.late(by: .hours(9)), on: .take(1))
      Stub(.boss) { _ in .value(Resolution.retry()) }.taking(.fixed(.minutes(50)))
    }.run(1)
    #expect(try run.output == 7, "\(run.timeline)")
  }

  @Test func aLadderMayEndTheRun() async throws {
    let run = try await run {
      Notify("operations")
      Abort("too dear")
    }
    #expect(throws: RunAborted.self) { try run.output }
    #expect(run.events.contains { if case .reached(rung: 1, _) = $0.kind { true } else { false } })
  }

  @Test func aRuleAroundTheStepMeetsIt() async throws {
    let starts = Count()
    let run = try await Spending { work in
      Phase("write") {
        Stage("try", by: .expert, reads: work.input, writes: work.output) { "\($0)" }
          .retry(attempts: 5)
          .budget(attempts: 2)
          .escalate { On(.failure, .timeout) { Abort("no rule for this") } }
      }
      .escalate { On(.budget) { Retry() } }
    }
    .simulated {
      Stub(.expert) { _ in
        guard starts.next() >= 4 else { throw Refusal("busy") }
        return .json(7)
      }
    }.run(1)
    #expect(try run.output == 7, "\(run)")
  }

  @Test func anOuterBudgetHoldsForTheLadderOfAnInnerOne() async throws {
    let run = try await Spending(within: Budget(attempts: 3)) { work in
      Stage("try", by: .expert, reads: work.input, writes: work.output) { "\($0)" }
        .retry(attempts: 5)
        .budget(attempts: 2)
        .escalate { On(.budget) { Retry() } }
    }
    .simulated { Stub(.expert) { _ in throw Refusal("busy") } }.run(1)
    #expect(run.exhaustion?.place == "spend", "\(run)")
    #expect(run.starts == 3)
  }
}

/// Counts, for stubs that answer by how often they were asked.
final class Count: Sendable {
  private let count = Lock(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

import Testing
import Troupe
import TroupeTesting

/// A budget holds for whatever has it: a stage, a container, a round, an element, a run.
@Suite struct BudgetScopeTests {
  @Test func aStageIsStartedAsOftenAsItsBudgetAllows() async throws {
    let run = try await Spending { work in
      work.work("try").retry(attempts: 5).budget(attempts: 2)
      work.end
    }
    .simulated { Stub("try", as: Int.self) { throw Refusal("busy") } }.run(1)
    let (place, exhaustion) = try #require(run.exhaustion, "\(run)")
    #expect(place == "spend/try")
    #expect(exhaustion.limit == .attempts(2))
    #expect(exhaustion.spent == .attempts(2))
    #expect(exhaustion.overdraft == nil)
    #expect(try run.stage("try").attempts.count == 2)
  }

  @Test func withoutAnEstimateAContainerIsOverdrawnByWhatWasAtWork() async throws {
    let run = try await Spending { work in
      Phase("write") {
        work.work("first")
        work.work("second")
        work.work("third")
      }
      .budget(tokens: 150)
      work.end
    }
    .simulated().run(1)
    let (place, exhaustion) = try #require(run.exhaustion, "\(run)")
    #expect(place == "spend/write")
    #expect(exhaustion.overdraft == .tokens(50))
    #expect(
      run.failure?.failure.reason
        == "used up its budget of 150 tokens: 200 spent, 50 more than allowed")
    #expect(try run.stage("second").ran)
    #expect(try !run.stage("third").ran)
    #expect(run.failure?.achieved["first"] as? Int == 1)
  }

  @Test func withAnEstimateNothingStartsThatDoesNotFit() async throws {
    let run = try await Spending { work in
      Phase("write") {
        work.work("first")
        work.work("second")
        work.work("third")
      }
      .budget(tokens: 250).estimate(tokens: 100)
      work.end
    }
    .simulated().run(1)
    let (_, exhaustion) = try #require(run.exhaustion, "\(run)")
    #expect(
      exhaustion.description
        == "cannot go on within its budget of 250 tokens: 200 spent, and 100 more needed")
    #expect(run.starts == 2)
  }

  @Test func codeGoesOnWhenAllTokensAreSpent() async throws {
    let run = try await Spending(within: Budget(cost: 1, tokens: 50)) { work in
      work.work("write")
      work.end
    }
    .simulated(using: Usage(outputTokens: 80, cost: 2)).run(7)
    #expect(try run.output == 7)
  }

  @Test func aLoopHasItsBudgetForAllRoundsAndARoundOneOfItsOwn() async throws {
    func loop(_ whole: Int, _ round: Int) async throws -> SimulatedRun<Int> {
      try await Spending { work in
        Stage("begin", reads: work.input, writes: work.output) { $0 }
        Repeat("rise", work.output, upTo: 9, until: { $0 >= 4 }) {
          Phase("round") {
            Stage("more", by: .clerk, reads: work.output, writes: work.output) { "\($0)" }
          }
          .budget(attempts: round)
        }
        .budget(attempts: whole)
      }
      .simulated { Stub("more", as: Int.self) { asked in (Int(asked.prompt) ?? 0) + 1 } }.run(1)
    }
    #expect(try await loop(3, 1).output == 4)
    let run = try await loop(2, 1)
    #expect(run.exhaustion?.place == "spend/rise", "\(run)")
    #expect(run.failure?.achieved["output"] as? Int == 3)
  }

  @Test func theElementsOfAFanOutHaveBudgetsOfTheirOwn() async throws {
    let run = try await Spending { work in
      Stage("spread", reads: work.input, writes: work.numbers) { Array(1...$0) }
      FanOut("each", over: work.numbers, into: work.some, tolerating: 9) {
        number, result in
        Stage("count", by: .clerk, reads: number, writes: result) { "\($0)" }
          .retry(attempts: 3)
          .budget(attempts: 2)
      }
      work.end
    }
    .simulated {
      Stub("count", as: Int.self) { asked in
        // The third element needs three attempts, and the others two.
        guard asked.attempt == 2, asked.prompt != "3" else { throw Refusal("not yet") }
        return 1
      }
    }.run(4)
    #expect(try run.output == 4, "\(run)")
    #expect(run.starts == 2 + 4 * 2)
    let exhausted = run.events.filter { if case .exhausted = $0.kind { true } else { false } }
    #expect(exhausted.map(\.address.description) == ["spend/each/items[3]/count"])
  }

  @Test func aRunHasTheBudgetOfItsWorkflowAndACallThatOfTheCalledOne() async throws {
    let run = try await Spending(within: Budget(attempts: 2)) { work in
      work.work("first")
      work.work("second")
      work.work("third")
      work.end
    }
    .simulated().run(1)
    #expect(run.exhaustion?.place == "spend", "\(run)")
    let callee = Spending(within: Budget(tokens: 1_000, attempts: 1)) { work in
      work.work("only")
      work.end
    }
    let calling = try Spending { work in
      Call(callee, as: "call", reads: work.input, writes: work.output).budget(tokens: 500)
    }.compile()
    #expect(
      calling.plan.node(at: Path(text: "spend/call"))?.policies.budget
        == Budget(tokens: 500, attempts: 1))
  }

  @Test func whenTheTimeIsOverWhatIsAtWorkIsCancelled() async throws {
    let run = try await Spending { work in
      Phase("write") {
        work.work("first")
        work.work("second")
      }
      .budget(time: .hours(1))
      work.end
    }
    .simulated(taking: .fixed(.minutes(40))).run(1)
    let (place, exhaustion) = try #require(run.exhaustion, "\(run)")
    #expect(place == "spend/write")
    #expect(exhaustion.description == "used up its budget of 1 h")
    #expect(run.elapsed == .hours(1))
    #expect(run.failure?.achieved["first"] as? Int == 1)
  }

  @Test func onlyTheWorkOfTheStepThatLacksRoomIsCancelled() async throws {
    let run = try await Spending(within: Budget(attempts: 5)) { work in
      Parallel("both") {
        Phase("careful") {
          Phase("narrow") {
            work.work("first")
            work.work("second")
          }
          .budget(attempts: 1)
        }
        .fallback { Stage("instead", reads: work.input, writes: Artifact<Int>("second")) { $0 } }
        work.work("beside")
      }
      work.end
    }
    .simulated { Stub("beside", as: Int.self) { 3 }.taking(.fixed(.hours(1))) }.run(1)
    #expect(try run.output == 1, "\(run)")
    #expect(try run.stage("beside").attempts.count == 1)
  }

  @Test func whatEachMemberAsksForIsCharged() async throws {
    let team = Team {
      Member("scribe", plays: .clerk, cost: 0.5) { ClosureAgent { _ in .json(1) } }
        .price(input: 1_000, output: 10_000)
    }
    func run(_ budget: Budget, tokens: Int?) async throws -> SimulatedRun<Int> {
      try await Spending(within: budget) { work in
        Phase("write") {
          work.work("first")
          work.work("second")
        }
        .estimate(cost: tokens == nil ? 0.1 : nil, tokens: tokens)
        work.end
      }
      .simulated(team: team).run(1)
    }
    // 0.5 for the assignment, 0.08 for what is read and 0.2 for what is written.
    let fits = try await run(Budget(cost: 1.56), tokens: nil)
    #expect(try fits.output == 1, "\(fits)")
    #expect(fits.usage.cost == 1.56)
    // A hundred tokens of the dearer kind are a cost of 1, beside the assignment.
    let scarce = try await run(Budget(cost: 2.27), tokens: 100)
    #expect(
      scarce.exhaustion?.1.description
        == "cannot go on within its budget of a cost of 2.27: 0.78 spent, and 1.5 more needed")
    #expect(try await run(Budget(cost: 2.28), tokens: 100).output == 1)
  }
}

import Testing
import Troupe
import TroupeTesting

/// What starts reserve, what they are charged in the end, and who waits for whom.
@Suite struct BudgetReservationTests {
  private func fan(_ budget: Int, _ estimate: Int?) -> Simulation<Spending> {
    Spending { work in
      Stage("spread", reads: work.input, writes: work.numbers) { Array(1...$0) }
      let all = FanOut("each", over: work.numbers, into: Artifact<[Int]>("all")) { number, result in
        Stage("count", by: .clerk, reads: number, writes: result) { "\($0)" }
      }
      .budget(tokens: budget)
      if let estimate { all.estimate(tokens: estimate) } else { all }
      work.end
    }
    .simulated()
  }

  @Test func whoDoesNotFitWaitsForWhatOthersDoNotUse() async throws {
    let run = try await fan(600, 200).run(5)
    #expect(try run.output == 5, "\(run)")
    #expect(run.mostAtOnce == 3)
    #expect(run.usage == Usage(inputTokens: 400, outputTokens: 100))
  }

  @Test func aBudgetIsUsedUpOnlyWhenNothingIsAtWorkThatCouldLeaveSome() async throws {
    let run = try await fan(500, 200).run(5)
    let (place, exhaustion) = try #require(run.exhaustion, "\(run)")
    #expect(place == "spend/each")
    #expect(exhaustion.spent == .tokens(400))
    #expect(exhaustion.needed == .tokens(200))
    let finished = run.events.count { if case .finished = $0.kind { true } else { false } }
    #expect(finished == 1 + 4)
  }

  @Test func withoutAnEstimateAllStartAtOnce() async throws {
    let run = try await fan(100, nil).run(5)
    #expect(try run.output == 5, "\(run)")
    #expect(run.mostAtOnce == 5)
  }

  @Test func whoTellsToHaveUsedLessThanNothingGivesNothingBack() async throws {
    let run = try await Spending { work in
      work.work("first")
      work.end
    }
    .simulated(using: Usage(inputTokens: -1_000, outputTokens: 20, cost: -5)).run(1)
    #expect(try run.output == 1)
    #expect(run.usage == Usage(outputTokens: 20))
  }

  @Test func aStartIsChargedToAllBudgetsAroundItOrToNone() async throws {
    let run = try await Spending(within: Budget(tokens: 300)) { work in
      Phase("all") {
        Parallel("both") {
          Phase("careful") {
            Phase("narrow") {
              work.work("first")
              work.work("second")
            }
            .budget(tokens: 150)
          }
          .fallback { Stage("instead", reads: work.input, writes: Artifact<Int>("second")) { $0 } }
          work.work("beside")
        }
        work.work("last")
      }
      .estimate(tokens: 100)
      work.end
    }
    .simulated().run(1)
    // The second stage of the narrow phase never took anything from the run's budget.
    #expect(try run.output == 1, "\(run)")
  }

  @Test func losersStayChargedWithWhatWasReservedUntilTheySayWhatTheyUsed() async throws {
    func race(_ budget: Int, lateness: Duration?) async throws -> SimulatedRun<Int> {
      let slow = Stub<Spending>("slow", as: Int.self) { 2 }.using(Usage(outputTokens: 10))
      return try await Spending { work in
        Phase("race first") {
          Race("race") {
            Stage("quick", by: .clerk, reads: work.input, writes: work.output) { "\($0)" }
            Stage("slow", by: .clerk, reads: work.input, writes: work.output) { "\($0)" }
          }
          Wait("a while", lasting: .hours(2))
          work.work("after")
        }
        .budget(tokens: budget).estimate(tokens: 100)
      }
      .simulated {
        if let lateness {
          slow.fault(.late(by: lateness))
        } else {
          slow.taking(.fixed(.hours(1)))
        }
      }.run(1)
    }
    #expect(try await race(300, lateness: nil).output == 1)
    let stuck = try await race(290, lateness: nil)
    #expect(stuck.exhaustion?.1.spent == .tokens(200), "\(stuck)")
    // What comes late says what it used: 10 and not 100.
    #expect(try await race(210, lateness: .minutes(5)).output == 1)
    #expect(try await race(209, lateness: .minutes(5)).exhaustion?.1.spent == .tokens(110))
  }

  @Test func nobodyWaitsForAnAttemptThatWasGivenUpToMakeRoomForAnother() async throws {
    let run = try await Spending { work in
      work.work("write").timeout(.minutes(1)).retry(attempts: 3).budget(attempts: 2)
      work.end
    }
    .simulated {
      Stub<Spending>("write", as: Int.self) { 1 }.fault(.late(by: .hours(5)))
    }.run(1)
    #expect(run.exhaustion?.1.spent == .attempts(2), "\(run.timeline)")
    let exhausted = try #require(
      run.events.first { if case .exhausted = $0.kind { true } else { false } })
    #expect(exhausted.elapsed < .minutes(10))
  }

  @Test func retriesAndFurtherQuestionsAreCharged() async throws {
    func run(_ budget: Int) async throws -> SimulatedRun<Int> {
      try await Spending(within: Budget(tokens: budget)) { work in
        work.work("write", by: .expert).retry(attempts: 3).estimate(tokens: 40)
        work.work("after").estimate(tokens: 1)
        work.end
      }
      .simulated(using: Usage(outputTokens: 1)) {
        Stub(.expert) { asked in
          if asked.attempt == 1 { throw Refusal("busy") }
          return asked.turn == 1 ? .text("what?") : .json(1)
        }
        .using(Usage(outputTokens: 30))
      }.run(1)
    }
    // An attempt that failed and did not say what it used, an answer that could not be read, and one
    // that could.
    #expect(try await run(101).output == 1)
    #expect(try await run(100).exhaustion?.1.spent == .tokens(100))
  }

  @Test func whatSurelyDidNothingIsChargedNothing() async throws {
    let run = try await Spending(within: Budget(tokens: 200)) { work in
      work.work("write").retry(attempts: 3).estimate(tokens: 100)
      work.work("after").estimate(tokens: 100)
      work.end
    }
    .simulated {
      Stub("write", as: Int.self) { asked in
        if asked.attempt < 3 { throw NotStarted("no line") }
        return 1
      }
      .using(Usage(outputTokens: 100))
    }.run(1)
    #expect(try run.output == 1, "\(run)")
  }

  @Test func reviewsAreCharged() async throws {
    let run = try await Spending { work in
      work.work("write")
        .gate("good", reviewedBy: .boss)
        .budget(attempts: 1)
      work.end
    }
    .simulated { Stub(.boss) { _ in .value(Review.accepted) } }.run(1)
    #expect(run.exhaustion?.place == "spend/write", "\(run)")
  }

  @Test(arguments: Simulation.seeds(200))
  func noBudgetIsOverdrawnWhereAllIsEstimated(_ seed: Seed) async throws {
    let run = try await Spending(within: Budget(tokens: 1_000)) { work in
      Stage("spread", reads: work.input, writes: work.numbers) { Array(1...$0) }
      FanOut("each", over: work.numbers, into: work.some, tolerating: 9) {
        number, result in
        Race("race") {
          Stage("count", by: .clerk, reads: number, writes: result) { "\($0)" }
            .retry(attempts: 2)
          Stage("guess", by: .clerk, reads: number, writes: result) { "\($0)" }
            .timeout(.minutes(1))
        }
        .budget(tokens: 250)
      }
      .estimate(tokens: 90)
      work.end
    }
    .simulated {
      Stub("count", as: Int.self) { 1 }.using(Usage(outputTokens: 40))
        .taking(.uniform(.seconds(1), .minutes(2))).fault(.fails(Refusal("no")), on: .chance(0.3))
      Stub("guess", as: Int.self) { 1 }.using(Usage(outputTokens: 90))
        .taking(.uniform(.seconds(1), .minutes(2))).fault(.late(by: .minutes(3)), on: .chance(0.3))
    }.run(7, seed: seed)
    #expect(run.usage.outputTokens <= 1_000, "\(run)")
    if run.failure != nil { #expect(run.exhaustion?.1.overdraft == nil, "\(run)") }
  }
}

import Testing
import Troupe
import TroupeTesting

/// Budgets and estimates as parts of a plan.
@Suite struct BudgetPlanTests {
  private func plan(_ budget: Budget?, cost: Double = 2.5, tokens: Int = 100) throws -> Plan {
    try Spending(within: budget) { work in
      Phase("write") { work.work("first") }
        .budget(cost: cost, tokens: 200_000, time: .minutes(90), attempts: 40)
        .estimate(cost: 0.25, tokens: tokens)
      work.end
    }
    .compile().plan
  }

  @Test func aPlanKeepsThemInItsJSON() throws {
    let plan = try plan(Budget(cost: 0.000_1, time: .seconds(1.5)))
    let json = plan.json
    #expect(try Plan(json: json) == plan)
    let text = json.canonicalText
    #expect(text.contains(#""budget":{"cost":0.0001,"time":"PT1.5S"}"#), "\(text)")
    #expect(
      text.contains(
        #""budget":{"attempts":40,"cost":2.5,"time":"PT1H30M","tokens":200000},"#
          + #""estimate":{"cost":0.25,"tokens":100}"#))
  }

  @Test(arguments: [
    ("{}", "limits of cost, tokens, time or attempts"), (#"{"tokens":0}"#, "from 1 on"),
    (#"{"cost":-1}"#, "a number above 0"), (#"{"cost":0}"#, "a number above 0"),
    (#"{"time":"PT0S"}"#, "longer than zero"), (#"{"attempts":"many"}"#, "a whole number"),
  ])
  func aBrokenBudgetIsRefusedWithItsPlace(_ budget: String, _ reason: String) throws {
    let text = try plan(nil).json.canonicalText.replacing(
      #"{"attempts":40,"cost":2.5,"time":"PT1H30M","tokens":200000}"#, with: budget)
    let error = try #require(throws: PlanFormatError.self) {
      try Plan(json: JSONValue(parsing: text))
    }
    #expect("\(error)".contains("policies.budget"), "\(error)")
    #expect("\(error)".contains(reason), "\(error)")
  }

  @Test func aChangedBudgetIsADifferenceAndAnotherFingerprint() throws {
    let (old, new) = (try plan(nil), try plan(Budget(attempts: 9), cost: 3, tokens: 50))
    #expect(
      old.diff(new).description == """
        ~ spend: budget none → 9 attempts
        ~ spend/write: budget a cost of 2.5, 200000 tokens, 1 h 30 min, 40 attempts → a cost of 3, \
        200000 tokens, 1 h 30 min, 40 attempts, estimate a cost of 0.25, 100 tokens → a cost of \
        0.25, 50 tokens
        """)
    #expect(old.fingerprint != new.fingerprint)
  }

  @Test func picturesShowThem() throws {
    let plan = try plan(nil)
    #expect(plan.dot().contains("budget a cost of 2.5, 200000 tokens, 1 h 30 min, 40 attempts"))
    #expect(plan.mermaid().contains("estimate a cost of 0.25, 100 tokens"))
    #expect(try self.plan(Budget(attempts: 9)).dot().contains("budget 9 attempts"))
  }

  private func messages(
    _ budget: Budget? = nil, @StepBuilder _ content: @escaping @Sendable (Spending) -> Steps
  ) -> [String] {
    let work = Spending(within: budget, content)
    do {
      return try work.compile().diagnostics.filter { $0.severity == .warning }.map(\.message)
        .filter { $0.contains("budget") || $0.contains("estimate") }
    } catch {
      return error.diagnostics.filter { $0.severity == .error }.map(\.message)
    }
  }

  @Test func aBudgetOfNothingIsAnError() {
    #expect(
      messages(Budget(cost: 0)) { work in
        work.work("first").budget()
        work.work("second").budget(tokens: 0, attempts: -1)
        work.work("third").estimate()
        work.work("fourth").estimate(cost: -0.5)
        work.end.budget(time: .zero).budget(attempts: 1)
      } == [
        "workflow 'spend' has a budget of a cost of 0",
        "stage 'first' has a budget without a limit", "stage 'second' has a budget of 0 tokens",
        "stage 'second' has a budget of -1 attempts",
        "stage 'third' has an estimate that says nothing",
        "stage 'fourth' has an estimate of a cost of -0.5", "stage 'end' has a second '.budget'",
        "stage 'end' has a budget of 0 s",
      ])
  }

  @Test func aBudgetThatIsNeverReachedIsAWarning() {
    #expect(
      messages(Budget(tokens: 100, attempts: 5)) { work in
        Phase("write") {
          work.work("first").budget(tokens: 200, attempts: 5)
          work.work("second").budget(tokens: 100, time: .hours(2))
        }
        .budget(time: .hours(1), attempts: 7)
        work.end
      } == [
        "phase 'write' has a budget of 7 attempts, more than the 5 attempts of workflow 'spend'",
        "stage 'first' has a budget of 200 tokens, more than the 100 tokens of workflow 'spend'",
        "stage 'second' has a budget of 2 h, more than the 1 h of phase 'write'",
      ])
  }

  @Test func anEstimateThatNoBudgetHoldsIsAWarning() {
    #expect(
      messages(Budget(cost: 1, tokens: 100)) { work in
        Phase("write") {
          work.work("first")
          work.work("second").estimate(tokens: 90)
          work.work("third").budget(tokens: 50)
        }
        .estimate(tokens: 101)
        work.end
      } == [
        "stage 'first' is estimated to need 101 tokens, and the budget of workflow 'spend' is 100 "
          + "tokens: it can never start",
        "stage 'third' is estimated to need 101 tokens, and its own budget is 50 tokens: it can "
          + "never start",
      ])
  }
}

import Testing
import Troupe
import TroupeTesting

// The code of the page "Budgets", as it stands there: a test holds the two together.

extension Role {
  fileprivate static let scout = Role("scout")
  fileprivate static let author = Role("author")
  fileprivate static let treasurer = Role("treasurer")
}

private struct Survey: Workflow {
  let input = Artifact<[String]>("topics")
  let output = Artifact<String>("survey")
  let findings = Artifact<[String]>("findings")

  var budget: Budget? { Budget(cost: 20, time: .hours(3)) }

  var body: some Step {
    FanOut("research", over: input, into: findings) { topic, finding in
      Stage("look up", by: .scout, reads: topic, writes: finding) { "Look up \($0)." }
        .retry(attempts: 3)
    }
    .budget(tokens: 400_000, attempts: 60)
    .estimate(tokens: 8_000)
    Stage("sum up", by: .author, reads: findings, writes: output) { "\($0)" }
      .budget(cost: 2.50)
      .escalate {
        On(.budget) {
          Ask(.treasurer, within: .hours(4))
          Fallback { Stage("list", reads: findings, writes: output) { $0.joined(separator: "\n") } }
        }
      }
  }
}

private let desk = Team {
  Member("scout", plays: .scout, capacity: 4) { CommandAgent("scout") }
    .price(input: 3, output: 15)
  Member("author", plays: .author, cost: 0.10) { CommandAgent("author") }
}

@Suite struct BudgetsPage {
  /// Whoever is not named here answers with what is asked, and uses up this much.
  private func runtime(using tokens: Int) -> Runtime {
    let team = Team {
      Member("all", plays: .scout, .author, .treasurer, capacity: 4) {
        ClosureAgent { .text("found: \($0.prompt)", usage: Usage(inputTokens: tokens)) }
      }
    }
    return Runtime(team: team, store: .memory)
  }

  private func survey(_ topics: [String], _ runtime: Runtime) async throws {
    do {
      print(try await runtime.run(Survey(), input: topics, id: "survey-7"))
    } catch let failure as RunFailure {
      guard case .budgetExhausted(let exhaustion) = failure.failure.cause else { throw failure }
      print("\(failure.failure.address): \(exhaustion.spent) of \(exhaustion.limit)")
      print(failure.achieved["findings"] ?? "nothing was found")
      print(
        try await runtime.run(
          Survey(), input: topics, id: "survey-7",
          raising: [.budget(.tokens(800_000), at: "survey/research")]))
    }
  }

  private func print(_ value: Any) { told.add("\(value)") }

  private let told = Lines()

  @Test func aSurveyGoesOnWithMore() async throws {
    try await survey((1...60).map { "topic \($0)" }, runtime(using: 7_000))
    #expect(told.all.first == "survey/research: 399000 tokens of 400000 tokens", "\(told.all)")
    #expect(told.all.count == 3)
  }

  @Test func aStubSaysWhatItUsesUp() async throws {
    let simulation = Simulation(of: Survey()) {
      Stub(.scout) { asked in .text("found: \(asked.prompt)") }
        .using(Usage(inputTokens: 6_000, outputTokens: 500))
      Stub.examples()
    }
    let run = try await simulation.run(["cats", "dogs"])
    #expect(run.usage == Usage(inputTokens: 12_000, outputTokens: 1_000))
  }

  @Test func pricesAreThoseOfMembers() {
    #expect(desk.members.map(\.price?.output) == [15, nil])
    #expect(desk.members.map(\.cost) == [0, 0.1])
  }

  @Test func thePageSaysWhatIsTestedHere() throws {
    try expectPage("Budgets", isHeldBy: #filePath, blocks: 4)
  }
}

/// What was told, line by line.
private final class Lines: Sendable {
  private let lines = Lock<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ line: String) { lines.withLock { $0.append(line) } }
}

import Testing
import Troupe
import TroupeTesting

/// Teams with limits, whose process ends at every point.
@Suite struct TeamCrashTests {
  /// A stage of a role for each element, with a second one after it, and one with a priority.
  private struct Office: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<String>("summary")
    let letters = Artifact<[String]>("letters")
    let draft = Artifact<String>("draft")
    var body: some Step {
      FanOut("each", over: input, into: letters) { number, letter in
        Stage("draft", by: .clerk, reads: number, writes: draft) { "\($0)" }
          .retry(attempts: 2)
        Stage("revise", by: .clerk, reads: draft, writes: letter) { $0 }
      }
      Stage("sum up", by: .clerk, reads: letters, writes: output) { "\($0.count)" }
        .priority(3)
    }
  }

  private static let gpu = Resource("gpu", 2)

  private static let team = Team {
    Member("frail", plays: .clerk, capacity: 2, cost: 1) { ClosureAgent { _ in .text("") } }
      .breaker(after: 2, pause: .minutes(5))
      .needs(gpu)
    Member("slow", plays: .clerk, capacity: 2, cost: 2) { ClosureAgent { _ in .text("") } }
      .rate(2, per: .minutes(1))
      .needs(gpu)
    Member("sound", plays: .clerk, cost: 3) { ClosureAgent { _ in .text("") } }
  }

  private static func simulation(_ strategy: Team.Strategy) -> Simulation<Office> {
    Simulation(of: Office(), team: team.choosing(strategy)) {
      Stub("draft", as: String.self) { asked in
        if asked.member == "frail" { throw Refusal("not today") }
        return "draft"
      }.taking(.uniform(.seconds(1), .minutes(2)))
      Stub("revise", as: String.self) { _ in "letter" }.taking(.uniform(.seconds(1), .minutes(2)))
      Stub("sum up", as: String.self) { _ in "sum" }
    }
  }

  @Test(arguments: Team.Strategy.allCases)
  func aRunGoesOnWhateverItsTeamCounts(_ strategy: Team.Strategy) async throws {
    let report = try await expectSurvivesCrashes(
      of: Self.simulation(strategy), [1, 2, 3], seeds: Simulation.seeds(2), pairs: .sampled(20))
    #expect(report.resumes > 100)
  }

  @Test(arguments: Simulation.seeds(20))
  func withoutACrashNoMemberTriesATakeAgainAfterAnother(_ seed: Seed) async throws {
    let run = try await Self.simulation(.cheapest).run(Array(1...12), seed: seed)
    #expect(run.failure == nil, "\(run)")
    let drafts = Dictionary(grouping: try run.stage("each/draft").attempts, by: \.address)
    for (address, attempts) in drafts {
      var members: [String] = []
      for member in attempts.compactMap(\.member) where members.last != member {
        members.append(member)
      }
      #expect(Set(members).count == members.count, "\(address): \(members)")
    }
    #expect(drafts.values.contains { $0.count > 1 })
  }
}

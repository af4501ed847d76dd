import Foundation
import Testing
import Troupe
import TroupeTesting

// The code of the page "Testing a workflow", as it stands there: a test holds the two together.

struct Draft: Codable, Sendable, Hashable {
  var text: String

  static let short = Draft(text: "Cats.")
  static let long = Draft(text: "Cats sleep for most of the day and hunt at dusk.")
}

struct Article: Workflow {
  let input = Artifact<String>("topic")
  let output = Artifact<Draft>("article")

  let findings = Artifact<[String]>("findings")
  let draft = Artifact<Draft>("draft")

  var body: some Step {
    Stage("research", by: .researcher, reads: input, writes: findings) { "Find sources on \($0)." }
      .retry(attempts: 3, backoff: .constant(.minutes(10)))
      .timeout(.hours(24))
    Stage("write", by: .writer, reads: findings, writes: draft) { "Write from \($0)." }
      .gate("long enough", otherwise: .rework(upTo: 2)) { $0.text.count > 20 }
    Stage("print", reads: draft, writes: output) { $0 }
  }
}

extension Role {
  static let researcher = Role("researcher")
  static let writer = Role("writer")
}

/// The real agents, as far as a test can have them.
private let newsroom = Team {
  Member("library", plays: .researcher) { ClosureAgent { _ in .json(["Cats, a history"]) } }
  Member("scribe", plays: .writer) { ClosureAgent { .json(["text": .string("On: \($0.prompt)")]) } }
}

@Suite(.coverage(of: Article(), atLeast: 0.9)) struct ArticleTests {
  @Test func aShortDraftIsReworked() async throws {
    let simulation = Simulation(of: Article()) {
      Stub(\.findings) { ["a source"] }
      Stub(\.draft, returning: [.short, .long])
    }
    let run = try await simulation.run("cats")
    #expect(try run.output == .long)
    #expect(try run.stage("write").takes == 2)
    #expect(run.asked(of: .writer).last?.feedback.count == 1)
  }

  @Test func aResearcherWhoNeverAnswersIsAskedAgain() async throws {
    let simulation = Simulation(of: Article()) {
      Stub(\.findings) { ["a source"] }
        .taking(.uniform(.hours(1), .hours(8)))
        .fault(.hangs, on: .attempt(1))
      Stub(\.draft) { .long }
    }
    let run = try await simulation.run("cats")
    #expect(run.elapsed > .hours(24), "\(run)")
    #expect(try run.ran("research").before("write"))
  }

  @Test(arguments: Simulation.seeds(100))
  func anArticleIsLongWhateverHappens(_ seed: Seed) async throws {
    let simulation = Simulation(of: Article()) {
      Stub(\.findings) { ["a source"] }
        .fault(.fails(Refusal("no idea")), on: .chance(0.2))
      Stub(\.draft) { asked in asked.take < 3 ? .short : .long }
    }
    let run = try await simulation.run("cats", seed: seed)
    #expect(try run.failure != nil || run.output == .long, "\(run)")
  }

  @Test func theAgentsThatWeUseWriteLongArticles() async throws {
    let cassette = try Cassette("agents")
    let simulation = Simulation(of: Article(), team: newsroom.recorded(in: cassette))
    let run = try await simulation.run("cats")
    #expect(try run.output.text.count > 20)
    #expect(cassette.unused.isEmpty)
  }

  @Test func anArticleSurvivesEveryCrash() async throws {
    let simulation = Simulation(of: Article()) {
      Stub(\.findings) { ["a source"] }
      Stub(\.draft, returning: [.short, .long])
    }
    try await expectSurvivesCrashes(of: simulation, "cats")
  }

  @Test func theArticleIsMadeInThisOrder() async throws {
    let simulation = Simulation(of: Article()) {
      Stub(\.findings) { ["a source"] }.taking(.hours(3))
      Stub(\.draft, returning: [.short, .long]).taking(.minutes(45))
    }
    let run = try await simulation.run("cats", seed: 1)
    expectSnapshot(.timeline(run.timeline))
  }
}

@Suite struct TestingAWorkflowPageTests {
  @Test func thePageSaysWhatIsTestedHere() throws {
    try expectPage("TestingAWorkflow", isHeldBy: #filePath, blocks: 6)
  }
}

import Testing
import Troupe

@Suite struct PlanDifferenceTests {
  struct Before: Workflow {
    var name: String { "post" }
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")
    struct Parameters: Codable, Sendable { var words = 600 }
    var parameters = Parameters()
    var body: some Step {
      Stage("draft", by: Role("writer"), reads: input, writes: output) { $0 }
        .gate("long", otherwise: .rework(upTo: 3)) { _ in true }
        .timeout(.minutes(10))
      Stage("old", reads: output, writes: output) { $0 }
    }
  }

  struct After: Workflow {
    var name: String { "post" }
    var version: String? { "2" }
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")
    struct Parameters: Codable, Sendable { var words = 800 }
    var parameters = Parameters()
    var body: some Step {
      Stage("draft", by: Role("author"), reads: input, writes: output) { $0 }
        .gate("long", otherwise: .rework(upTo: 2)) { _ in true }
        .retry(attempts: 2)
      Stage("new", by: Role("author"), reads: output, writes: output) { $0 }
    }
  }

  @Test func differencesAreToldInWords() throws {
    let difference = try Before().compile().plan.diff(After().compile().plan)
    #expect(
      difference.description == """
        ~ version: none → 2
        ~ parameter 'words': 600 → 800
        - role 'writer'
        + role 'author'
        ~ post/draft: role writer → author, retry none → 2 attempts, timeout 10 min → none, \
        gate 'long' rework up to 3 → rework up to 2
        - post/old: stage, reads text, writes text
        + post/new: stage by author, reads text, writes text
        """)
  }

  @Test func equalPlansDoNotDiffer() throws {
    let plan = try EveryConstruct().compile().plan
    #expect(plan.diff(plan).isEmpty)
  }

  @Test func anotherOrderOfStepsIsTold() throws {
    let plan = try EveryConstruct().compile().plan
    var other = plan
    other.nodes[0].children.swapAt(0, 1)
    #expect(
      plan.diff(other).description == "~ every-construct: its steps are in another order")
  }
}

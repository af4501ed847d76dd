import Testing
import Troupe
import TroupeTesting

@Suite(.coverage(of: Greeting(), atLeast: 1)) struct CoverageTraitTests {
  @Test(arguments: [true, false]) func aGreetingIsWritten(isPolite: Bool) async throws {
    let run = try await Simulation(of: Greeting()) {
      Stub(\.output) { isPolite ? "Dear Ann" : "Hey" }
    }.run("Ann")
    #expect((run.failure == nil) == isPolite)
  }
}

struct Greeting: Workflow {
  let input = Artifact<String>("name")
  let output = Artifact<String>("greeting")
  var body: some Step {
    Stage("write", by: Role("writer"), reads: input, writes: output) { "Greet \($0)." }
      .gate("polite") { $0.hasPrefix("Dear") }
  }
}

/// What the trait says when too little is covered.
@Suite struct CoverageTraitFailureTests {
  @Test func tooLittleCoverageIsAnIssue() async throws {
    let trait: CoverageTrait = .coverage(of: Greeting())
    let test = try #require(Test.current)
    try await withKnownIssue {
      try await trait.provideScope(for: test, testCase: nil) {
        _ = try await Simulation(of: Greeting()) { Stub(\.output) { "Dear Ann" } }.run("Ann")
      }
    } matching: { issue in
      let text = "\(issue.comments)"
      return text.contains("greeting: 2 of 3 covered (66 %) in 1 run; what never happened:")
        && text.contains("stage 'write' was never rejected by gate 'polite'")
    }
  }
}

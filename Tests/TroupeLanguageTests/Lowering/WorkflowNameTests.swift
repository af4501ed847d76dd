import Testing
import Troupe

/// The names of workflows that do not name themselves.
@Suite struct WorkflowNameTests {
  @Test func theNameIsTheTypeInKebabCase() {
    #expect(LaunchPost().name == "launch-post")
    #expect(HTTPCheck2().name == "http-check2")
    #expect(CheckURL().name == "check-url")
    #expect(Draft<Int>().name == "draft")
    #expect(ÄnderungsPlan().name == "änderungs-plan")
  }

  @Test func aWorkflowMayNameItself() {
    #expect(Sketch("my work") { Stage("go", reads: $0, writes: $1) { $0 } }.name == "my work")
  }
}

private protocol Plain: Workflow where Input == Int, Output == Int {}

extension Plain {
  var input: Artifact<Int> { Artifact("in") }
  var output: Artifact<Int> { Artifact("out") }
  var body: some Step { Stage("add", reads: input, writes: output) { $0 + 1 } }
}

private struct LaunchPost: Plain {}
private struct HTTPCheck2: Plain {}
private struct CheckURL: Plain {}
private struct Draft<Subject: Sendable>: Plain {}
private struct ÄnderungsPlan: Plain {}

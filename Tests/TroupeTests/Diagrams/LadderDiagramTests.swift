import Testing
import Troupe
import TroupeTesting

/// Pictures show ladders if they are asked to.
@Suite struct LadderDiagramTests {
  private struct Work: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
        .gate("small") { $0 < 100 }
        .escalate {
          On(.gateRejected, .timeout) {
            Notify("operations")
            Retry()
            Ask(.boss, within: .hours(4))
            Fallback(within: .minutes(5)) { Stage("guess", reads: input, writes: output) { $0 } }
            Abort("it is \"over\"")
          }
        }
    }
  }

  @Test func aPictureShowsEachRung() throws {
    let picture = try Work().compile().plan.mermaid(ladders: true)
    #expect(
      picture.hasPrefix(
        """
        flowchart TB
          n0(["input<br/>Int"])
          n1["work<br/>clerk"]:::role0
          subgraph cluster7["escalation"]
            n2>"notify operations"]
            n3>"retry"]
            n4["ask boss within 4 h"]:::role1
            n5["guess"]
            n6{{"abort: it is #34;over#34;"}}:::failure
          end
          n8{"small<br/>else fail"}:::gate
          n9(["output<br/>Int"])
          n1 -.->|"on gate rejected, timeout"| n2
        """), "\(picture)")
    #expect(picture.contains("n3 -.->|\"once more\"| n1"))
    #expect(picture.contains("n5 --> n8"))
  }

  @Test func otherwiseAPictureShowsTheStepsAlone() throws {
    let plan = try Work().compile().plan
    #expect(!plan.dot().contains("abort"))
    #expect(plan.dot(ladders: true).contains("abort: it is"))
  }
}

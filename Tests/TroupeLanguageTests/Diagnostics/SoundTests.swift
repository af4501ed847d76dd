import Testing
import Troupe

/// Workflows in which nothing is wrong.
@Suite struct SoundTests {
  @Test func aWorkflowAsAUserWritesIt() {
    #expect(printed(Review()) == "")
  }

  @Test func everyPathWritesWhatIsRead() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let own = Artifact<Int>("own")
    let text = report { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: a) { $0 }
        }
        Otherwise {
          Race {
            Stage("quick", reads: input, writes: a) { $0 }
            Phase("slow") {
              Stage("think", reads: input, writes: b) { $0 }
              Stage("write", reads: b, writes: a) { $0 }
            }
          }
        }
      }
      Repeat("polish", a, upTo: 3, until: { $0 > 3 }) {
        Stage("critique", reads: a, writes: b) { $0 }
        Stage("revise", reads: a, b, writes: a) { $0 + $1 }
      }
      Stage("split", reads: a, b, writes: numbers) { [$0, $1] }
        .fallback { Stage("copy", reads: a, writes: numbers) { [$0] } }
      FanOut("each", over: numbers, into: results) { number, result in
        Stage("add", reads: number, a, writes: own) { $0 + $1 }
        Stage("double", reads: own, writes: result) { $0 * 2 }
      }
      Dataflow {
        Stage("sum", reads: c, d, writes: output) { $0 + $1 }
        Stage("one", reads: results, writes: c) { $0.count }
        Stage("two", reads: c, input, writes: d) { $0 + $1 }
      }
    }
    #expect(text == "")
  }

  @Test func anInputMayBeRevised() {
    struct Revising: Workflow {
      let input = Artifact<Int>("draft")
      let output = Artifact<Int>("draft")
      var body: some Step {
        Stage("revise", reads: input, writes: output) { $0 + 1 }
      }
    }
    #expect(printed(Revising()) == "")
  }

  @Test func alternativesMayWriteTheSame() {
    let text = report { input, output in
      Parallel {
        Race {
          Stage("quick", reads: input, writes: a) { $0 }
          Stage("slow", reads: input, writes: a) { $0 }
        }
        Stage("other", reads: input, writes: b) { $0 }
          .fallback { Stage("instead", reads: input, writes: b) { $0 } }
      }
      Stage("end", reads: a, b, writes: output) { $0 + $1 }
    }
    #expect(text == "")
  }
}

private struct Review: Workflow {
  let input = Artifact<Payload>("brief")
  let output = Artifact<Payload>("post")

  let findings = Artifact<[String]>("findings")
  let draft = Artifact<Payload>("draft")
  let facts = Artifact<[String]>("facts")
  let style = Artifact<String>("style")

  var body: some Step {
    Stage("research", by: .critic, reads: input, writes: findings) { "Find sources on \($0)" }
      .retry(attempts: 3, backoff: .exponential(from: .seconds(1)))
      .timeout(.minutes(10))
    Phase("write") {
      Stage("draft", by: .writer, reads: input, findings, writes: draft) { brief, findings in
        "Write about \(brief.text), from: \(findings)"
      }
      .gate("long enough", otherwise: .rework(upTo: 3)) { $0.text.count >= 600 }
      Parallel {
        Stage("fact-check", by: .critic, reads: draft, findings, writes: facts) { "\($0) \($1)" }
        Stage("style-check", by: .writer, reads: draft, writes: style) { "Judge \($0)" }
      }
      Stage("assemble", reads: draft, facts, style, writes: output) { draft, facts, style in
        Payload(text: draft.text + facts.joined() + style)
      }
    }
    .gate("not empty", on: output, otherwise: .rework(upTo: 2)) { !$0.text.isEmpty }
    .deadline(.hours(4))
  }
}

import Testing
import Troupe

/// What runs, but probably not as it was meant.
@Suite struct HabitTests {
  @Test func nobodyReadsAnArtifact() {
    let text = report { input, output in
      Stage("note", reads: input, writes: a) { $0 }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: warning: nothing reads 'a', which stage 'note' writes
          remove it, or make it an Effect if only what it does matters
        """)
  }

  @Test func anInnerTimeoutIsLongerThanAnOuterOne() {
    let text = report { input, output in
      Phase("write") {
        Stage("draft", reads: input, writes: a) { $0 }
          .timeout(.hours(2))
        Stage("end", reads: a, writes: output) { $0 }
          .timeout(.minutes(90))
          .deadline(.seconds(5401))
      }
      .timeout(.minutes(90))
      .fallback {
        Stage("template", reads: input, writes: output) { $0 }
          .timeout(.hours(30))
      }
    }
    #expect(
      text == """
        +2:14: warning: stage 'draft' has a timeout of 2 h, longer than the timeout of 1 h 30 min of phase 'write'
          the shorter one always passes first: shorten this one, or allow more around it
        +4:14: warning: stage 'end' has a deadline of 5401.0 seconds, longer than the timeout of 5400.0 seconds of phase 'write'
          the shorter one always passes first: shorten this one, or allow more around it
        """)
  }

  @Test func aTimeoutIsLongerThanTheStepsOwnDeadline() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .timeout(.days(2))
        .deadline(.hours(24))
        .fallback {
          Stage("template", reads: input, writes: output) { $0 }
            .timeout(.hours(25))
        }
    }
    #expect(
      text == """
        +1:12: warning: stage 'end' has a timeout of 2 d, longer than its own deadline of 1 d
          the shorter one always passes first: shorten this one, or allow more around it
        +5:16: warning: stage 'template' has a timeout of 1 d 1 h, longer than the deadline of 1 d of stage 'end'
          the shorter one always passes first: shorten this one, or allow more around it
        """)
  }

  @Test func aChoiceMayMatchNothing() {
    let text = report { input, output in
      Choose(on: input) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: output) { $0 }
        }
      }
    }
    #expect(
      text == """
        +1:13: warning: the choose fails when none of its conditions holds
          end it with 'Otherwise { … }', or with 'Otherwise(.skip)' to go on without it
        """)
  }

  @Test func reworkOfCodeGivesTheSame() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .gate("is small") { $0 < 10 }
        .gate("is long", otherwise: .rework(upTo: 2)) { $0 > 3 }
    }
    #expect(
      text == """
        +3:14: warning: gate 'is long' has stage 'end' reworked, which is code and would give the same result
          gate the container that holds the stage to be redone, or use 'otherwise: .fail'
        """)
  }

  @Test func anAgentIsNotToldAllOfAType() {
    let opaque = Artifact<Report>("opaque")
    let text = report { input, output in
      Stage("draft", by: .writer, reads: input, writes: opaque) { "Write about \($0)" }
      Stage("again", by: .writer, reads: opaque, writes: opaque) { "Improve \($0)" }
      Stage("end", reads: opaque, writes: output) { _ in 1 }
    }
    #expect(
      text == """
        +1:12: warning: stage 'draft' cannot describe 'findings[]' of 'TroupeLanguageTests.Report' to its agent: 'TroupeLanguageTests.Report.Finding' has no schema, because it is an enum with payloads or without raw values, so that its cases cannot be listed
          let it conform to SchemaProviding
        """)
  }

  @Test func theInputCannotBeDescribed() {
    struct Judging: Workflow {
      let input = Artifact<Report>("report")
      let output = Artifact<Int>("number")
      var body: some Step {
        Stage("count", reads: input, writes: output) { $0.findings.count }
      }
    }
    #expect(
      report(of: Judging()) == """
        warning: workflow 'judging' cannot describe 'findings[]' of 'TroupeLanguageTests.Report' as its input: 'TroupeLanguageTests.Report.Finding' has no schema, because it is an enum with payloads or without raw values, so that its cases cannot be listed
          let it conform to SchemaProviding
        """)
  }
}

struct Report: Codable, Sendable {
  enum Finding: Codable, Sendable { case found(Int), lost }
  var findings: [Finding]
}

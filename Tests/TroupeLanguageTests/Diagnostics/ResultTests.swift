import Testing
import Troupe

/// Outputs, results of elements and judged artifacts that are not surely written.
@Suite struct ResultTests {
  @Test func nothingWritesTheOutput() {
    let text = report { input, output in
      Effect("first", reads: input) { _ in }
      Effect("last", reads: input) { _ in }
    }
    #expect(
      text == """
        +2:13: error: nothing writes 'output', the output of workflow 'sketch'
          let a step write it: a run ends with its output
        """)
  }

  @Test func onePathDoesNotWriteTheOutput() {
    let text = report { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: output) { $0 }
        }
        Otherwise {
          Effect("tell", reads: input) { _ in }
        }
      }
      Effect("last", reads: input) { _ in }
    }
    #expect(
      text == """
        +7:19: error: 'output', the output of workflow 'sketch', is not written on every path
          branch 'otherwise' of choose 'size' does not write it: write it there too
        """)
  }

  @Test func aCalledWorkflowDoesNotWriteItsOutput() {
    let text = report { input, output in
      Call(
        Sketch("called") { input, output in
          Effect("tell", reads: input) { _ in }
        }, reads: input, writes: output)
    }
    #expect(
      text == """
        +3:17: error: nothing writes 'output', the output of workflow 'called'
          let a step write it: a run ends with its output
        """)
  }

  @Test func noStepWritesTheResultOfAnElement() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      FanOut("each", over: numbers, into: results) { number, result in
        Effect("tell", reads: number) { _ in }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    #expect(
      text == """
        +2:13: error: no step of fan-out 'each' writes 'results.element', the result of an element
          let one of its steps write the second artifact that its body is given
        """)
  }

  @Test func onePathDoesNotWriteTheResultOfAnElement() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      FanOut("each", over: numbers, into: results) { number, result in
        Choose("size", on: number) {
          When("small") {
            $0 < 3
          } then: {
            Stage("guess", reads: number, writes: result) { $0 }
          }
          Otherwise(.skip)
        }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    #expect(
      text == """
        +2:13: error: fan-out 'each' does not write 'results.element', the result of an element, on every path
          choose 'size' writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it
        """)
  }

  @Test func aGateJudgesWhatItsContainerDoesNotWrite() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
      Phase("finish") {
        Stage("end", reads: a, writes: output) { $0 }
      }
      .gate("is long", on: a, output) { $0 > $1 }
    }
    #expect(
      text == """
        +5:12: error: gate 'is long' judges 'a', which phase 'finish' does not write
          name an artifact that it writes, or put the gate on the step that writes 'a'
        """)
  }

  @Test func aGateJudgesWhatItsContainerWritesOnSomePaths() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
      Phase("finish") {
        Choose("size", on: input) {
          When("small") {
            $0 < 3
          } then: {
            Stage("guess", reads: a, writes: a) { $0 }
          }
          Otherwise(.skip)
        }
        Stage("end", reads: a, writes: output) { $0 }
      }
      .gate("is long", on: a) { $0 > 3 }
    }
    #expect(
      text == """
        +13:12: error: gate 'is long' judges 'a', which phase 'finish' does not write on every path
          choose 'size' writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it
        """)
  }

  @Test func theFallbackPassesTheSameGates() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
        .gate("is long") { $0 > 3 }
        .fallback {
          Stage("template", reads: input, writes: b) { $0 }
        }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:14: error: gate 'is long' judges 'a', which stage 'draft' does not write on every path
          the fallback of stage 'draft' does not write it: write it there too
        +4:16: warning: nothing reads 'b', which stage 'template' writes
          remove it, or make it an Effect if only what it does matters
        """)
  }
}

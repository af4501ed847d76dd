import Testing
import Troupe

/// Artifacts that are written, but not on every path to where they are read.
@Suite struct PathTests {
  @Test func oneBranchDoesNotWriteIt() {
    let text = report { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: a) { $0 }
        }
        Otherwise {
          Effect("tell", reads: input) { _ in }
        }
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +11:12: error: stage 'end' reads 'a', which is not written on every path
          branch 'otherwise' of choose 'size' does not write it: write it there too, or write it earlier
        """)
  }

  @Test func aSkippedChoiceDoesNotWriteIt() {
    let text = report { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: a) { $0 }
        }
        Otherwise(.skip)
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +9:12: error: stage 'end' reads 'a', which is not written on every path
          choose 'size' writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it, or write it earlier
        """)
  }

  @Test func oneContestantDoesNotWriteIt() {
    let text = report { input, output in
      Race("search") {
        Stage("quick", reads: input, writes: a) { $0 }
        Stage("slow", reads: input, writes: b) { $0 }
      }
      Stage("end", reads: a, b, writes: output) { $0 + $1 }
    }
    #expect(
      text == """
        +5:12: error: stage 'end' reads 'a', which is not written on every path
          stage 'slow' of race 'search' does not write it: write it there too, or write it earlier
        +5:12: error: stage 'end' reads 'b', which is not written on every path
          stage 'quick' of race 'search' does not write it: write it there too, or write it earlier
        """)
  }

  @Test func theFallbackDoesNotWriteIt() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
        .fallback {
          Stage("template", reads: input, writes: b) { $0 }
        }
      Stage("end", reads: a, b, writes: output) { $0 + $1 }
    }
    #expect(
      text == """
        +5:12: error: stage 'end' reads 'a', which is not written on every path
          the fallback of stage 'draft' does not write it: write it there too, or write it earlier
        +5:12: error: stage 'end' reads 'b', which is not written on every path
          stage 'draft' itself does not write it: let it write it too, or write it earlier
        """)
  }

  @Test func aBranchDeepInsideDoesNotWriteIt() {
    let text = report { input, output in
      Phase("prepare") {
        Effect("tell", reads: input) { _ in }
        Parallel {
          Choose(on: input) {
            When("small") {
              $0 < 3
            } then: {
              Race {
                Stage("guess", reads: input, writes: a) { $0 }
                Effect("log", reads: input) { _ in }
              }
            }
            Otherwise {
              Stage("count", reads: input, writes: a) { $0 }
            }
          }
        }
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +19:12: error: stage 'end' reads 'a', which is not written on every path
          effect 'log' of the race does not write it: write it there too, or write it earlier
        """)
  }

  @Test func aLoopIsAskedAboutWhatIsNotSurelyWritten() {
    let text = report { input, output in
      Repeat("polish", a, upTo: 3, until: { $0 > 3 }) {
        Choose(on: input) {
          When("odd") {
            $0 % 2 == 1
          } then: {
            Stage("revise", reads: input, writes: a) { $0 }
          }
          Otherwise(.skip)
        }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:13: error: repeat 'polish' reads 'a', which is not written on every path
          the choose writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it, or write it earlier
        """)
  }

  @Test func anotherBranchWritesIt() {
    let text = report { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: a) { $0 }
        }
        Otherwise {
          Effect("tell", reads: a) { _ in }
        }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +8:17: error: effect 'tell' reads 'a', which only another branch writes
          one branch is taken, so write it in this one too, or before choose 'size'
        """)
  }

  @Test func anotherContestantWritesIt() {
    let text = report { input, output in
      Race("search") {
        Stage("quick", reads: input, writes: a) { $0 }
        Effect("tell", reads: a) { _ in }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +3:15: error: effect 'tell' reads 'a', which only another contestant writes
          contestants do not see each other's artifacts: write it before race 'search'
        """)
  }

  @Test func theFallbackReadsWhatItStandsInFor() {
    let text = report { input, output in
      Phase("draft") {
        Stage("collect", reads: input, writes: a) { $0 }
        Stage("write", reads: a, writes: output) { $0 }
      }
      .fallback {
        Stage("template", reads: a, writes: output) { $0 }
      }
    }
    #expect(
      text == """
        +6:14: error: stage 'template' reads 'a', which only the step that it stands in for writes
          a fallback is given what phase 'draft' was given: read something written before it
        """)
  }

  @Test func onlyAFallbackWritesIt() {
    let text = report { input, output in
      Phase("draft") {
        Stage("write", reads: a, writes: output) { $0 }
      }
      .fallback {
        Stage("collect", reads: input, writes: a) { $0 }
        Stage("template", reads: a, writes: output) { $0 }
      }
    }
    #expect(
      text == """
        +2:14: error: stage 'write' reads 'a', which only a fallback writes
          let a step before it write 'a'
        """)
  }
}

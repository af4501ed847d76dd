import Testing
import Troupe

/// Artifacts that are read before they are surely written.
@Suite struct ReadTests {
  @Test func nothingWritesIt() {
    let text = report { input, output in
      Stage("assemble", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: error: stage 'assemble' reads 'a', which nothing writes
          let a step before it write 'a'
        """)
  }

  @Test func aNearNameIsSuggested() {
    let (facts, fact) = (Artifact<Int>("facts"), Artifact<Int>("fact"))
    let text = report { input, output in
      Stage("check", reads: input, writes: facts) { $0 }
      Stage("assemble", reads: facts, fact, writes: output) { $0 + $1 }
    }
    #expect(
      text == """
        +2:12: error: stage 'assemble' reads 'fact', which nothing writes
          did you mean 'facts'?
        """)
  }

  @Test func itIsWrittenLater() {
    let text = report { input, output in
      Stage("first", reads: a, writes: output) { $0 }
      Stage("second", reads: input, writes: a) { $0 }
    }
    #expect(
      text == """
        +1:12: error: stage 'first' reads 'a', which nothing before it writes
          stage 'second' writes it later (+2:12): move that before stage 'first', or put both into a Dataflow
        """)
  }

  @Test func theReaderItselfWritesIt() {
    let text = report { input, output in
      Stage("count up", reads: a, writes: a) { $0 + 1 }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: error: stage 'count up' reads 'a', which nothing before it writes
          it writes 'a' itself: let a step before it write a first version
        """)
  }

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
          branch 'otherwise' of choose 'size' does not write it: write it there too, or write it before
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
          choose 'size' writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it, or write it before
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
          stage 'slow' of race 'search' does not write it: write it there too, or write it before
        +5:12: error: stage 'end' reads 'b', which is not written on every path
          stage 'quick' of race 'search' does not write it: write it there too, or write it before
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
          the fallback of stage 'draft' does not write it: write it there too, or write it before
        +5:12: error: stage 'end' reads 'b', which is not written on every path
          stage 'draft' itself does not write it: let it write it too, or write it before
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
          effect 'log' of the race does not write it: write it there too, or write it before
        """)
  }

  @Test func nothingWritesItBeforeTheFirstRound() {
    let text = report { input, output in
      Repeat("polish", a, upTo: 3, until: { $0 > 3 }) {
        Stage("critique", reads: b, writes: a) { $0 }
        Stage("revise", reads: a, writes: b) { $0 }
      }
      Stage("end", reads: b, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:14: error: stage 'critique' reads 'b', which nothing writes before the first round
          stage 'revise' writes it later in the round (+3:14): write a first version before the loop
        """)
  }

  @Test func aRoundNeedsAFirstVersion() {
    let text = report { input, output in
      Repeat("polish", a, upTo: 3, until: { $0 > 3 }) {
        Stage("revise", reads: a, writes: a) { $0 }
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:14: error: stage 'revise' reads 'a', which nothing writes before the first round
          only stage 'revise' itself writes it: write a first version before the loop
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
          the choose writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it, or write it before
        """)
  }

  @Test func aChoiceIsMadeBeforeItsBranches() {
    let text = report { input, output in
      Choose("size", on: a) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: input, writes: a) { $0 }
        }
        Otherwise(.skip)
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:13: error: choose 'size' reads 'a', which nothing before it writes
          stage 'guess' inside it does (+5:16): let a step before it write 'a'
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

  @Test func anElementReadsTheListOfResults() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      FanOut("each", over: numbers, into: results) { number, result in
        Stage("double", reads: number, results, writes: result) { number, _ in number * 2 }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    #expect(
      text == """
        +3:14: error: stage 'double' reads 'results', which fan-out 'each' writes only when all its elements are done
          read it after fan-out 'each'
        """)
  }

  @Test func onlyElementsWriteIt() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      FanOut("each", over: numbers, into: results) { number, result in
        Stage("halve", reads: number, writes: a) { $0 / 2 }
        Stage("double", reads: a, writes: result) { $0 * 2 }
      }
      Stage("end", reads: results, a, writes: output) { results, a in results.count + a }
    }
    #expect(
      text == """
        +6:12: error: stage 'end' reads 'a', which only the elements of fan-out 'each' write
          what an element writes stays with it, only its result is collected: read 'results'
        """)
  }

  @Test func onlyTheCalledWorkflowWritesIt() {
    let called = Sketch("called") { input, output in
      Stage("first", reads: input, writes: a) { $0 }
      Stage("second", reads: a, writes: output) { $0 }
    }
    let text = report { input, output in
      Call(called, reads: input, writes: b)
      Stage("end", reads: a, b, writes: output) { $0 + $1 }
    }
    #expect(
      text == """
        +2:12: error: stage 'end' reads 'a', which only the called workflow 'called' writes
          only its output leaves it: make 'a' a part of that
        """)
  }

  @Test func theCallerWritesIt() {
    let called = Sketch("called") { input, output in
      Stage("inner", reads: input, a, writes: output) { $0 + $1 }
    }
    let text = report { input, output in
      Stage("first", reads: input, writes: a) { $0 }
      Call(called, reads: a, writes: output)
    }
    #expect(
      text == """
        -2:12: error: stage 'inner' reads 'a', which belongs to the workflow that calls 'called'
          a called workflow sees only its input: pass 'a' in as a part of it
        """)
  }
}

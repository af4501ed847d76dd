import Testing
import Troupe

/// Artifacts that are read before anything writes them.
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
}

import Testing
import Troupe

/// Steps that may run at once and touch the same artifact.
@Suite struct WriterTests {
  @Test func twoStagesOfAParallelWriteTheSame() {
    let text = report { input, output in
      Parallel {
        Stage("left", reads: input, writes: output) { $0 }
        Stage("right", reads: input, writes: output) { $0 }
      }
    }
    #expect(
      text == """
        +3:14: error: stage 'left' and stage 'right' both write 'output' and may run at once
          the first is declared at +2:14: let each write an artifact of its own, or put one after the other
        """)
  }

  @Test func writersAreFoundInNestedContainers() {
    let text = report { input, output in
      Parallel {
        Phase("left") {
          Choose(on: input) {
            When("small") {
              $0 < 3
            } then: {
              Stage("write", reads: input, writes: output) { $0 }
            }
            Otherwise {
              Stage("write", reads: input, writes: output) { $0 }
            }
          }
        }
        Phase("right") {
          Stage("write", reads: input, writes: output) { $0 }
        }
      }
    }
    #expect(
      text == """
        +15:16: error: stage 'write' in 'sketch/parallel/left/choose/small' and stage 'write' in 'sketch/parallel/right' both write 'output' and may run at once
          the first is declared at +7:20: let each write an artifact of its own, or put one after the other
        """)
  }

  @Test func aFallbackOfOneChildWritesWhatAnotherWrites() {
    let text = report { input, output in
      Parallel {
        Stage("left", reads: input, writes: output) { $0 }
        Stage("right", reads: input, writes: a) { $0 }
          .fallback { Stage("instead", reads: input, writes: output) { $0 } }
      }
    }
    #expect(
      text == """
        +3:14: warning: nothing reads 'a', which stage 'right' writes
          remove it, or make it an Effect if only what it does matters
        +4:28: error: stage 'left' and stage 'instead' both write 'output' and may run at once
          the first is declared at +2:14: let each write an artifact of its own, or put one after the other
        """)
  }

  @Test func aReaderStandsBesideAWriter() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
      Parallel("check") {
        Stage("improve", reads: input, writes: a) { $0 }
        Stage("judge", reads: a, writes: output) { $0 }
      }
    }
    #expect(
      text == """
        +4:14: error: stage 'judge' reads 'a' while stage 'improve' may be writing it
          both may run at once in parallel 'check': move one of them out of it, or make it a Dataflow
        """)
  }

  @Test func aReaderBesideTheOnlyWriterIsToldOnce() {
    let text = report { input, output in
      Parallel("check") {
        Stage("judge", reads: a, writes: output) { $0 }
        Stage("improve", reads: input, writes: a) { $0 }
      }
    }
    #expect(
      text == """
        +2:14: error: stage 'judge' reads 'a' while stage 'improve' may be writing it
          both may run at once in parallel 'check': move one of them out of it, or make it a Dataflow
        """)
  }

  @Test func twoStagesOfADataflowWriteTheSame() {
    let text = report { input, output in
      Dataflow {
        Stage("left", reads: input, writes: a) { $0 }
        Stage("right", reads: input, writes: a) { $0 }
        Stage("end", reads: a, writes: output) { $0 }
      }
    }
    #expect(
      text == """
        +3:14: error: stage 'left' and stage 'right' both write 'a' and may run at once
          the first is declared at +2:14: let each write an artifact of its own, or put one after the other
        """)
  }

  @Test func aDataflowWritesWhatIsWrittenBeforeIt() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
      Dataflow("improve") {
        Stage("rewrite", reads: input, writes: a) { $0 }
        Stage("end", reads: a, writes: output) { $0 }
      }
    }
    #expect(
      text == """
        +3:14: error: stage 'rewrite' writes 'a', which is already written before dataflow 'improve'
          in a dataflow an artifact has one version: write one with another name
        """)
  }

  @Test func anElementWritesWhatBelongsToItsSurroundings() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      FanOut("each", over: numbers, into: results) { number, result in
        Stage("copy", reads: number, writes: input) { $0 }
        Stage("double", reads: input, writes: result) { $0 * 2 }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    #expect(
      text == """
        +3:14: error: stage 'copy' writes 'input', which belongs to the surroundings of fan-out 'each'
          elements run at once and keep what they write: use an artifact with another name
        """)
  }

  @Test func anElementWritesWhatItsSurroundingsWriteOnlyLater() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      FanOut("each", over: numbers, into: results) { number, result in
        Stage("copy", reads: number, writes: a) { $0 }
        Stage("double", reads: a, writes: result) { $0 * 2 }
      }
      Stage("count", reads: results, writes: a) { $0.count }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +3:14: error: stage 'copy' writes 'a', which belongs to the surroundings of fan-out 'each'
          elements run at once and keep what they write: use an artifact with another name
        """)
  }
}

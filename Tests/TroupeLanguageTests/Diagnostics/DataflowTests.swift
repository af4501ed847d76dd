import Testing
import Troupe

/// Dataflows that go round in a circle.
@Suite struct DataflowTests {
  @Test func twoStagesWaitForEachOther() {
    let text = report { input, output in
      Dataflow("sum up") {
        Stage("left", reads: input, b, writes: a) { $0 + $1 }
        Stage("right", reads: a, writes: b) { $0 }
        Stage("end", reads: a, b, writes: output) { $0 + $1 }
      }
    }
    #expect(
      text == """
        +2:14: error: dataflow 'sum up' goes round in a circle: 'left' reads 'b' from 'right', which reads 'a' from 'left'
          none of them can start: let one of them read something else, or use a Repeat
        """)
  }

  @Test func theWayRoundBeginsWithItsFirstStep() {
    let text = report { input, output in
      Dataflow {
        Stage("end", reads: c, writes: output) { $0 }
        Phase("two") { Stage("inner", reads: a, writes: b) { $0 } }
        Stage("three", reads: b, writes: c) { $0 }
        Stage("one", reads: c, writes: a) { $0 }
      }
    }
    #expect(
      text == """
        +3:14: error: the dataflow goes round in a circle: 'two' reads 'a' from 'one', which reads 'c' from 'three', which reads 'b' from 'two'
          none of them can start: let one of them read something else, or use a Repeat
        """)
  }

  @Test func everyWayRoundIsFound() {
    let text = report { input, output in
      Dataflow {
        Stage("one", reads: b, writes: a) { $0 }
        Stage("two", reads: a, writes: b) { $0 }
        Stage("three", reads: d, writes: c) { $0 }
        Stage("four", reads: c, writes: d) { $0 }
        Stage("end", reads: .all([a, b, c, d]), writes: output) { $0.count }
      }
    }
    #expect(
      text == """
        +2:14: error: the dataflow goes round in a circle: 'one' reads 'b' from 'two', which reads 'a' from 'one'
          none of them can start: let one of them read something else, or use a Repeat
        +4:14: error: the dataflow goes round in a circle: 'three' reads 'd' from 'four', which reads 'c' from 'three'
          none of them can start: let one of them read something else, or use a Repeat
        """)
  }

  @Test func aChildThatDoesNotSurelyWriteIsNamed() {
    let text = report { input, output in
      Dataflow {
        Stage("end", reads: a, writes: output) { $0 }
        Choose("size", on: input) {
          When("small") {
            $0 < 3
          } then: {
            Stage("guess", reads: input, writes: a) { $0 }
          }
          Otherwise(.skip)
        }
      }
    }
    #expect(
      text == """
        +2:14: error: stage 'end' reads 'a', which is not written on every path
          choose 'size' writes nothing when it is skipped: replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it, or write it earlier
        """)
  }

  @Test func theOrderOfDeclarationDoesNotMatter() {
    let text = report { input, output in
      Dataflow {
        Stage("end", reads: c, writes: output) { $0 }
        Stage("three", reads: b, writes: c) { $0 }
        Phase("two") { Stage("inner", reads: a, writes: b) { $0 } }
        Stage("one", reads: input, writes: a) { $0 }
      }
    }
    #expect(text == "")
  }

  @Test func anElementReadsWhatAChildDeclaredLaterWrites() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let text = report { input, output in
      Stage("split", reads: input, writes: numbers) { [$0] }
      Dataflow {
        FanOut("each", over: numbers, into: results) { number, result in
          Stage("add", reads: number, a, writes: result) { $0 + $1 }
        }
        Stage("base", reads: input, writes: a) { $0 }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    #expect(text == "")
  }
}

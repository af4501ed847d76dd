import Testing
import Troupe

/// Artifacts that are written in a scope that the reader does not see.
@Suite struct ScopeTests {
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

import Foundation
import Testing
import Troupe

/// In which order and how often diagnostics are printed, and with which path.
@Suite struct OrderTests {
  @Test func diagnosticsStandInTheOrderOfThePlan() {
    let text = report { input, output in
      Stage("one", reads: a, writes: b) { $0 }
        .gate("first", otherwise: .rework(upTo: 0)) { $0 > 3 }
        .gate("second", otherwise: .rework(upTo: 2)) { $0 > 3 }
        .timeout(.zero)
      Parallel {
        Stage("two", by: .writer, reads: input, writes: c) { "\($0)" }
        Stage("three", reads: input, writes: c) { $0 }
      }
      Stage("one", reads: c, d, writes: output) { $0 + $1 }
    }
    #expect(
      text == """
        +1:12: error: stage 'one' has a '.timeout' of 0 s
          give it a time longer than zero
        +2:14: error: gate 'first' of stage 'one' allows 0 reworks
          allow at least one: .rework(upTo: 1)
        +1:12: error: stage 'one' reads 'a', which nothing writes
          let a step before it write 'a'
        +2:14: warning: gate 'first' has stage 'one' reworked, which is code and would give the same result
          gate the container that holds the stage to be redone, or use 'otherwise: .fail'
        +3:14: warning: gate 'second' has stage 'one' reworked, which is code and would give the same result
          gate the container that holds the stage to be redone, or use 'otherwise: .fail'
        +7:14: error: stage 'two' and stage 'three' both write 'c' and may run at once
          the first is declared at +6:14: let each write an artifact of its own, or put one after the other
        +9:12: error: two steps of one body are named 'one', the first at +1:12
          give one of them another name
        +9:12: error: stage 'one' reads 'd', which nothing writes
          let a step before it write 'd'
        """)
  }

  @Test func aWorkflowThatIsCalledTwiceIsToldOnce() {
    let called = Sketch("called") { input, output in
      Stage("inner", reads: input, writes: a) { $0 }
      Stage("end", reads: input, b, writes: output) { $0 + $1 }
    }
    let text = report { input, output in
      Call(called, as: "first", reads: input, writes: c)
      Call(called, as: "second", reads: c, writes: output)
    }
    #expect(
      text == """
        -3:12: warning: nothing reads 'a', which stage 'inner' writes
          remove it, or make it an Effect if only what it does matters
        -2:12: error: stage 'end' reads 'b', which nothing writes
          let a step before it write 'b'
        """)
  }

  @Test func aPathIsRelativeToTheCurrentFolder() {
    let file = FileManager.default.currentDirectoryPath + "/Package.swift"
    let here = Diagnostic(
      .error, "wrong", remedy: "mend it",
      location: SourceLocation(fileID: "A/B.swift", filePath: file, line: 3, column: 7))
    let elsewhere = Diagnostic(
      .hint, "better",
      location: SourceLocation(
        fileID: "A/B.swift", filePath: file + ".not-there", line: 3, column: 7))
    let outside = Diagnostic(
      .warning, "odd",
      location: SourceLocation(fileID: "A/B.swift", filePath: "/etc/passwd", line: 3, column: 7))
    #expect(here.description == "Package.swift:3:7: error: wrong\n  mend it")
    #expect(elsewhere.description == "A/B.swift:3:7: hint: better")
    #expect(outside.description == "A/B.swift:3:7: warning: odd")
    #expect(Diagnostic(.error, "wrong").description == "error: wrong")
  }
}

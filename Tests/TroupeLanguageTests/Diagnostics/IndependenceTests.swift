import Testing
import Troupe

/// Neighbours that could run at once.
@Suite struct IndependenceTests {
  @Test func neighboursCouldRunAtOnce() {
    let text = report { input, output in
      Stage("one", by: .writer, reads: input, writes: a) { "\($0)" }
      Phase("two") {
        Stage("inner", by: .critic, reads: input, writes: b) { "\($0)" }
      }
      Stage("three", by: .writer, reads: input, writes: c) { "\($0)" }
      Stage("four", by: .critic, reads: a, b, c, writes: d) { "\($0) \($1) \($2)" }
      Stage("five", by: .critic, reads: a, writes: b) { "\($0)" }
      Stage("end", reads: b, d, writes: output) { $0 + $1 }
    }
    #expect(
      text == """
        +1:12: hint: 'one', 'two' and 'three' do not depend on each other and could run at once
          put them into a Parallel, unless their order is meant
        """)
  }

  @Test func manyNeighboursAreCounted() {
    let parts = (1...8).map { Artifact<Int>("part \($0)") }
    let text = report { input, output in
      for part in parts {
        Stage(part.name, by: .writer, reads: input, writes: part) { "\($0)" }
      }
      Stage("end", reads: .all(parts), writes: output) { $0.count }
    }
    #expect(
      text == """
        +2:14: hint: 'part 1', 'part 2', 'part 3', 'part 4' and 4 more do not depend on each other and could run at once
          put them into a Parallel, unless their order is meant
        """)
  }

  @Test func neighboursThatDependOnEachOtherStayInOrder() {
    let text = report { input, output in
      Stage("write", by: .writer, reads: input, writes: a) { "\($0)" }
      Stage("read and write", by: .writer, reads: a, writes: b) { "\($0)" }
      Stage("write again", by: .writer, reads: input, writes: a) { "\($0)" }
      Stage("end", by: .writer, reads: a, b, writes: output) { "\($0) \($1)" }
    }
    #expect(text == "")
  }

  @Test func codeIsLeftInItsOrder() {
    let text = report { input, output in
      Stage("one", reads: input, writes: a) { $0 }
      Stage("two", by: .writer, reads: input, writes: b) { "\($0)" }
      Stage("end", reads: a, b, writes: output) { $0 + $1 }
    }
    #expect(text == "")
  }

  @Test func whatHasAnEffectIsLeftInItsOrder() {
    let text = report { input, output in
      Stage("one", by: .writer, reads: input, writes: a) { "\($0)" }
      Phase("announce") {
        Stage("two", by: .critic, reads: input, writes: b) { "\($0)" }
        Effect("publish", reads: b) { _ in }
      }
      Stage("end", reads: a, b, writes: output) { $0 + $1 }
    }
    #expect(text == "")
  }
}

import Testing
import Troupe

/// One artifact with two types.
@Suite struct TypeTests {
  @Test func twoHandlesOfOneNameDiffer() {
    let text = report { input, output in
      Stage("first", reads: input, writes: Artifact<String>("a")) { "\($0)" }
      Stage("second", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:12: error: artifact 'a' has two types: stage 'second' reads it as 'Int', stage 'first' writes it as 'String' (+1:12)
          declare it once and use that handle everywhere, or give one of them another name
        """)
  }

  @Test func theOutputDiffers() {
    let text = report { input, output in
      Stage("first", reads: input, writes: Artifact<[String]>("output")) { ["\($0)"] }
    }
    #expect(
      text == """
        +1:12: error: artifact 'output' has two types: stage 'first' writes it as '[String]', it is 'Int' as the output of workflow 'sketch'
          declare it once and use that handle everywhere, or give one of them another name
        """)
  }

  @Test func theInputDiffers() {
    let text = report { input, output in
      Stage("first", reads: Artifact<[Int: String]>("input"), writes: output) { $0.count }
    }
    #expect(
      text == """
        +1:12: error: artifact 'input' has two types: stage 'first' reads it as '[Int: String]', it is 'Int' as the input of workflow 'sketch'
          declare it once and use that handle everywhere, or give one of them another name
        """)
  }

  @Test func aGateDiffers() {
    let text = report { input, output in
      Phase("draft") {
        Stage("first", reads: input, writes: output) { $0 }
      }
      .gate("is long", on: Artifact<Payload>("output")) { $0.text.count > 3 }
    }
    #expect(
      text == """
        +4:12: error: artifact 'output' has two types: gate 'is long' judges it as 'TroupeLanguageTests.Payload', it is 'Int' as the output of workflow 'sketch'
          declare it once and use that handle everywhere, or give one of them another name
        """)
  }

  @Test func theSameNameInAnotherScopeMayDiffer() {
    let called = Sketch("called") { input, output in
      Stage("inner", reads: input, writes: Artifact<String>("a")) { "\($0)" }
      Stage("count", reads: Artifact<String>("a"), writes: output) { $0.count }
    }
    let text = report { input, output in
      Stage("first", reads: input, writes: a) { $0 }
      Call(called, reads: a, writes: output)
    }
    #expect(text == "")
  }

  @Test func twoLocalTypesOfOneNameAreNotTheSame() {
    @Sendable func first(_ input: Artifact<Int>) -> some Step {
      struct Note: Codable, Sendable { var a = 1 }
      return Stage("write", reads: input, writes: Artifact<Note>("note")) { _ in Note() }
    }
    @Sendable func second(_ output: Artifact<Int>) -> some Step {
      struct Note: Codable, Sendable { var b = 1 }
      return Stage("read", reads: Artifact<Note>("note"), writes: output) { $0.b }
    }
    let text = report { input, output in
      first(input)
      second(output)
    }
    #expect(text.contains("error: artifact 'note' has two types"))
    #expect(text.contains("Note (2)'"))
  }
}

struct Payload: Codable, Sendable {
  var text: String
}

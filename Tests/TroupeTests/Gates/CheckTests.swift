import Testing
import Troupe
import TroupeTesting

/// Gates with checks that are ready made.
@Suite struct CheckTests {
  private struct Judged<Value: Codable & Sendable>: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<Value>("result")
    let check: Check<Value>
    let value: Value
    var name: String { "judged" }

    var body: some Step {
      Stage("make", reads: input, writes: output) { _ in value }
        .gate("checked", check)
    }
  }

  /// Why a check rejects a value; `nil` if it accepts it.
  private func reason<Value: Codable & Sendable>(
    _ check: Check<Value>, _ value: Value
  ) async throws -> String? {
    let run = try await Simulation(of: Judged(check: check, value: value)) {}.run("cats")
    let verdict = try #require(run.stage("make").judgements.first)
    return verdict.verdict.reason
  }

  @Test func textIsCheckedForWhatIsInIt() async throws {
    #expect(try await reason(.notEmpty, "a") == nil)
    #expect(try await reason(.notEmpty, "") == "it is empty")
    #expect(try await reason(.notBlank, " a") == nil)
    #expect(try await reason(.notBlank, " \n") == "there is nothing in it but white space")
    #expect(try await reason(.matches(/^# \w/), "# Title") == nil)
    #expect(try await reason(.matches(/^# \w/, else: "no title"), "Title") == "no title")
    #expect(
      try await reason(.matches(/^# \w/), "") == "what the gate looks for is not in it")
  }

  @Test func lengthsAreSaidInWords() async throws {
    #expect(try await reason(.length(1...3), "abc") == nil)
    #expect(try await reason(.length(1...3), "abcd") == "it has the length 4, not 1 to 3")
    #expect(try await reason(.length(2...), [1]) == "it has the length 1, not 2 or more")
    #expect(try await reason(.length(...2), [1, 2, 3]) == "it has the length 3, not 2 or less")
    #expect(try await reason(.length(..<2), [1, 2]) == "it has the length 2, not less than 2")
    #expect(try await reason(.length(1..<3), [1, 2, 3]) == "it has the length 3, not 1 to 2")
  }

  @Test func valuesAreValidatedByASchema() async throws {
    let schema = JSONSchema(["type": "array", "items": ["minimum": 0], "minItems": 1])
    #expect(try await reason(.satisfies(schema), [1]) == nil)
    #expect(try await reason(.satisfies(schema), [Int]()) == "has 0 elements, fewer than 1")
    #expect(
      try await reason(.satisfies(schema), [1, -1])
        == "[1]: is the number -1, less than the minimum 0")
    #expect(
      try await reason(.satisfies(schema), Array(repeating: -1, count: 7))?
        .hasSuffix("; and 2 more") == true)
    #expect(try await reason(.isJSON(satisfying: schema), "[1]") == nil)
    #expect(try await reason(.isJSON(satisfying: schema), "[]") == "has 0 elements, fewer than 1")
    #expect(try await reason(.isJSON(), "[1")?.hasPrefix("it is not JSON: ") == true)
  }

  @Test func aSchemaThatCannotBeUsedFailsTheGateAndDoesNotPassIt() async throws {
    let run = try await Simulation(
      of: Judged(check: .satisfies(JSONSchema(["type": "text"])), value: "a")
    ) {}.run("cats")
    #expect(run.failure?.description.contains("'type' cannot be 'text'") == true)
  }

  /// The gates that 'CheckingWhatStepsWrite.md' shows.
  private struct Documented: Workflow {
    struct Ledger: Codable, Sendable { let total: Int }
    let input = Artifact<Ledger>("ledger")
    let output = Artifact<String>("draft")
    let schema = JSONSchema(["required": ["total"]])

    var body: some Step {
      Stage("draft", by: .writer, reads: input, writes: output) { "Write \($0.total)." }
        .gate("not blank", .notBlank)
        .gate("fits the page", .length(6...4_000), otherwise: .rework(upTo: 3))
        .gate("has a title", .matches(/total/, else: "begin with a title: '# …'"))
        .gate("is an invoice", .isJSON(satisfying: schema))
        .gate(
          "adds up", .agrees(with: input) { draft, ledger in draft.contains("\(ledger.total)") }
        )
        .gate("on topic", on: output, input) { draft, ledger in draft.count > ledger.total }
    }
  }

  @Test func severalChecksHoldOneAfterTheOther() async throws {
    let drafts = ["{}", #"{"total": 71}"#, #"{"total": 7}"#]
    let run = try await Simulation(of: Documented()) { Stub(\.output, returning: drafts) }
      .run(Documented.Ledger(total: 7))
    #expect(try run.output == #"{"total": 71}"#)
    #expect(try run.stage("draft").takes == 2)
  }

  private struct Invoice: Workflow {
    let input = Artifact<[Int]>("lines")
    let total = Artifact<Int>("total")
    let again = Artifact<Int>("total again")
    let output = Artifact<Int>("invoice")

    var body: some Step {
      Phase("count") {
        Stage("add", reads: input, writes: total) { $0.reduce(0, +) }
        Stage("add again", reads: input, writes: again) { $0.reversed().reduce(0, +) }
      }
      .gate("both agree", on: total, .agrees(with: again))
      Stage("write", by: .writer, reads: total, writes: output) { "Write \($0)." }
        .gate(
          "adds up", .agrees(with: total, else: "the total is wrong") { $0 == $1 },
          otherwise: .rework(upTo: 1))
    }
  }

  @Test func anArtifactIsHeldAgainstAnotherOneThatTheStageReads() async throws {
    let run = try await Simulation(of: Invoice()) { Stub(\.output, returning: [5, 6]) }
      .run([1, 2, 3])
    #expect(try run.output == 6)
    let feedback = run.asked(of: .writer).last?.feedback.first
    #expect(feedback?.reason == "the total is wrong")
    #expect(feedback?.rejected == "5")
  }

  @Test func whatAStageNeitherReadsNorWritesCannotBeHeldAgainstIt() throws {
    struct Odd: Workflow {
      let input = Artifact<Int>("in")
      let other = Artifact<Int>("other")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("first", reads: input, writes: other) { $0 }
        Stage("second", reads: input, writes: output) { $0 }
          .gate("same", .agrees(with: other))
      }
    }
    let error = #expect(throws: CompilationError.self) { try Odd().compile() }
    let text = error.map { "\($0)" } ?? ""
    #expect(
      text.contains("gate 'same' judges 'other', which stage 'second' neither writes nor reads"),
      "\(text)")
  }
}

import Testing
import Troupe

@testable import TroupeRuntime

/// Who has made what is known as long as it may be asked, and no longer.
@Suite struct AuthorsTests {
  private static let writer = Role("writer")
  private static let editor = Role("editor")

  private func write(_ input: Artifact<Int>, _ output: Artifact<Int>) -> Stage<Int> {
    Stage("write", by: Self.writer, reads: input, writes: output) { "\($0)" }
  }

  private func plan(_ work: Body<Steps>) throws -> Plan { try work.compile().plan }

  private func address(_ plan: Plan, _ text: String) throws -> Address {
    try #require(AddressReader(plan).address(text))
  }

  @Test func nothingIsNotedWhereEverybodyMayReview() throws {
    let plan = try plan(
      Body { [self] input, output in
        write(input, output).gate("good", reviewedBy: Self.editor)
      })
    #expect(Authors(plan) == nil)
  }

  @Test func eachTakeHasItsOwn() throws {
    let plan = try plan(
      Body { [self] input, output in
        Phase("make") { write(input, output) }
          .gate(
            "good", on: output, reviewedBy: Self.editor, independent: true,
            otherwise: .rework(upTo: 1)
          )
          .fallback {
            write(input, output)
              .gate("fair", reviewedBy: Self.editor, independent: true, otherwise: .rework(upTo: 1))
          }
      })
    let authors = try #require(Authors(plan))
    func note(_ member: String, _ place: String, take: Int = 1) throws {
      authors.note(member, of: try address(plan, place), take: take)
    }
    try note("ann", "test/make/write")
    try note("ben", "test/make~2/write", take: 3)
    try note("cat", "test/make/@fallback/write")
    try note("dan", "test/make/@fallback/write", take: 2)
    try note("eve", "test/make/@gate(good)")
    let make = try address(plan, "test/make")
    let standIn = try #require(plan.nodes[make.node].fallback)
    #expect(authors.members(of: .take(1), at: make) == ["ann"])
    #expect(authors.members(of: .take(2), at: make) == ["ben"])
    #expect(authors.members(of: .standIn(standIn), at: make) == ["cat", "dan"])
    let instead = try address(plan, "test/make/@fallback/write")
    #expect(authors.members(of: .take(2), at: instead) == ["dan"])
  }

  @Test func aVisitThatHasEndedIsForgotten() async throws {
    let work = Body { [self] input, output in
      Stage("begin", reads: input, writes: output) { $0 }
      Repeat("again", output, upTo: 60, until: { $0 >= 50 }) {
        write(output, output).gate("good", reviewedBy: Self.editor, independent: true)
      }
    }
    let known = Notes()
    let running = Lock<Execution?>(nil)
    let team = Team {
      Member("ann", plays: Self.writer) {
        ClosureAgent { .value((Int($0.prompt) ?? 0) + 1) }
      }
      Member("ben", plays: Self.editor) {
        ClosureAgent { _ in
          known.add("\(running.withLock { $0?.authors?.count ?? 0 })")
          return .json(["decision": "accept", "comments": []])
        }
      }
    }
    let execution = Execution.alone(try work.compile(), team)
    running.withLock { $0 = execution }
    let output = try await execution.run(input: 0).get()
    #expect(output as? Int == 50)
    #expect(known.all == Array(repeating: "1", count: 50))
    #expect(execution.authors?.count == 0)
  }
}

import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// What is kept of attempts in rounds that have ended, and what is taken in of it.
@Suite struct CondensedAttemptsTests {
  private static let writer = Role("writer")
  private static let editor = Role("editor")

  /// A loop whose rounds have a budget, are reviewed, and are undone if need be.
  private let work = Body { input, output in
    let note = Artifact<String>("note")
    Stage("begin", reads: input, writes: output) { $0 }
    Repeat("loop", output, upTo: 9, until: { $0 >= 9 }) {
      Phase("round") {
        Stage("write", by: Self.writer, reads: output, writes: note) { "\($0)" }
          .compensate { _ in }
        Stage("ask", by: Self.writer, reads: output, writes: note) { "\($0)" }
        Stage("count", reads: output, note, writes: output) { number, _ in number + 1 }
      }
      .gate("agreed", on: output, reviewedBy: Self.editor, independent: true)
      .budget(tokens: 1_000)
    }
  }

  private func record(
    _ number: Int, _ type: String, _ members: [String: JSONValue]
  ) -> JournalRecord {
    JournalRecord(
      sequence: number, at: Date(timeIntervalSince1970: 0),
      members: .object(members.merging(["type": .string(type)]) { old, _ in old }))
  }

  /// An attempt in the first round that timed out.
  private func attempt(_ name: String, from number: Int, asks: Bool) -> [JournalRecord] {
    let members: [String: JSONValue] = [
      "address": .string("test/loop/rounds[1]/round/\(name)"), "take": 1, "attempt": 1,
      "member": "ann",
    ]
    let start: [String: JSONValue] = asks ? ["asks": true] : [:]
    let end: [String: JSONValue] = ["because": "timedOut", "limit": "PT60S"]
    return [
      record(number, "started", members.merging(start) { old, _ in old }),
      record(number + 1, "gaveUp", members.merging(end) { old, _ in old }),
    ]
  }

  private var accepted: JournalRecord {
    record(
      1, "accepted",
      ["format": 1, "run": "a", "workflow": "test", "input": 0, "address": "test"])
  }

  private var ended: Snapshot {
    var snapshot = Snapshot()
    snapshot.loops["test/loop"] = Snapshot.Rounds(count: 1, isDone: false, bindings: [:])
    return snapshot
  }

  @Test(arguments: [true, false])
  func whatNobodyCanSayAnyMoreIsNotWaitedForInABudget(asks: Bool) throws {
    let addresses = AddressReader(try work.compile().plan)
    let records = attempt("ask", from: 2, asks: asks)
    let condenser = try Condenser(nil, records, now: ended, addresses) { false }
    // Who does the work may still say what it has used up; who was asked has not begun.
    #expect(condenser.snapshot.records.count == (asks ? 0 : 2))
  }

  @Test(arguments: [true, false])
  func whoWasAskedInVainIsNotWaitedForWhenTheRunGoesOn(asks: Bool) throws {
    let plan = try work.compile().plan
    let addresses = AddressReader(plan)
    let history = try RunHistory(
      [accepted] + attempt("ask", from: 2, asks: asks), addresses, at: "")
    let budgets = BudgetScopes(plan)
    #expect(LedgerPast(history.recall, budgets, addresses).open.count == (asks ? 0 : 1))
  }

  @Test func nothingIsKnownOfTheAuthorsOfRoundsThatAreGone() throws {
    let plan = try work.compile().plan
    let addresses = AddressReader(plan)
    func written(in round: Int, from number: Int) -> [JournalRecord] {
      let members: [String: JSONValue] = [
        "address": .string("test/loop/rounds[\(round)]/round/write"), "take": 1, "attempt": 1,
        "member": "ann",
      ]
      return [
        record(number, "started", members),
        record(number + 1, "finished", members.merging(["output": "text"]) { old, _ in old }),
      ]
    }
    let snapshot = record(4, "snapshot", ["address": "test", "state": ended.json])
    // What may have to be undone is kept of the first round, and nothing of the round itself.
    let records = [accepted] + written(in: 1, from: 2) + [snapshot] + written(in: 2, from: 5)
    let history = try RunHistory(records, addresses, at: "")
    let authors = try #require(Authors(plan))
    authors.restore(history.recall, addresses)
    #expect(authors.count == 1)
    let open = try #require(addresses.address("test/loop/rounds[2]/round"))
    #expect(authors.members(of: .take(1), at: open) == ["ann"])
  }
}

import Testing
import Troupe

@testable import TroupeRuntime

/// Nobody reviews what they have made, also where the records are gone that tell of it.
@Suite struct CompactedAuthorsTests {
  /// What Ann has done in the rounds that are gone, and what is to be reviewed.
  struct Case: Sendable, CustomTestStringConvertible {
    enum Part: CaseIterable { case worked, supplied, waived }

    var part = Part.worked
    /// Whether the loop itself is reviewed, and no container around it.
    var isLoop = false
    /// Whether all of it is done once more.
    var isReworked = false

    var testDescription: String {
      "\(part)\(isLoop ? ", loop" : "")\(isReworked ? ", reworked" : "")"
    }

    static let all = Part.allCases.flatMap { part in
      [(false, false), (true, false), (false, true), (true, true)].map {
        Case(part: part, isLoop: $0, isReworked: $1)
      }
    }
  }

  private static let early = Role("early")
  private static let late = Role("late")
  private static let boss = Role("boss")
  private static let editor = Role("editor")

  /// Something on which one member works in many rounds and then another one in as many, and which
  /// is reviewed by somebody else.
  private struct Draft: Workflow {
    let its: Case
    /// What happens in the last round of all.
    let rest: @Sendable () async throws -> Void
    let name = "draft"
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let total = Artifact<Int>("total")
    let note = Artifact<String>("note")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      if its.isLoop {
        Repeat("write", total, upTo: 999, until: { $0 % 100 == 40 }) {
          Choose("who", on: total) {
            When("first") {
              $0 % 100 < 20
            } then: {
              signed("sign", by: early)
            }
            Otherwise { signed("seal", by: late) }
          }
          count
        }
        .gate(
          "agreed", on: total, reviewedBy: editor, independent: true, otherwise: .rework(upTo: 1))
      } else {
        Phase("write") {
          Repeat("early", total, upTo: 999, until: { $0 % 100 == 20 }) {
            signed("sign", by: early)
            count
          }
          Repeat("late", total, upTo: 999, until: { $0 % 100 == 40 }) {
            signed("seal", by: late)
            count
          }
        }
        .gate(
          "agreed", on: total, reviewedBy: editor, independent: true, otherwise: .rework(upTo: 1))
      }
      Stage("end", reads: total, writes: output) { $0 }
    }

    private var count: Stage<Int> {
      Stage("count", reads: total, writes: total) { number in
        let isLast = StageContext.current?.address.description.contains("~2") == its.isReworked
        if number == 39, isLast { try await rest() }
        return number + 1
      }
    }

    private func signed(_ name: String, by role: Role) -> Stage<String> {
      Stage(name, by: role, reads: total, writes: note) { "\($0)" }
        .gate("good") { $0 == "good" }
        .escalate { On(.gateRejected) { Ask(boss, within: .hours(1)) } }
    }
  }

  private let store = Store.memory(Retention(compactsAfter: 40))
  private let reviewers = Notes()

  /// Ann comes first wherever she may be chosen.
  private func runtime(_ its: Case) -> Runtime {
    let hasWorked = its.part == .worked
    let team = Team {
      for (name, roles) in [
        ("ann", [Self.editor, hasWorked ? Self.early : Self.boss]),
        ("ben", [Self.editor, Self.late]),
        ("cat", [Self.editor]), ("eve", [hasWorked ? Self.boss : Self.early]),
      ] {
        Member(name, roles: roles, capacity: 4) {
          ClosureAgent { [reviewers] assignment in
            switch assignment.role.id {
            case Self.editor.id:
              reviewers.add(name)
              let isRejected = its.isReworked && !assignment.address.contains("~2")
              return .json(["decision": isRejected ? "reject" : "accept", "comments": []])
            case Self.boss.id where its.part == .supplied:
              return .json(["decision": "supply", "value": "good"])
            case Self.boss.id: return .json(["decision": "accept", "reason": "good enough"])
            case Self.early.id where !hasWorked: return .text("bad")
            default: return .text("good")
            }
          }
        }
      }
    }
    return Runtime(team: team, store: store)
  }

  /// The members of whom the journal still says that they have done something.
  private func known() async throws -> Set<String> {
    let records = try await store.folder(of: "run").records()
    return Set(records.compactMap { RecordReader($0.members).text("member") })
  }

  @Test(arguments: Case.all)
  func aRunThatIsGoneOnWithKnowsThem(_ its: Case) async throws {
    let hold = Latch()
    let first = Task {
      try await runtime(its).run(
        Draft(its: its) {
          hold.arrive()
          try await untilCancelled()
        }, input: 0, id: "run")
    }
    await hold.untilArrived()
    try await store.untilCompacted()
    first.cancel()
    _ = try? await first.value
    #expect(try await !known().contains("ann"), "her rounds are to be gone")
    _ = try await runtime(its).run(Draft(its: its) {}, input: 0, id: "run")
    #expect(reviewers.all == Array(repeating: "cat", count: its.isReworked ? 2 : 1))
  }

  @Test(arguments: Case.all)
  func aRunThatGoesOnKnowsThem(_ its: Case) async throws {
    let (hold, goOn) = (Latch(), Latch())
    let run = Task {
      try await runtime(its).run(
        Draft(its: its) {
          hold.arrive()
          await goOn.wait()
        }, input: 0, id: "run")
    }
    await hold.untilArrived()
    try await store.untilCompacted()
    #expect(try await !known().contains("ann"), "her rounds are to be gone")
    goOn.open()
    _ = try await run.value
    #expect(reviewers.all == Array(repeating: "cat", count: its.isReworked ? 2 : 1))
  }

  private func snapshot() async throws -> Snapshot {
    let records = try await store.folder(of: "run").records()
    let state = try #require(records.last { $0.type == "snapshot" }?.members["state"])
    return Snapshot(json: state)
  }

  /// What is known of an inner loop goes over to the outer one when its round has ended.
  @Test func aSnapshotTellsOfThemOnceForAllRounds() async throws {
    let (total, inner) = (Artifact<Int>("total"), Artifact<Int>("inner"))
    let work = Body { input, output in
      Phase("write") {
        Stage("begin", reads: input, writes: total) { $0 }
        Repeat("outer", total, upTo: 99, until: { $0 >= 9 }) {
          Stage("set", reads: input, writes: inner) { $0 }
          Repeat("inner", inner, upTo: 99, until: { $0 >= 20 }) {
            Stage("sign", by: Self.early, reads: inner, writes: Artifact<String>("note")) {
              "\($0)"
            }
            .estimate(tokens: 1)
            Stage("count", reads: inner, writes: inner) { $0 + 1 }
          }
          Stage("add", reads: total, writes: total) { $0 + 1 }
        }
        Stage("end", reads: total, writes: output) { $0 }
      }
      .gate("agreed", on: output, reviewedBy: Self.editor, independent: true)
      .budget(tokens: 1_000_000)
    }
    _ = try await runtime(Case()).run(work, input: 0, id: "run")
    let outer = "test/write/outer"
    let authors = try await snapshot().authors
    #expect(authors[outer] == ["ann"])
    #expect(Set(authors.keys.filter { $0 != outer }.map(\.roundOfOuter)).count <= 1, "\(authors)")
    let charges = try await snapshot().charges
    #expect(Set(charges.keys.filter { $0 != outer }.map(\.roundOfOuter)).count <= 1, "\(charges)")
    let attempts = charges.values.reduce(0) { $0 + $1.attempts }
    #expect(attempts > 250 && attempts <= 9 * (2 * 20 + 2) + 2)
  }
}

extension String {
  /// Which round of the outer loop a place is in.
  fileprivate var roundOfOuter: Substring { prefix { $0 != "]" } }
}

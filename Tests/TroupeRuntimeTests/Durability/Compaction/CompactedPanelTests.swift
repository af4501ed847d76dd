import Testing
import Troupe

@testable import TroupeRuntime

/// Reviewers who vote while the journal of their run is compacted.
@Suite struct CompactedPanelTests {
  private static let editor = Role("editor")
  private static let holder = Role("holder")

  /// A text on which three editors vote, two of whom are at work on something else for long, while a
  /// loop makes the journal long.
  private struct Motion: Workflow {
    let busy: Latch
    let counted: Latch
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")
    let text = Artifact<String>("text")
    let total = Artifact<Int>("total")

    var body: some Step {
      Parallel {
        Stage("hold", by: holder, reads: input, writes: Artifact<String>("one")) { "\($0)" }
        Stage("hold too", by: holder, reads: input, writes: Artifact<String>("two")) { "\($0)" }
        Stage("write", reads: input, writes: text) { _ in
          await busy.untilArrived(2)
          return "text"
        }
        .gate("agreed", reviewedBy: editor, quorum: Quorum(3, of: 3))
        Phase("count") {
          Stage("begin", reads: input, writes: total) { $0 }
          Repeat("rounds", total, upTo: 100, until: { $0 >= 60 }) {
            Stage("add", reads: total, writes: total) { $0 + 1 }
          }
          Effect("counted", reads: total) { _ in counted.arrive() }
        }
      }
      Stage("end", reads: text, writes: output) { $0 }
    }
  }

  @Test func nobodyHasASecondVoteAfterTheRunWasResumed() async throws {
    let store = Store.memory(Retention(compactsAfter: 30))
    let votes = Notes()
    func team(_ hold: @escaping @Sendable () async throws -> Void, _ voted: Latch) -> Team {
      Team {
        for (name, roles) in [
          ("ann", [Self.editor]), ("bob", [Self.editor, Self.holder]),
          ("cat", [Self.editor, Self.holder]),
        ] {
          Member(name, roles: roles, capacity: name == "ann" ? 9 : 1) {
            ClosureAgent { assignment in
              if assignment.role.id == Self.holder.id {
                try await hold()
                return .text("held")
              }
              // Whoever is free only because the run is stopped does not come to vote.
              try Task.checkCancellation()
              votes.add(name)
              voted.arrive()
              return .json(["decision": "accept", "comments": []])
            }
          }
        }
      }
    }
    let (busy, voted, counted) = (Latch(), Latch(), Latch())
    let first = Runtime(
      team: team(
        {
          busy.arrive()
          try await untilCancelled()
        }, voted), store: store)
    let run = Task {
      try await first.run(Motion(busy: busy, counted: counted), input: 0, id: "run")
    }
    await voted.untilArrived()
    await counted.untilArrived()
    try await store.untilCompacted()
    run.cancel()
    _ = try? await run.value
    #expect(votes.all == ["ann"])
    #expect(try await store.folder(of: "run").records().contains { $0.type == "snapshot" })

    let second = Runtime(team: team({}, Latch()), store: store)
    #expect(
      try await second.run(Motion(busy: busy, counted: counted), input: 0, id: "run") == "text")
    #expect(votes.all.sorted() == ["ann", "bob", "cat"])
  }
}

import Testing
import Troupe
import TroupeRuntime

/// Who has failed is known after a restart, too.
@Suite struct FailoverMemoryTests {
  private struct Letter: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("letter")
    var body: some Step {
      Stage("write", by: .worker, reads: input, writes: output) { $0 }
    }
  }

  private let asked = Notes()

  /// Members of whom some fail, and some wait until they are cancelled.
  private func team(_ names: String..., failing: Set<String> = [], held: String? = nil, at: Latch)
    -> Team
  {
    Team {
      for name in names {
        Member(name, plays: .worker) {
          ClosureAgent { [asked] _ in
            asked.add(name)
            if failing.contains(name) { throw Mishap() }
            if held == name {
              at.arrive()
              try await untilCancelled()
            }
            return .text(name)
          }
        }
      }
    }
  }

  /// A run that was stopped when ann had failed and bob was at work.
  private func interrupted() async throws -> Store {
    let store = Store.memory
    let atWork = Latch()
    let team = team("ann", "bob", "cat", failing: ["ann"], held: "bob", at: atWork)
    let task = Task {
      try await Runtime(team: team, store: store).run(Letter(), input: "x", id: "a")
    }
    await atWork.untilArrived()
    task.cancel()
    _ = await task.result
    return store
  }

  @Test func whoWasAtWorkGoesOnAndWhoFailedIsNotAskedAgain() async throws {
    let store = try await interrupted()
    let team = team("ann", "cat", "bob", failing: ["bob"], at: Latch())
    #expect(try await Runtime(team: team, store: store).run(Letter(), input: "x", id: "a") == "cat")
    #expect(asked.all == ["ann", "bob", "bob", "cat"])
  }

  @Test func whoHasLeftTheTeamIsReplacedByWhoHasNotFailed() async throws {
    let store = try await interrupted()
    let team = team("ann", "dan", at: Latch())
    #expect(try await Runtime(team: team, store: store).run(Letter(), input: "x", id: "a") == "dan")
    #expect(asked.all == ["ann", "bob", "dan"])
  }
}

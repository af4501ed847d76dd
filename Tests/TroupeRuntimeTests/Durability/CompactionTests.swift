import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Journals of runs that go on for long.
@Suite struct CompactionTests {
  private struct Count: Workflow {
    let rounds: Int
    var padding = 0
    var hold: Latch?
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")
    let total = Artifact<Int>("total")
    let seen = Artifact<[String]>("seen")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("count", total, upTo: rounds * 2, until: { $0 >= rounds }) {
        Stage("add", reads: total, writes: total) { $0 + 1 }
          .gate("positive") { $0 > 0 }
        Stage("tell", reads: total, writes: seen) { number in
          if number == rounds - 1, let hold {
            hold.arrive()
            try await untilCancelled()
          }
          return [String(repeating: "x", count: padding), "\(number)"]
        }
      }
      Stage("end", reads: total, seen, writes: output) { "\($0) \($1.last ?? "")" }
    }
  }

  private func interrupted(_ store: Store, rounds: Int, padding: Int = 0) async throws {
    let latch = Latch()
    let run = Task {
      try await Runtime(store: store)
        .run(Count(rounds: rounds, padding: padding, hold: latch), input: 0, id: "run")
    }
    await latch.untilArrived()
    run.cancel()
    _ = try? await run.value
  }

  private func memory(_ retention: Retention) -> Store {
    Store(files: MemoryFiles(), root: "store", retention: retention)
  }

  @Test func aLoopGoesOnFromASnapshot() async throws {
    let store = memory(Retention(compactsAfter: 100))
    try await interrupted(store, rounds: 300)
    let folder = store.folder(of: "run")
    let left = try await folder.records()
    #expect(left.count < 300, "\(left.count) of \(left.last?.sequence ?? 0)")
    #expect(left.first?.type == "accepted")
    let output = try await Runtime(store: store).run(Count(rounds: 300), input: 0, id: "run")
    #expect(output == "300 300")
    let again = try await Runtime(store: store).run(Count(rounds: 300), input: 0, id: "run")
    #expect(again == "300 300")
  }

  @Test func everyVerdictIsKept() async throws {
    let store = memory(Retention(compactsAfter: 50))
    _ = try await Runtime(store: store).run(Count(rounds: 200), input: 0, id: "run")
    let folder = store.folder(of: "run")
    let verdicts =
      try await folder.audit() + folder.records().filter { $0.type == "judged" }
    #expect(Set(verdicts.map(\.sequence)).count == 200)
    #expect(verdicts.count == 200)
    #expect(try await folder.audit().count > 100)
  }

  @Test func largeValuesAreKeptOutsideOfTheJournal() async throws {
    let store = memory(Retention(compactsAfter: 40))
    try await interrupted(store, rounds: 60, padding: 100_000)
    let output = try await Runtime(store: store)
      .run(Count(rounds: 60, padding: 100_000), input: 0, id: "run")
    #expect(output == "60 60")
  }

  @Test func whatWasBeforeTheSnapshotIsToldToBeGone() async throws {
    let store = memory(Retention(compactsAfter: 100))
    try await interrupted(store, rounds: 200)
    let folder = store.folder(of: "run")
    let gone = try await #require(throws: RecordsAreGone.self) {
      try await folder.records(upTo: 5)
    }
    #expect(gone.earliest > 100)
    let there = try await folder.records(upTo: gone.earliest)
    #expect(there.last?.type == "snapshot")
    await #expect(throws: StoreError.self) { try await folder.records(upTo: 100_000) }
  }

  @Test func olderPartsStayIfTheyAreToBeKept() async throws {
    let store = memory(Retention(compactsAfter: 100, keeping: 100))
    try await interrupted(store, rounds: 200)
    let early = try await store.folder(of: "run").records(upTo: 5)
    #expect(early.map(\.sequence) == [1, 2, 3, 4, 5])
    let names = try await store.files.names(in: store.folder(of: "run").path)
    #expect(names.count { $0.hasPrefix("journal-") } > 3)
  }

  @Test func whoComesLateIsToldOfTheSnapshot() async throws {
    let store = memory(Retention(compactsAfter: 100))
    try await interrupted(store, rounds: 200)
    let kinds = try await Runtime(store: store)
      .withRun(of: Count(rounds: 200), input: 0, id: "run") { run in
        _ = try await run.output
        var first: [Event] = []
        for await event in run.events { first.append(event) }
        return first
      }
    guard case .snapshot? = kinds.first?.kind else {
      Issue.record("\(kinds.prefix(3))")
      return
    }
    #expect(zip(kinds, kinds.dropFirst()).allSatisfy { $0.sequence < $1.sequence })
  }

  @Test func elementsThatHaveEndedAreNotDoneAgain() async throws {
    struct Each: Workflow {
      let ledger: Notes
      let hold: Latch?
      let input = Artifact<[Int]>("input")
      let output = Artifact<[Int]>("output")
      var body: some Step {
        FanOut(over: input, into: output, atMost: 1) { number, result in
          Stage("double", reads: number, writes: result) { number in
            if number == 90, let hold {
              hold.arrive()
              try await untilCancelled()
            }
            ledger.add("\(number)")
            return number * 2
          }
        }
      }
    }
    let store = memory(Retention(compactsAfter: 50))
    let (ledger, latch, list) = (Notes(), Latch(), Array(1...100))
    let run = Task {
      try await Runtime(store: store).run(Each(ledger: ledger, hold: latch), input: list, id: "run")
    }
    await latch.untilArrived()
    run.cancel()
    _ = try? await run.value
    #expect(try await store.folder(of: "run").records().count < 100)
    let output = try await Runtime(store: store)
      .run(Each(ledger: ledger, hold: nil), input: list, id: "run")
    #expect(output == list.map { $0 * 2 })
    #expect(ledger.all == list.map { "\($0)" })
  }

  @Test func aFolderIsLeftTidy() async throws {
    try await withTemporaryFolder { path in
      let store = Store.directory(path, retention: Retention(compactsAfter: 100))
      try await interrupted(store, rounds: 200)
      let names = try await store.files.names(in: store.folder(of: "run").path)
      #expect(names.count { $0.hasPrefix("journal-") } == 1)
      #expect(!names.contains("journal-000001.jsonl"))
      let output = try await Runtime(store: store).run(Count(rounds: 200), input: 0, id: "run")
      #expect(output == "200 200")
    }
  }
}

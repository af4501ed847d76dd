import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Journals of runs that go on for long.
@Suite struct CompactionTests {
  @Test func aLoopGoesOnFromASnapshot() async throws {
    let store = Store.memory(Retention(compactsAfter: 100))
    try await store.interrupt(Count(rounds: 300))
    let folder = store.folder(of: "run")
    let left = try await folder.records()
    #expect(left.count < 300, "\(left.count) of \(left.last?.sequence ?? 0)")
    #expect(left.first?.type == "accepted")
    let output = try await Runtime(store: store).run(Count(rounds: 300), input: 0, id: "run")
    #expect(output == "300 300")
    let again = try await Runtime(store: store).run(Count(rounds: 300), input: 0, id: "run")
    #expect(again == "300 300")
  }

  @Test func aRunThatIsQuickerThanItsCompactionWaitsForIt() async throws {
    let store = Store.memory(Retention(compactsAfter: 50))
    _ = try await Runtime(store: store).run(Count(rounds: 300), input: 0, id: "run")
    let records = try await store.folder(of: "run").records()
    let last = try #require(records.last?.sequence)
    #expect(last > 2_000)
    #expect(records.count < last / 3, "\(records.count) of \(last)")
  }

  @Test func everyVerdictIsKept() async throws {
    let store = Store.memory(Retention(compactsAfter: 50))
    try await store.interrupt(Count(rounds: 200))
    _ = try await Runtime(store: store).run(Count(rounds: 200), input: 0, id: "run")
    let folder = store.folder(of: "run")
    let verdicts =
      try await folder.audit() + folder.records().filter { $0.type == "judged" }
    #expect(Set(verdicts.map(\.sequence)).count == 200)
    #expect(verdicts.count == 200)
    #expect(try await folder.audit().count > 100)
  }

  @Test func largeValuesAreKeptOutsideOfTheJournal() async throws {
    let store = Store.memory(Retention(compactsAfter: 40))
    try await store.interrupt(Count(rounds: 60, padding: 100_000))
    let output = try await Runtime(store: store)
      .run(Count(rounds: 60, padding: 100_000), input: 0, id: "run")
    #expect(output == "60 60")
  }

  @Test func valuesOfWhatIsGoneAreRemoved() async throws {
    let store = Store.memory(Retention(compactsAfter: 40))
    try await store.interrupt(Count(rounds: 60, padding: 100_000))
    let folder = store.folder(of: "run")
    let known = RunFolder.payloads(in: try await folder.records())
    #expect(Set(try await store.values()).isSuperset(of: known))
    #expect(try await store.values().count < 15, "of 58")
    // What a process left that ended too early.
    _ = try await folder.keepPayload(Array("1".utf8), number: 0)
    let left = RunFolder.payloadName(of: Array("1".utf8))
    let output = try await Runtime(store: store)
      .run(Count(rounds: 60, padding: 100_000), input: 0, id: "run")
    #expect(output == "60 60")
    #expect(try await !store.values().contains(left))
  }

  @Test func valuesStayAsLongAsAPartOfTheJournalTellsOfThem() async throws {
    let store = Store.memory(Retention(compactsAfter: 40, keeping: 100))
    try await store.interrupt(Count(rounds: 20, padding: 100_000))
    #expect(try await store.folder(of: "run").newestSegment() > 2)
    #expect(try await store.values().count == 18)
  }

  @Test func aValueIsNotRemovedThatARecordIsGoingToTellOf() async throws {
    let values = ValuesInUse()
    await values.use("a.json")
    #expect(!values.isFree("a.json"), "its record is still to come")
    values.told(by: 7, Array(#""type":"finished","outputFile":"a.json""#.utf8))
    values.forget(upTo: 6)
    #expect(!values.isFree("a.json"), "no snapshot knows of its record")
    values.forget(upTo: 7)
    #expect(values.isFree("a.json"))
    // Who wants the same value now waits until the old file is gone.
    let next = Task { await values.use("a.json") }
    await Task.yield()
    values.removed("a.json")
    await next.value
    #expect(!values.isFree("a.json"))
  }

  @Test func whatWasBeforeTheSnapshotIsToldToBeGone() async throws {
    let store = Store.memory(Retention(compactsAfter: 100))
    try await store.interrupt(Count(rounds: 200))
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
    let store = Store.memory(Retention(compactsAfter: 100, keeping: 100))
    try await store.interrupt(Count(rounds: 200))
    let early = try await store.folder(of: "run").records(upTo: 5)
    #expect(early.map(\.sequence) == [1, 2, 3, 4, 5])
    let names = try await store.files.names(in: store.folder(of: "run").path)
    #expect(names.count { $0.hasPrefix("journal-") } > 3)
  }

  @Test func whoComesLateIsToldOfTheSnapshot() async throws {
    let store = Store.memory(Retention(compactsAfter: 100))
    try await store.interrupt(Count(rounds: 200))
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
    let store = Store.memory(Retention(compactsAfter: 50))
    let (ledger, latch, list) = (Notes(), Latch(), Array(1...100))
    let run = Task {
      try await Runtime(store: store).run(Each(ledger: ledger, hold: latch), input: list, id: "run")
    }
    await latch.untilArrived()
    try await store.untilCompacted()
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
      try await store.interrupt(Count(rounds: 200))
      let names = try await store.files.names(in: store.folder(of: "run").path)
      #expect(names.count { $0.hasPrefix("journal-") } == 1)
      #expect(!names.contains("journal-000001.jsonl"))
      let output = try await Runtime(store: store).run(Count(rounds: 200), input: 0, id: "run")
      #expect(output == "200 200")
    }
  }
}

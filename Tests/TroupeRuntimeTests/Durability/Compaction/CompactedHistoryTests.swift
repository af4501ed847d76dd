import Testing
import Troupe

@testable import TroupeRuntime

/// What can still be told of a run whose journal was compacted.
@Suite struct CompactedHistoryTests {
  @Test func longJournalsAreCompactedUnlessSomethingElseIsSaid() {
    #expect(Store.memory.retention == Retention(compactsAfter: 100_000, keeping: 1))
    #expect(Retention.everything.compactsAfter == nil)
    #expect(Retention(compactsAfter: 0, keeping: 0) == Retention(compactsAfter: 1, keeping: 1))
  }

  @Test func theHistoryTellsWhatRoundsCameTo() async throws {
    let store = Store.memory(Retention(compactsAfter: 100))
    try await store.interrupt(Count(rounds: 200))
    let history = try await store.history(of: "run")
    #expect(history.id == "run")
    #expect(try await history.input == 0)
    #expect(history.status == .stopped(.asked))
    let total = try #require(history.artifacts.last { $0.artifact == "total" })
    #expect(try await history.value(of: total) == 199)
    #expect(history.steps.first?.address.description == "count")
    #expect(try await store.runs().map(\.status) == [.stopped(.asked)])
    #expect(try await store.runs().first?.journal?.workflow == "count")
    let gone = try await #require(throws: RecordsAreGone.self) {
      try await history.upTo(record: 5)
    }
    #expect(gone.description.contains("the earliest record that can be asked for is"))
    #expect(try await history.upTo(record: gone.earliest).records == gone.earliest)
  }

  @Test func anEarlierRecordIsToldAsLongAsItsPartIsKept() async throws {
    let store = Store.memory(Retention(compactsAfter: 100, keeping: 100))
    try await store.interrupt(Count(rounds: 100))
    let early = try await store.history(of: "run").upTo(record: 5)
    #expect(early.records == 5)
    #expect(early.events.map(\.sequence) == [1, 2, 3, 4, 5])
  }

  @Test func whatAgentsUsedUpIsNotForgotten() async throws {
    let count = Artifact<Int>("count")
    let work = Body { input, output in
      Stage("begin", reads: input, writes: count) { $0 }
      Repeat("ask", count, upTo: 60, until: { $0 >= 50 }) {
        Stage("more", by: Role("clerk"), reads: count, writes: count) { "\($0)" }
      }
      Stage("end", reads: count, writes: output) { $0 }
    }
    let team = Team {
      Member("clerk", plays: Role("clerk")) {
        ClosureAgent { assignment in
          .value((Int(assignment.prompt) ?? 0) + 1, usage: Usage(inputTokens: 3))
        }
      }
    }
    let store = Store.memory(Retention(compactsAfter: 20))
    let runtime = Runtime(team: team, store: store)
    #expect(try await runtime.run(work, input: 0, id: "run") == 50)
    #expect(try await store.history(of: "run").usage == Usage(inputTokens: 150))
  }

  private static let word = Signal<Int>("word")

  private struct Listening: Workflow {
    let input = Artifact<Int>("input")
    let total = Artifact<Int>("total")
    let said = Artifact<Int>("said")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("round", total, upTo: 100, until: { $0 > 30 }) {
        Wait("hear", for: CompactedHistoryTests.word, writes: said)
        Stage("add", reads: total, said, writes: total) { $0 + $1 }
      }
      Stage("end", reads: total, writes: output) { $0 }
    }
  }

  @Test func aSignalThatWasTakenInARoundThatIsGoneIsNotTakenTwice() async throws {
    let store = Store.memory(Retention(compactsAfter: 20))
    let runtime = Runtime(store: store)
    try await runtime.withRun(of: Listening(), input: 0, id: "run") { run in
      for number in 1...30 {
        try await store.signal(Self.word, 1, to: "run", id: "\(number)")
      }
      for await event in run.events {
        if case .waiting = event.kind, event.address.description.contains("rounds[31]") { break }
      }
      try await store.untilCompacted()
    }
    #expect(try await store.folder(of: "run").records().count < 40)
    // However many compactions ago they came.
    for id in ["1", "30"] { try await store.signal(Self.word, 100, to: "run", id: id) }
    try await store.signal(Self.word, 1, to: "run", id: "31")
    #expect(try await runtime.run(Listening(), input: 0, id: "run") == 31)
  }

  private struct Many: Workflow {
    let hold: Latch
    let input = Artifact<Int>("input")
    let total = Artifact<Int>("total")
    let list = Artifact<[Int]>("list")
    let doubled = Artifact<[Int]>("doubled")
    let said = Artifact<Int>("said")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("outer", total, upTo: 9, until: { $0 >= 100 }) {
        Repeat("inner", total, upTo: 4, until: { _ in false }, otherwise: .accept) {
          Stage("add", reads: total, writes: total) { $0 + 5 }.gate("positive") { $0 > 0 }
        }
        Stage("list", reads: total, writes: list) { Array(0..<($0 / 10)) }
        FanOut("each", over: list, into: doubled, atMost: 2) { number, result in
          Stage("double", reads: number, writes: result) { $0 * 2 }
        }
        Stage("sum", reads: total, doubled, writes: total) { total, _ in total + 1 }
      }
      Wait("listen", for: CompactedHistoryTests.word, writes: said)
      Stage("end", reads: said, total, writes: output) { said, total in
        hold.arrive()
        try await untilCancelled()
        return said + total
      }
    }
  }

  /// Everything of a run is kept, so that what goes on from each snapshot can be compared with the
  /// whole of it.
  @Test func whatFollowsFromASnapshotFollowsFromTheWholeJournal() async throws {
    let store = Store.memory(Retention(compactsAfter: 10, keeping: .max))
    let hold = Latch()
    let work = Many(hold: hold)
    let run = Task {
      try await Runtime(store: store).withRun(of: work, input: 1, id: "run") { run in
        try await run.signal(Self.word, 1)
        try await run.signal(Self.word, 2)
        return try await run.output
      }
    }
    await hold.untilArrived()
    try await store.untilCompacted()
    run.cancel()
    _ = try? await run.value
    let folder = store.folder(of: "run")
    let addresses = AddressReader(try work.compile().plan)
    let all = try await folder.allRecords()
    #expect(all.map(\.sequence) == Array(1...all.count))
    let newest = try await folder.newestSegment()
    #expect(newest > 4)
    for number in 2...newest {
      let records = try await folder.records(of: number)
      let last = try #require(records.last?.sequence)
      let snapshot = try #require(RunFolder.parts(of: records).0)
      let part = try RunHistory(records, addresses, at: "").recall
      let whole = try RunHistory(all.filter { $0.sequence <= last }, addresses, at: "").recall
      #expect(part.last == whole.last)
      #expect(part.outcome == whole.outcome)
      #expect(part.stop == whole.stop)
      #expect(part.unconsumedSignals.map(\.number) == whole.unconsumedSignals.map(\.number))
      for (place, history) in whole.nodes {
        guard !snapshot.covers(place) else {
          #expect(part.nodes[place] == nil, "\(place)")
          continue
        }
        var history = history
        history.rounds.removeFirst(snapshot.loops[place]?.count ?? 0)
        #expect("\(part.nodes[place] ?? NodeHistory())" == "\(history)", "\(place)")
      }
      #expect(Set(part.nodes.keys).isSubset(of: whole.nodes.keys))
    }
  }
}

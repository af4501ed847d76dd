import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Runs that begin with what another one had done.
@Suite struct ForkTests {
  private static let approved = Signal<String>("approved")

  private struct Trip: Workflow {
    var ledger = Notes()
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let doubled = Artifact<Int>("doubled")
    let added = Artifact<Int>("added")

    var body: some Step {
      Stage("double", reads: input, writes: doubled) { number in
        ledger.add("double")
        return number * 2
      }
      Stage("add", reads: doubled, writes: added) { number in
        ledger.add("add \(number)")
        return number + 1
      }
      Stage("square", reads: added, writes: output) { number in
        ledger.add("square \(number)")
        return number * number
      }
    }
  }

  /// The number of the first record of a kind that ends a batch.
  private func record(_ store: Store, _ type: String, at place: String) async throws -> Int {
    let records = try await store.folder(of: "run").records()
    let record = try #require(records.first { $0.type == type && $0.place.hasSuffix(place) })
    let ends = records.filter(\.beginsBatch).map { $0.sequence - 1 } + [records.count]
    return try #require(ends.first { $0 >= record.sequence })
  }

  @Test func whatWasFinishedStaysAndTheRestIsDoneAgain() async throws {
    let store = Store.memory
    let work = Trip()
    #expect(try await Runtime(store: store).run(work, input: 3, id: "run") == 49)
    let record = try await record(store, "started", at: "square")
    #expect(
      try await store.repeated(byForking: "run", at: record) == [
        RepeatedStage(
          address: "trip/square", isFinished: true, isAtMostOnce: false, isInDoubt: false)
      ])
    let fork = try await store.fork("run", at: record, as: "fork")
    #expect(try await Runtime(store: store).run(work, input: 3, id: fork) == 49)
    #expect(work.ledger.all == ["double", "add 6", "square 7", "square 7"])
    let events = try await store.folder(of: fork).records()
    #expect(events.first?.members["run"] == "fork")
    #expect(events.contains { $0.type == "forked" })
    let keys = events.filter { $0.place == "trip/square" && $0.type == "started" }
      .map { $0.members["key"] }
    #expect(Set(keys).count == 2, "the fork has keys of its own")
  }

  @Test func aNewVersionIsForStepsThatHadNotStarted() async throws {
    let store = Store.memory
    let work = Trip()
    _ = try await Runtime(store: store).run(work, input: 3, id: "run")
    let early = try await record(store, "started", at: "add")
    let fork = try await store.fork("run", at: early, setting: ["doubled": 100], as: "early")
    #expect(try await Runtime(store: store).run(work, input: 3, id: fork) == 49, "it had started")
    let between = try await record(store, "finished", at: "double")
    if between < early {
      let fork = try await store.fork("run", at: between, setting: ["doubled": 100], as: "between")
      #expect(try await Runtime(store: store).run(work, input: 3, id: fork) == 101 * 101)
      #expect(try await Runtime(store: store).run(work, input: 3, id: fork) == 101 * 101)
    }
    let late = try await record(store, "started", at: "square")
    let other = try await store.fork("run", at: late, setting: ["doubled": 100], as: "late")
    #expect(try await Runtime(store: store).run(work, input: 3, id: other) == 49)
  }

  private struct Held: Workflow {
    let ledger: Notes
    let hold: Latch
    let input = Artifact<Int>("input")
    let number = Artifact<Int>("number")
    let output = Artifact<Int>("output")
    var body: some Step {
      Stage("copy", reads: input, writes: number) { $0 }
      Stage("pay", reads: number, writes: output) { sum in
        ledger.add("paid \(sum)")
        hold.arrive()
        if ledger.all.count == 1 { try await untilCancelled() }
        return sum
      }
      .atMostOnce()
    }
  }

  @Test func whatHappensAtMostOnceIsRepeatedOnlyIfThatIsSaid() async throws {
    let store = Store.memory
    let work = Held(ledger: Notes(), hold: Latch())
    let run = Task { try await Runtime(store: store).run(work, input: 7, id: "run") }
    await work.hold.untilArrived()
    run.cancel()
    _ = try? await run.value
    let started = try await record(store, "started", at: "pay")
    let refused = try await #require(throws: ForkRefused.self) {
      try await store.fork("run", at: 1, as: "fork")
    }
    guard case .repeatsEffects(let stages) = refused.reason else {
      Issue.record("\(refused)")
      return
    }
    #expect(stages.map(\.address) == ["held/pay"])
    let fork = try await store.fork("run", at: 1, as: "fork", repeatingEffects: true)
    #expect(try await Runtime(store: store).run(work, input: 7, id: fork) == 7)
    #expect(work.ledger.all == ["paid 7", "paid 7"])
    // What was in flight is in doubt, and so not performed again.
    #expect(
      try await store.repeated(byForking: "run", at: started) == [
        RepeatedStage(
          address: "held/pay", isFinished: false, isAtMostOnce: true, isInDoubt: true)
      ])
    let doubtful = try await store.fork("run", at: started, as: "other")
    await #expect(throws: RunFailure.self) {
      try await Runtime(store: store).run(work, input: 7, id: doubtful)
    }
    #expect(work.ledger.all.count == 2)
  }

  @Test func aPlaceInsideOfABatchIsRefusedWithTheNearest() async throws {
    let store = Store.memory
    _ = try await Runtime(store: store).run(Trip(), input: 3, id: "run")
    let records = try await store.folder(of: "run").records()
    let ends = Set(records.filter(\.beginsBatch).map { $0.sequence - 1 })
    for record in records.dropLast().map(\.sequence) where !ends.contains(record) {
      let refused = try await #require(throws: ForkRefused.self) {
        try await store.fork("run", at: record)
      }
      #expect(
        refused.reason
          == .noBoundary(
            before: ends.filter { $0 < record && $0 > 0 }.max(),
            after: (ends.union([records.count])).filter { $0 > record }.min()))
    }
    let ended = try await #require(throws: ForkRefused.self) {
      try await store.fork("run", at: records.count)
    }
    #expect(ended.reason == .ended(.completed))
    let unknown = try await #require(throws: ForkRefused.self) {
      try await store.fork("run", at: 1, setting: ["nothing": 1])
    }
    #expect(unknown.description.contains("no artifact 'nothing'"))
    await #expect(throws: StoreError.self) { try await store.fork("other", at: 1) }
  }

  private struct Approval: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")
    var body: some Step {
      Wait(for: ForkTests.approved, writes: output, within: .hours(48))
    }
  }

  /// A store with a run that has begun to wait, and is stopped.
  private func waiting(_ clock: ManualClock) async -> Store {
    let store = Store.memory
    _ = try? await Runtime(store: store, clock: clock)
      .withRun(of: Approval(), input: 1, id: "run") { run in
        for await event in run.events { if case .waiting = event.kind { break } }
      }
    return store
  }

  @Test func whatIsLeftOfATimeIsLeftAgain() async throws {
    let clock = ManualClock()
    let store = await waiting(clock)
    clock.advance(by: .seconds(100 * 3_600))
    let record = try await record(store, "waiting", at: "approved")
    let fork = try await store.fork(
      "run", at: record, setting: [:], as: "fork", repeatingEffects: false, nonce: "1",
      date: clock.date)
    let waiting = try await store.folder(of: fork).records().last { $0.type == "waiting" }
    let until = try #require(waiting.flatMap { RecordReader($0.members).date("until") })
    #expect(until > clock.date && until <= clock.date + 48 * 3_600)
    let output = try await Runtime(store: store, clock: clock)
      .withRun(of: Approval(), input: 1, id: fork) { run in
        try await run.signal(ForkTests.approved, "in time")
        return try await run.output
      }
    #expect(output == "in time")
  }

  @Test func whatIsLeftOfATimeIsLeftAgainWhereItsStepWasCancelled() async throws {
    let clock = ManualClock()
    let store = await waiting(clock)
    // The task was cancelled, and the step knew it before the run did.
    try await store.record(.closed(.cancelled), at: "approval/approved", in: "run", clock.date)
    clock.advance(by: .seconds(100 * 3_600))
    let last = try #require(try await store.folder(of: "run").records().last?.sequence)
    let fork = try await store.fork(
      "run", at: last, setting: [:], as: "fork", repeatingEffects: false, nonce: "1",
      date: clock.date)
    let waiting = try await store.folder(of: fork).records().last { $0.type == "waiting" }
    let until = try #require(waiting.flatMap { RecordReader($0.members).date("until") })
    #expect(until == clock.date + 48 * 3_600)
  }

  @Test func aForkOfACompactedRunGoesOn() async throws {
    let store = Store.memory(Retention(compactsAfter: 50))
    try await store.interrupt(Count(rounds: 100))
    let earliest = try await #require(throws: RecordsAreGone.self) {
      try await store.fork("run", at: 3)
    }.earliest
    let plain = try await store.fork("run", at: earliest, as: "plain")
    let runtime = Runtime(store: store)
    #expect(try await runtime.run(Count(rounds: 100), input: 0, id: plain) == "100 100")
    let last = try await store.history(of: "run").records
    let fork = try await store.fork("run", at: last, setting: ["total": 1_000], as: "fork")
    // The round that was under way tells of what it was given.
    #expect(try await runtime.run(Count(rounds: 100), input: 0, id: fork) == "1000 99")
    #expect(try await runtime.run(Count(rounds: 100), input: 0, id: "run") == "100 100")
  }
}

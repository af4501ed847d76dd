import Testing
import Troupe

@testable import TroupeRuntime

/// Runs that are stopped when they go on without what was cut off earlier and must not be done twice.
@Suite struct PassedDoubtTests {
  /// Pays next to something that fails when the payment is under way. The first time, what follows
  /// from that does not come to its end.
  private struct Trip: Workflow {
    let hasFallback: Bool
    let follows = Notes()
    let began = Latch()
    let reached = Latch()
    let input = Artifact<Int>("input")
    let booking = Artifact<Int>("booking")
    let receipt = Artifact<Int>("receipt")
    let output = Artifact<Int>("output")
    var name: String { "trip" }

    var body: some Step {
      Stage("book", reads: input, writes: booking) { $0 }
        .compensate { _ in try await follow("undo") }
      let paying = Phase("paying") {
        Parallel {
          Stage("pay", reads: booking, writes: receipt) { _ -> Int in
            began.arrive()
            try await untilCancelled()
            return 0
          }
          .atMostOnce()
          Stage("check", reads: booking, writes: output) { _ -> Int in
            await began.untilArrived()
            throw Mishap()
          }
        }
      }
      if hasFallback {
        paying.fallback {
          Stage("owe", reads: booking, writes: output) { sum in
            try await follow("owe")
            return sum
          }
          Stage("note", reads: booking, writes: receipt) { $0 }
        }
      } else {
        paying
      }
    }

    private func follow(_ what: String) async throws {
      guard follows.add(what) == 1 else { return }
      reached.arrive()
      try await untilCancelled()
    }
  }

  private func stopped<Work: Workflow>(
    _ work: Work, once reached: Latch, in store: Store
  ) async throws where Work.Input == Int {
    let runtime = Runtime(store: store)
    let run = Task { _ = try await runtime.run(work, input: 7, id: "a") }
    await reached.untilArrived()
    await runtime.stop(grace: .zero)
    _ = try? await run.value
    let stored = try #require(await store.runs().first)
    let history = try await store.history(of: "a")
    #expect(stored.status == .stopped(.asked))
    #expect(history.status == .stopped(.asked))
    #expect(stored.doubts == [])
    #expect(history.doubts == [])
  }

  /// Races with a payment, which loses when it is under way; undoing what came before that does not
  /// come to its end the first time.
  private struct Contest: Workflow {
    let follows = Notes()
    let began = Latch()
    let reached = Latch()
    let input = Artifact<Int>("input")
    let booking = Artifact<Int>("booking")
    let output = Artifact<Int>("output")
    var name: String { "contest" }

    var body: some Step {
      Race {
        Phase("dear") {
          Stage("book", reads: input, writes: booking) { $0 }
            .compensate { _ in
              guard follows.add("undo") == 1 else { return }
              reached.arrive()
              try await untilCancelled()
            }
          Stage("pay", reads: booking, writes: output) { _ -> Int in
            began.arrive()
            try await untilCancelled()
            return 0
          }
          .atMostOnce()
        }
        Stage("free", reads: input, writes: output) { sum in
          await began.untilArrived()
          return sum
        }
      }
    }
  }

  @Test func whatHasLostARaceIsNotInDoubtWhileItIsUndone() async throws {
    let (store, contest) = (Store.memory, Contest())
    try await stopped(contest, once: contest.reached, in: store)
    let runs = try await Runtime(store: store).resumeAll([contest])
    guard case .completed(let output as Int)? = runs.first?.end else {
      Issue.record("\(runs)")
      return
    }
    #expect(output == 7)
    #expect(contest.follows.all == ["undo", "undo"])
  }

  @Test func aRunThatIsBeingUndoneGoesOnWithThat() async throws {
    let (store, trip) = (Store.memory, Trip(hasFallback: false))
    try await stopped(trip, once: trip.reached, in: store)
    let runs = try await Runtime(store: store).resumeAll([trip])
    guard case .failed(let error as RunFailure)? = runs.first?.end else {
      Issue.record("\(runs)")
      return
    }
    #expect(error.failure.address.description.hasSuffix("/check"))
    #expect(trip.follows.all == ["undo", "undo"])
    #expect(try await store.history(of: "a").status == .ended(.aborted))
  }

  @Test func aFallbackGoesOnWithoutWhatItStandsInFor() async throws {
    let (store, trip) = (Store.memory, Trip(hasFallback: true))
    try await stopped(trip, once: trip.reached, in: store)
    let runs = try await Runtime(store: store).resumeAll([trip])
    guard case .completed(let output as Int)? = runs.first?.end else {
      Issue.record("\(runs)")
      return
    }
    #expect(output == 7)
    #expect(trip.follows.all == ["owe", "owe"])
  }
}

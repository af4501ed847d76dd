import Testing
import Troupe

@testable import TroupeRuntime

/// Runs that go on with another plan, or a larger limit, after their journals were compacted.
@Suite struct CompactedChangeTests {
  private let store = Store.memory(Retention(compactsAfter: 30))

  private struct Walk: Workflow {
    let name = "walk"
    var hold: Latch?
    var end = "end"
    var isNarrow = false
    var isLonger = false
    let input = Artifact<Int>("input")
    let total = Artifact<Int>("total")
    let side = Artifact<Int>("side")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("loop", total, upTo: 500, until: { $0 >= 100 }) {
        Stage("add", reads: total, writes: total) { $0 + 1 }
        if !isNarrow {
          Choose("way", on: total) {
            When("low") {
              $0 < 50
            } then: {
              Stage("left", reads: total, writes: side) { $0 }
            }
            Otherwise { Stage("right", reads: total, writes: side) { $0 } }
          }
        }
        if isLonger { Effect("tell", reads: total) { _ in } }
        Effect("hold", reads: total) { number in
          if number == 99, let hold {
            hold.arrive()
            try await untilCancelled()
          }
        }
      }
      Stage(end, reads: total, writes: output) { $0 }
    }
  }

  private func interrupt() async throws {
    let hold = Latch()
    let run = Task { try await Runtime(store: store).run(Walk(hold: hold), input: 0, id: "run") }
    await hold.untilArrived()
    try await store.untilCompacted()
    run.cancel()
    _ = try? await run.value
    #expect(try await store.folder(of: "run").records().count < 100)
  }

  private func refused(_ work: Walk) async throws -> RunMismatch {
    try await #require(throws: RunMismatch.self) {
      try await Runtime(store: store).run(work, input: 0, id: "run", acceptingChanges: true)
    }
  }

  @Test func whatHasNotBegunMayChange() async throws {
    try await interrupt()
    let changed = Walk(end: "finish")
    let mismatch = try await #require(throws: RunMismatch.self) {
      try await Runtime(store: store).run(changed, input: 0, id: "run")
    }
    #expect(mismatch.isAcceptable, "\(mismatch)")
    let runtime = Runtime(store: store)
    #expect(try await runtime.run(changed, input: 0, id: "run", acceptingChanges: true) == 100)
    #expect(try await runtime.run(changed, input: 0, id: "run") == 100)
    #expect(try await store.history(of: "run").plan == changed.compile().plan)
  }

  @Test func whatBeganInRoundsThatAreGoneStays() async throws {
    try await interrupt()
    let narrow = try await refused(Walk(isNarrow: true))
    #expect(!narrow.isAcceptable)
    // The left way was last taken in a round of which no record is left.
    #expect(
      narrow.differences.contains {
        $0.description.contains("way/low") && $0.obstacle == "it has begun, and cannot be taken out"
      }, "\(narrow)")
    let longer = try await refused(Walk(isLonger: true))
    #expect(!longer.isAcceptable, "\(longer)")
    #expect(try await Runtime(store: store).run(Walk(), input: 0, id: "run") == 100)
  }

  @Test func aLoopGetsMoreRoundsAfterThoseThatAreGone() async throws {
    let work = Count(rounds: 100, limit: 60)
    let runtime = Runtime(store: store)
    let failure = try await #require(throws: RunFailure.self) {
      try await runtime.run(work, input: 0, id: "run")
    }
    #expect(failure.limit == .rounds(60, at: "count/count"))
    let again = try await #require(throws: RunFailure.self) {
      try await runtime.run(work, input: 0, id: "run")
    }
    #expect(again.limit == .rounds(60, at: "count/count"))
    #expect(try await store.folder(of: "run").newestSegment() > 1)
    let output = try await runtime.run(
      work, input: 0, id: "run", raising: [.rounds(200, at: "count/count")])
    #expect(output == "100 100")
    #expect(try await runtime.run(work, input: 0, id: "run") == "100 100")
  }
}

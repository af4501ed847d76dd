import Testing
import Troupe

@testable import TroupeRuntime

/// What was waived in rounds and elements whose records are gone is told all the same.
@Suite struct CompactedWaiversTests {
  private static let boss = Role("boss")

  /// A note is let pass in the first round of many, and read when all are over.
  private struct Rounds: Workflow {
    let readers: Notes
    let rest: @Sendable () async throws -> Void
    let name = "rounds"
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")
    let total = Artifact<Int>("total")
    let note = Artifact<String>("note")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Stage("blank", reads: input, writes: note) { _ in "" }
      Repeat("work", total, upTo: 99, until: { $0 >= 60 }) {
        Choose("who", on: total) {
          When("first") {
            $0 == 0
          } then: {
            Stage("sign", reads: total, writes: note) { "\($0)" }
              .gate("good") { _ in .rejected("not good") }
              .escalate { On(.gateRejected) { Ask(boss, within: .hours(1)) } }
          }
          Otherwise { Nothing() }
        }
        Stage("count", reads: total, writes: total) { number in
          if number == 58 { try await rest() }
          return number + 1
        }
      }
      Stage("end", reads: note, writes: output) { [readers] note in
        readers.add(
          (StageContext.current?.waivers ?? []).map { "\($0.gate): \($0.reason)" }.joined())
        return note
      }
    }
  }

  @Test func aRunThatIsGoneOnWithTellsOfThem() async throws {
    let store = Store.memory(Retention(compactsAfter: 40))
    let (readers, hold) = (Notes(), Latch())
    let runtime = Runtime(
      team: Team {
        Member("ann", plays: Self.boss) {
          ClosureAgent { _ in .json(["decision": "accept", "reason": "good enough"]) }
        }
      }, store: store)
    let first = Task {
      try await runtime.run(
        Rounds(readers: readers) {
          hold.arrive()
          try await untilCancelled()
        }, input: 0, id: "run")
    }
    await hold.untilArrived()
    try await store.untilCompacted()
    first.cancel()
    _ = try? await first.value
    let records = try await store.folder(of: "run").records()
    #expect(!records.contains { $0.type == "judged" }, "the round is to be gone")
    // Twice, so that a snapshot that is made of another one tells of it, too.
    for _ in 1...2 {
      let again = Latch()
      let run = Task {
        try await runtime.run(
          Rounds(readers: readers) {
            again.arrive()
            try await untilCancelled()
          }, input: 0, id: "run")
      }
      await again.untilArrived()
      try await store.untilCompacted()
      run.cancel()
      _ = try? await run.value
    }
    #expect(try await runtime.run(Rounds(readers: readers) {}, input: 0, id: "run") == "0")
    #expect(readers.all == ["good: good enough"])
  }
}

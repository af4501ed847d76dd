import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// What waits when a run stops, waits when it goes on.
@Suite struct DurableWaitTests {
  private static let approved = Signal<String>("approved")

  private struct Approval: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")

    var body: some Step {
      Wait(for: DurableWaitTests.approved, writes: output, within: .hours(48))
    }
  }

  private struct Pause: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")

    var body: some Step {
      Wait("cool down", lasting: .hours(24))
      Stage("go", reads: input, writes: output) { $0 + 1 }
    }
  }

  /// Runs a workflow until it has done something, and stops it then.
  private func interrupt<Work: Workflow>(
    _ work: Work, _ input: Work.Input, on runtime: Runtime, id: String,
    when happens: @escaping @Sendable (Event.Kind) -> Bool,
    first act: @escaping @Sendable (Run<Work.Output>) async throws -> Void = { _ in }
  ) async throws {
    _ = try? await runtime.withRun(of: work, input: input, id: id) { run in
      try await act(run)
      for await event in run.events where happens(event.kind) { break }
    }
  }

  @Test func aSignalThatCameBeforeTheStopIsThereAfterwards() async throws {
    let runtime = Runtime(store: .memory)
    struct Late: Workflow {
      let gate: Latch
      let input = Artifact<Int>("input")
      let output = Artifact<String>("output")
      var body: some Step {
        Effect("hold", reads: input) { _ in
          gate.arrive()
          try await untilCancelled()
        }
        Wait(for: DurableWaitTests.approved, writes: output)
      }
    }
    let gate = Latch()
    try await interrupt(
      Late(gate: gate), 1, on: runtime, id: "run",
      when: { if case .received = $0 { true } else { false } },
      first: { try await $0.signal(DurableWaitTests.approved, "yes") })
    struct Quick: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<String>("output")
      var name: String { "late" }
      var body: some Step {
        Effect("hold", reads: input) { _ in }
        Wait(for: DurableWaitTests.approved, writes: output)
      }
    }
    #expect(try await runtime.run(Quick(), input: 1, id: "run") == "yes")
  }

  @Test func aWaitThatWasOpenTakesTheSignalThatComesLater() async throws {
    let runtime = Runtime(store: .memory)
    try await interrupt(Approval(), 1, on: runtime, id: "run") {
      if case .waiting = $0 { true } else { false }
    }
    let output = try await runtime.withRun(of: Approval(), input: 1, id: "run") { run in
      try await run.signal(DurableWaitTests.approved, "at last")
      return try await run.output
    }
    #expect(output == "at last")
  }

  @Test func aTimerIsLateRatherThanLostAndNeverStartsAnew() async throws {
    let clock = ManualClock()
    let store = Store.memory
    try await interrupt(Pause(), 1, on: Runtime(store: store, clock: clock), id: "run") {
      if case .waiting = $0 { true } else { false }
    }
    clock.advance(by: .seconds(30 * 3_600))
    let before = clock.sleeps.count
    let output = try await Runtime(store: store, clock: clock).run(Pause(), input: 1, id: "run")
    #expect(output == 2)
    #expect(clock.sleeps.count == before)
  }

  @Test func theTimeToAnswerIsTheSameAfterARestart() async throws {
    let clock = ManualClock()
    let store = Store.memory
    try await interrupt(Approval(), 1, on: Runtime(store: store, clock: clock), id: "run") {
      if case .waiting = $0 { true } else { false }
    }
    clock.advance(by: .seconds(49 * 3_600))
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime(store: store, clock: clock).run(Approval(), input: 1, id: "run")
    }
    #expect(failure.failure.reason.contains("within 2 d"))
  }

  @Test func aWaitThatIsRecordedAsAnotherIsOpenedAnew() async throws {
    let store = Store.memory
    let runtime = Runtime(store: store)
    try await interrupt(Approval(), 1, on: runtime, id: "run") {
      if case .waiting = $0 { true } else { false }
    }
    // As if it had waited for time alone.
    let records = try await store.history(of: "run").journal
    let bodies = records.map { record -> (sequence: Int, body: [UInt8]) in
      guard case .object(var members) = record.members else { return (record.sequence, []) }
      if record.type == "waiting" { members["signal"] = nil }
      for name in ["crc", "seq", "durable", "batch", "at"] { members[name] = nil }
      return (
        record.sequence, Array(JSONValue.object(members).canonicalText.utf8.dropFirst().dropLast())
      )
    }
    let path = store.folder(of: "run").segment(1)
    try await store.files.remove(path)
    try await store.files.create(path, JournalWriter.bytes(of: bodies, at: Date()))
    let output = try await runtime.withRun(of: Approval(), input: 1, id: "run") { run in
      try await run.signal(DurableWaitTests.approved, "at last")
      return try await run.output
    }
    #expect(output == "at last")
  }
}

import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// What a fork has of its parent, and what it has not.
@Suite struct ForkedRunTests {
  private static let word = Signal<String>("word")

  /// Waits for two words, and in between at a latch.
  private struct Talk: Workflow {
    let hold: Latch
    let input = Artifact<Int>("input")
    let first = Artifact<String>("first")
    let second = Artifact<String>("second")
    let long = Artifact<String>("long")
    let output = Artifact<String>("output")

    var body: some Step {
      Stage("write", reads: input, writes: long) { String(repeating: "x", count: $0) }
      Wait("one", for: ForkedRunTests.word, writes: first)
      Effect("hold", reads: first) { _ in
        hold.arrive()
        await hold.wait()
      }
      Wait("two", for: ForkedRunTests.word, writes: second)
      Stage("end", reads: first, second, long, writes: output) { "\($0) \($1) \($2.count)" }
    }
  }

  /// Forks a run, which goes on, where it is held; then it is stopped.
  private func fork(
    _ store: Store, _ work: Talk, setting artifacts: [String: JSONValue] = [:],
    length: Int = 100_000
  ) async throws {
    let run = Task {
      try await Runtime(store: store).withRun(of: work, input: length, id: "run") { run in
        try await run.signal(Self.word, "hello")
        try await run.signal(Self.word, "world")
        return try await run.output
      }
    }
    await work.hold.untilArrived()
    let folder = store.folder(of: "run")
    let started = try await folder.records().last { $0.place == "talk/hold" }?.sequence ?? 0
    // Both words have come, and the parent is still running.
    while try await folder.records().count(where: { $0.type == "received" }) < 2 {
      await Task.yield()
    }
    let last = try #require(try await folder.records().last?.sequence)
    #expect(last >= started)
    #expect(try await store.runs().first { $0.id == "run" }?.status.isRunning == true)
    #expect(try await store.fork("run", at: last, setting: artifacts, as: "fork") == "fork")
    run.cancel()
    work.hold.open()
    _ = try? await run.value
  }

  @Test func theParentMayBeRunningAndItsSignalsAreCopied() async throws {
    let store = Store.memory
    let work = Talk(hold: Latch())
    try await fork(store, work)
    #expect(try await store.history(of: "fork").status == .interrupted)
    // Nobody says the second word again.
    #expect(
      try await Runtime(store: store).run(work, input: 100_000, id: "fork") == "hello world 100000")
    #expect(
      try await Runtime(store: store).run(work, input: 100_000, id: "run") == "hello world 100000")
  }

  @Test func aForkStandsWithoutItsParent() async throws {
    try await withTemporaryFolder { path in
      let store = Store.directory(path)
      let work = Talk(hold: Latch())
      try await fork(store, work)
      #expect(
        try await store.prune(olderThan: Date(timeIntervalSinceNow: 3_600), includingUnended: true)
          == ["fork", "run"])
      let other = Talk(hold: Latch())
      try await fork(store, other)
      let parent = try await store.prune(
        olderThan: Date(timeIntervalSinceNow: 3_600), includingUnended: false)
      #expect(parent == [], "neither has ended")
      try FileManager.default.removeItem(atPath: store.folder(of: "run").path)
      #expect(
        try await Runtime(store: store).run(other, input: 100_000, id: "fork")
          == "hello world 100000")
    }
  }

  @Test func largeArtifactsAreSetAsWell() async throws {
    let store = Store.memory
    let work = Talk(hold: Latch())
    try await fork(
      store, work, setting: ["long": .string(String(repeating: "y", count: 70_000))])
    #expect(
      try await Runtime(store: store).run(work, input: 100_000, id: "fork") == "hello world 70000")
    let history = try await store.history(of: "fork")
    #expect(history.artifacts.filter { $0.artifact == "long" }.count == 2)
  }

  @Test func aForkIsForked() async throws {
    let store = Store.memory
    let work = Talk(hold: Latch())
    try await fork(store, work, setting: ["long": "short"])
    let last = try await store.history(of: "fork").records
    _ = try await store.fork("fork", at: last, as: "grandchild")
    #expect(
      try await Runtime(store: store).run(work, input: 100_000, id: "grandchild")
        == "hello world 5")
    let types = try await store.folder(of: "grandchild").records().map(\.type)
    #expect(types.count { $0 == "forked" } == 2)
  }

  @Test func aForkHasThePlanThatItsParentHadThen() async throws {
    let changing = Changing()
    let before = Body { [changing] input, output in
      Stage("first", reads: input, writes: output) { $0 + 1 }
      Effect("fail", reads: output) { _ = try changing.breakage.pass($0) }
    }
    let after = Body { [changing] input, output in
      Stage("first", reads: input, writes: output) { $0 + 1 }
      Effect("fail", reads: output) { _ = try changing.breakage.pass($0) }
      Stage("second", reads: output, writes: output) { $0 * 10 }
    }
    try await changing.stop(before, 1)
    let early = try await changing.store.history(of: "run").records
    #expect(try await changing.goOn(after, 1) == 20)
    let records = try await changing.store.folder(of: "run").records()
    let second = try #require(records.first { $0.place == "test/second" }).sequence
    let ends = records.filter(\.beginsBatch).map { $0.sequence - 1 }
    let late = try #require(ends.first { $0 >= second })
    let runtime = Runtime(store: changing.store)
    #expect(try await changing.store.fork("run", at: early, as: "early") == "early")
    #expect(try await changing.store.fork("run", at: late, as: "late") == "late")
    #expect(try await runtime.run(before, input: 1, id: "early") == 2)
    #expect(try await runtime.run(after, input: 1, id: "late") == 20)
    await #expect(throws: RunMismatch.self) { try await runtime.run(before, input: 1, id: "late") }
  }

  @Test func whatThereIsAlreadyIsNotForkedOver() async throws {
    let store = Store.memory
    let work = Talk(hold: Latch())
    try await fork(store, work)
    let last = try await store.history(of: "run").records
    let error = try await #require(throws: StoreError.self) {
      try await store.fork("run", at: last, as: "fork")
    }
    #expect(error.description.contains("there is a run 'fork' already in"), "\(error)")
    await #expect(throws: StoreError.self) { try await store.fork("run", at: last, as: "../x") }
    #expect(try await store.files.names(in: "store/tmp") == [])
  }
}

extension RunStatus {
  fileprivate var isRunning: Bool {
    if case .running = self { true } else { false }
  }
}

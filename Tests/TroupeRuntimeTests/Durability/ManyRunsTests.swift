import Testing
import Troupe

@testable import TroupeRuntime

/// Many runs in one process that do nothing but wait.
@Suite(.timeLimit(.minutes(10))) struct ManyRunsTests {
  struct Asking: Workflow {
    static let answer = Signal<Int>("answer")
    let input = Artifact<Int>("question")
    let output = Artifact<Int>("answer")
    let asked = Artifact<Int>("asked")

    var body: some Step {
      Stage("ask", reads: input, writes: asked) { $0 }
      Wait("answer", for: Self.answer, writes: output)
    }
  }

  private let ids = (100..<200).map { "\($0)" }

  /// A store in which a hundred runs have been stopped because they wait.
  private func begin(in store: Store) async throws {
    let runtime = Runtime(store: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in ids {
        group.addTask { _ = try await runtime.advance(Asking(), input: 1, id: id) }
      }
      try await group.waitForAll()
    }
    #expect(try await store.runs().allSatisfy { $0.status == .stopped(.waiting) })
  }

  /// Checks that each run gave what was sent to it, and that it had waited once and got one signal.
  private func check(_ runs: [ResumedRun], in store: Store) async throws {
    #expect(runs.map(\.id) == ids)
    for run in runs {
      guard case .completed(let answer) = run.end else {
        Issue.record("\(run)")
        continue
      }
      #expect(answer as? Int == Int(run.id))
      let kinds = try await store.history(of: run.id).events.map(\.kind)
      #expect(kinds.count { $0.isWaiting } == 1)
      #expect(kinds.count { $0.isReceived } == 1)
      #expect(kinds.count { if case .consumed = $0 { true } else { false } } == 1)
    }
  }

  private func answer(_ id: String, in store: Store) async throws {
    try await store.signal(Asking.answer, Int(id) ?? 0, to: id)
  }

  @Test func noneKeepsAnotherFromGoingOn() async throws {
    let store = Store.memory
    try await begin(in: store)
    let (ends, end) = AsyncStream.makeStream(of: String.self)
    async let all = Runtime(store: store).resumeAll([Asking()]) { end.yield($0.id) }
    var ended = ends.makeAsyncIterator()
    // One after the other, while all others wait, and the last one first.
    for id in ids.reversed() {
      try await answer(id, in: store)
      #expect(await ended.next() == id)
    }
    try await check(all, in: store)
  }

  @Test func whatCameWhileNobodyRanThemIsTaken() async throws {
    try await withTemporaryFolder { folder in
      let store = Store.directory(folder + "/store")
      try await begin(in: store)
      for id in ids { try await answer(id, in: store) }
      try await check(Runtime(store: store).resumeAll([Asking()]), in: store)
      #expect(try await store.runs().allSatisfy { $0.status == .ended(.completed) })
    }
  }
}

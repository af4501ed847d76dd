import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Runs that are stopped while something is at work that must not be done twice.
@Suite struct CutOffTests {
  enum Policy: Sendable { case atLeastOnce, atMostOnce, probe, ladder }

  /// Pays, which does not come to its end, and asks nobody meanwhile.
  private struct Paying: Workflow {
    let policy: Policy
    let began: Latch
    let input = Artifact<Int>("sum")
    let output = Artifact<String>("receipt")

    var body: some Step {
      let pay = Stage("pay", reads: input, writes: output) { _ -> String in
        began.arrive()
        try await untilCancelled()
        return "never"
      }
      switch policy {
      case .atLeastOnce: pay
      case .atMostOnce: pay.atMostOnce()
      case .probe: pay.probe { _ in .notDone }
      case .ladder: pay.atMostOnce().escalate { On(.inDoubt) { Abort("lost") } }
      }
    }
  }

  private func stopped(_ policy: Policy, in store: Store) async throws -> (Runtime, Paying) {
    let (runtime, began) = (Runtime(store: store), Latch())
    let work = Paying(policy: policy, began: began)
    let run = Task { try await runtime.run(work, input: 7, id: "a") }
    await began.untilArrived()
    await runtime.stop(grace: .zero)
    _ = try? await run.value
    return (Runtime(store: store), work)
  }

  @Test func whatIsCutOffAndMayHappenOnceLeavesTheRunInDoubt() async throws {
    let store = Store.memory
    let (runtime, work) = try await stopped(.atMostOnce, in: store)
    let run = try #require(await store.runs().first)
    #expect(run.status == .stopped(.inDoubt))
    #expect(run.doubts == ["paying/pay"])
    let history = try await store.history(of: "a")
    #expect(history.status == .stopped(.inDoubt))
    #expect(history.doubts == ["paying/pay"])
    let runs = try await runtime.resumeAll([work])
    guard case .skipped(.stopped(.inDoubt))? = runs.first?.end else {
      Issue.record("\(runs)")
      return
    }
    await #expect(throws: RunFailure.self) { try await runtime.resume(work, id: "a") }
    #expect(try await store.runs().map(\.doubts) == [["paying/pay"]])
    let letter = Letter(
      id: "x", from: nil, at: Date(),
      .settle(at: "paying/pay", .finished("receipt"), why: "seen"))
    _ = try await store.send(letter, to: "a", of: nil, nonce: "1")
    #expect(try await runtime.resume(work, id: "a") == "receipt")
    #expect(try await store.runs().map(\.doubts) == [[]])
    #expect(try await store.history(of: "a").doubts == [])
  }

  @Test(arguments: [Policy.atLeastOnce, .probe, .ladder])
  func whatCanGoOnWithoutAnyoneWasOnlyAskedToStop(policy: Policy) async throws {
    let store = Store.memory
    _ = try await stopped(policy, in: store)
    #expect(try await store.runs().map(\.status) == [.stopped(.asked)])
    #expect(try await store.runs().map(\.doubts) == [[]])
    #expect(try await store.history(of: "a").doubts == [])
  }

  @Test(arguments: [Policy.atLeastOnce, .atMostOnce, .ladder], [false, true])
  func onlyAJournalThatMayTellOfDoubtsIsReadForThem(policy: Policy, isIdle: Bool) async throws {
    let files = MemoryFiles()
    let store = Store(files: files, root: "store")
    _ = try await stopped(policy, in: store)
    let last = Event.Kind.resumed(process: 1)
    try await store.record(isIdle ? .stopped(.idle) : last, at: "paying", in: "a", Date())
    let run = await store.stored("a")
    #expect(run.status == (isIdle ? .stopped(.idle) : .interrupted))
    let isRead = Lock(false)
    let hooked = HookedFiles(files) { action, path in
      if action == .read, path.hasSuffix(".jsonl") { isRead.withLock { $0 = true } }
    }
    let isDoubtful = policy == .atMostOnce
    let left = try await Store(files: hooked, root: "store").historyOfWhatIsLeft(by: run)
    #expect(left?.doubts == (isDoubtful ? ["paying/pay"] : nil))
    #expect(isRead.withLock { $0 } == isDoubtful)
  }

  @Test func whatIsAtWorkIsNotInDoubt() async throws {
    let store = Store.memory
    let (runtime, began) = (Runtime(store: store), Latch())
    let work = Paying(policy: .atMostOnce, began: began)
    let run = Task { try await runtime.run(work, input: 7, id: "a") }
    await began.untilArrived()
    #expect(try await store.history(of: "a").doubts == [])
    run.cancel()
    _ = try? await run.value
    #expect(try await store.history(of: "a").doubts == ["paying/pay"])
  }
}

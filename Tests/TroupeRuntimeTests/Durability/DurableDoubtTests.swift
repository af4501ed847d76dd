import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Work of which nobody knows whether it was done is not simply done again.
@Suite struct DurableDoubtTests {
  private struct Payment: Workflow {
    let hold: Latch
    let ledger: Notes
    let answer: ProbeResult<String>?
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")

    var body: some Step {
      if let answer {
        Stage("pay", reads: input, writes: output) { try await pay($0) }.probe { _ in answer }
      } else {
        Stage("pay", reads: input, writes: output) { try await pay($0) }.atMostOnce()
      }
    }

    private func pay(_ sum: Int) async throws -> String {
      ledger.add("paid \(sum)")
      guard ledger.all.count == 1 else { return "paid again" }
      hold.arrive()
      try await untilCancelled()
      return "never"
    }
  }

  private func interrupted(_ answer: ProbeResult<String>?) async throws -> (Runtime, Payment) {
    let runtime = Runtime(store: .memory)
    let work = Payment(hold: Latch(), ledger: Notes(), answer: answer)
    let run = Task { try await runtime.run(work, input: 7, id: "run") }
    await work.hold.untilArrived()
    run.cancel()
    _ = try? await run.value
    return (runtime, work)
  }

  @Test func whatHappensAtMostOnceStopsTheRunUntilSomebodyKnows() async throws {
    let (runtime, work) = try await interrupted(nil)
    for _ in 0..<2 {
      let failure = try await #require(throws: RunFailure.self) {
        try await runtime.run(work, input: 7, id: "run")
      }
      #expect(failure.failure.reason.contains("is in doubt"))
      #expect(
        failure.events.contains { if case .stopped(.inDoubt) = $0.kind { true } else { false } })
    }
    #expect(work.ledger.all == ["paid 7"])
  }

  @Test func aProbeThatKnowsTheOutputSparesTheWork() async throws {
    let (runtime, work) = try await interrupted(.finished("found"))
    #expect(try await runtime.run(work, input: 7, id: "run") == "found")
    #expect(try await runtime.run(work, input: 7, id: "run") == "found")
    #expect(work.ledger.all == ["paid 7"])
  }

  @Test func aProbeThatFindsNothingDoneLetsTheWorkStartAgain() async throws {
    let (runtime, work) = try await interrupted(.notDone)
    #expect(try await runtime.run(work, input: 7, id: "run") == "paid again")
    #expect(work.ledger.all == ["paid 7", "paid 7"])
  }
}

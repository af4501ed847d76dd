import Foundation
import Testing
import Troupe
import TroupePlan

extension Signal where Payload == Int {
  fileprivate static let number = Signal("number")
}

/// What waits and marks of work become in a plan.
@Suite struct WaitLoweringTests {
  @Test func aWaitForASignalKnowsItsNamePayloadAndTime() throws {
    let plan = try plan { _, output in
      Wait(for: .number, writes: output, within: .hours(48))
    }
    let node = plan.nodes[1]
    #expect(
      node.kind
        == .wait(.signal(Node.Awaited("number", payload: "Int", within: .hours(48)))))
    #expect(node.path.description == "sketch/number")
    #expect(node.writes == [ArtifactUse("output", type: "Int")])
  }

  @Test func aSignalWithoutTypeCarriesNothing() throws {
    let go = Signal("go ahead")
    let plan = try plan { input, output in
      Wait(for: go)
      Wait("again", for: go)
      Stage("end", reads: input, writes: output) { $0 }
    }
    let awaited = Node.Awaited("go ahead", payload: "TroupeLanguage.NoPayload")
    #expect(plan.nodes[1].kind == .wait(.signal(awaited)))
    #expect(plan.nodes[1].writes.isEmpty)
    #expect(plan.nodes[2].path.description == "sketch/again")
  }

  @Test func waitsForTimeReadTheirInstantOrLast() throws {
    let start = Artifact<Instant>("start")
    let plan = try plan { input, output in
      Stage("plan", reads: input, writes: start) { _ in Instant(date: .distantPast) }
      Wait(reads: start) { $0.date }
      Wait("both", reads: start, input) { start, _ in start.date }
      Wait("launch", until: { .distantFuture })
      Wait("cool down", lasting: .hours(24))
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(plan.nodes[2].kind == .wait(.instant))
    #expect(plan.nodes[2].path.description == "sketch/wait")
    #expect(plan.nodes[3].reads.map(\.name) == ["start", "input"])
    #expect(plan.nodes[4].kind == .wait(.instant))
    #expect(plan.nodes[5].kind == .wait(.span(.hours(24))))
  }

  @Test func whatIsDoneInDoubtIsAPolicy() throws {
    let plan = try plan { input, output in
      Stage("once", reads: input, writes: a) { $0 }.atMostOnce()
      Effect("tell", reads: a) { _ in }.probe { _ in .finished }
      Stage("probed", reads: a, writes: output) { $0 }.probe { _ in .finished(1) }
    }
    #expect(
      plan.nodes.map(\.policies.occurrence) == [.atLeastOnce, .atMostOnce, .probe, .probe])
  }
}

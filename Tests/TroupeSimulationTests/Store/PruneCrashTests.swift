import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Machines that end at each moment at which they can while runs are removed.
@Suite struct PruneCrashTests {
  @Sendable private static func output(_ id: String, _ runtime: Runtime) async throws -> Int? {
    try await runtime.withRun(of: LongText().compile(), input: 70_000, id: id) {
      try await $0.output() as? Int
    }
  }

  @Test func aRunIsThereAsAWholeOrNotAtAllAndNothingIsLeft() async throws {
    let later = Date.distantFuture
    let parent = await SimulatedProcess(on: SimulatedDisk()) { _, runtime in
      for id in ["a", "b"] { _ = try await Self.output(id, runtime) }
      return true
    }
    #expect(parent.value == true)
    let disk = parent.files.disk
    let whole = await SimulatedProcess(on: disk) { store, _ in
      try await store.prune(olderThan: later)
    }
    #expect(whole.value == ["a", "b"])
    let points = whole.files.points
    #expect(points.count(where: { $0.next == .remove }) > 10)
    for point in points.indices {
      let crashed = await SimulatedProcess(on: disk, crashPoint: point + 1) { store, _ in
        try await store.prune(olderThan: later)
      }
      for seed in 0..<3 {
        let left =
          seed == 0
          ? crashed.files.disk : crashed.files.disk.afterPowerFailure(seed: UInt64(seed))
        let name = "\(points[point]), \(seed)"
        let next = await SimulatedProcess(on: left, seed: 2) { store, runtime in
          let there = try await store.ids()
          var outputs: [Int?] = []
          for id in there { outputs.append(try await Self.output(id, runtime)) }
          let pruned = try await store.prune(olderThan: later)
          return (there: there, outputs: outputs, pruned: pruned, after: try await store.ids())
        }
        let found = try #require(next.value, "\(name)")
        if crashed.value != nil { #expect(found.there == [], "\(name): they were said to be gone") }
        #expect(found.outputs.allSatisfy { $0 == 70_000 }, "\(name): \(found.outputs)")
        #expect(found.pruned == found.there, "\(name)")
        #expect(found.after == [], "\(name)")
        #expect(try next.files.disk.tree.names(in: "/store/tmp") == [], "\(name)")
      }
    }
  }
}

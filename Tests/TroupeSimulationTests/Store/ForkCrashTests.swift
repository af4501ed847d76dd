import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Machines that end at each moment at which they can while a run is forked.
@Suite struct ForkCrashTests {
  @Sendable private static func fork(_ store: Store, _ nonce: String, at record: Int) async throws
    -> String
  {
    let last = try await store.folder(of: "run").records().last
    return try await store.fork(
      "run", at: record, setting: ["long": "short"], as: "fork", repeatingEffects: false,
      nonce: nonce, date: last?.at ?? .distantPast)
  }

  @Test func aForkIsThereAsAWholeOrNotAtAll() async throws {
    let program = try LongText().compile()
    let parent = await SimulatedProcess(on: SimulatedDisk()) { _, runtime in
      try await runtime.withRun(of: program, input: 100_000, id: "run") { try await $0.output() }
        as? Int
    }
    #expect(parent.value == 100_000)
    let disk = parent.files.disk
    let place = await SimulatedProcess(on: disk) { store, _ in
      let records = try await store.folder(of: "run").records()
      let written = records.first { $0.place.hasSuffix("/write") && $0.type == "finished" }?
        .sequence
      let ends = records.filter(\.beginsBatch).map { $0.sequence - 1 }
      return ends.first { $0 >= written ?? .max }
    }
    let record = try #require(place.value ?? nil)
    let whole = await SimulatedProcess(on: disk) { store, _ in
      try await Self.fork(store, "a", at: record)
    }
    #expect(whole.value == "fork")
    let points = whole.files.points
    #expect(points.count > 10)
    for point in points.indices {
      let crashed = await SimulatedProcess(on: disk, crashPoint: point + 1) { store, _ in
        try await Self.fork(store, "a", at: record)
      }
      for seed in 0..<3 {
        let left =
          seed == 0
          ? crashed.files.disk : crashed.files.disk.afterPowerFailure(seed: UInt64(seed))
        let name = "\(points[point]), \(seed)"
        let next = await SimulatedProcess(on: left, seed: 2) { store, runtime in
          let isThere = try await store.ids().contains("fork")
          if !isThere { _ = try await Self.fork(store, "b", at: record) }
          let fork = try await runtime.withRun(of: program, input: 100_000, id: "fork") {
            try await $0.output() as? Int
          }
          let parent = try await runtime.withRun(of: program, input: 100_000, id: "run") {
            try await $0.output() as? Int
          }
          return (isThere: isThere, fork: fork, parent: parent)
        }
        let after = try #require(next.value, "\(name)")
        if crashed.value != nil { #expect(after.isThere, "\(name): it was said to be there") }
        #expect(after.parent == 100_000, "\(name)")
        #expect([5, 100_000].contains(after.fork), "\(name): \(String(describing: after.fork))")
      }
    }
  }
}

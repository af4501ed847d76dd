import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Machines that end at each moment at which they can while a run is forked.
@Suite struct ForkCrashTests {
  private struct Add: Workflow {
    let input = Artifact<Int>("input")
    let long = Artifact<String>("long")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("write", reads: input, writes: long) { String(repeating: "x", count: $0) }
      Stage("count", reads: long, writes: output) { $0.count }
    }
  }

  private struct Process<Value: Sendable>: Sendable {
    let files: SimulatedFiles
    /// What the work came to, if the machine did not end before.
    let value: Value?
  }

  private func process<Value: Sendable>(
    on disk: SimulatedDisk, seed: UInt64 = 1, crashPoint: Int? = nil,
    _ work: @escaping @Sendable (Store, Runtime) async throws -> Value
  ) async -> Process<Value> {
    let time = VirtualTime(seed: seed, patience: .milliseconds(100))
    let files = SimulatedFiles(disk, time: time, seed: seed, crashPoint: crashPoint)
    let store = Store(files: files, root: "/store")
    let runtime = Runtime(
      team: Team(), store: store, clock: time.clock, randomness: SeededGenerator(seed: seed),
      executor: time.executor)
    let (value, _) = await time.run { try? await work(store, runtime) }
    return Process(files: files, value: value ?? nil)
  }

  @Sendable private static func fork(_ store: Store, _ nonce: String, at record: Int) async throws
    -> String
  {
    let last = try await store.folder(of: "run").records().last
    return try await store.fork(
      "run", at: record, setting: ["long": "short"], as: "fork", repeatingEffects: false,
      nonce: nonce, date: last?.at ?? .distantPast)
  }

  @Test func aForkIsThereAsAWholeOrNotAtAll() async throws {
    let program = try Add().compile()
    let parent = await process(on: SimulatedDisk()) { _, runtime in
      try await runtime.withRun(of: program, input: 100_000, id: "run") { try await $0.output() }
        as? Int
    }
    #expect(parent.value == 100_000)
    let disk = parent.files.disk
    let place = await process(on: disk) { store, _ in
      let records = try await store.folder(of: "run").records()
      let written = records.first { $0.place == "add/write" && $0.type == "finished" }?.sequence
      let ends = records.filter(\.beginsBatch).map { $0.sequence - 1 }
      return ends.first { $0 >= written ?? .max }
    }
    let record = try #require(place.value ?? nil)
    let whole = await process(on: disk) { store, _ in
      try await Self.fork(store, "a", at: record)
    }
    #expect(whole.value == "fork")
    let points = whole.files.points
    #expect(points.count > 10)
    for point in points.indices {
      let crashed = await process(on: disk, crashPoint: point + 1) { store, _ in
        try await Self.fork(store, "a", at: record)
      }
      for seed in 0..<3 {
        let left =
          seed == 0
          ? crashed.files.disk : crashed.files.disk.afterPowerFailure(seed: UInt64(seed))
        let name = "\(points[point]), \(seed)"
        let next = await process(on: left, seed: 2) { store, runtime in
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

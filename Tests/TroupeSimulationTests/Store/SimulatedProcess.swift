import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// What a process did with the store of a simulated machine, to its end or to that of the machine.
struct SimulatedProcess<Value: Sendable>: Sendable {
  let files: SimulatedFiles
  /// What the work came to, if neither it failed nor the machine ended before.
  let value: Value?

  /// Does some work with the store of a machine.
  init(
    on disk: SimulatedDisk, seed: UInt64 = 1, crashPoint: Int? = nil,
    _ work: @escaping @Sendable (Store, Runtime) async throws -> Value
  ) async {
    let time = VirtualTime(seed: seed, patience: .milliseconds(100))
    let files = SimulatedFiles(disk, time: time, seed: seed, crashPoint: crashPoint)
    let store = Store(files: files, root: "/store")
    let runtime = Runtime(
      team: Team(), store: store, clock: time.clock, randomness: SeededGenerator(seed: seed),
      executor: time.executor)
    let (value, _) = await time.run { try? await work(store, runtime) }
    self.files = files
    self.value = value ?? nil
  }
}

/// Writes a text of a length, which is kept beside the journal if it is long, and counts it.
struct LongText: Workflow {
  let input = Artifact<Int>("input")
  let long = Artifact<String>("long")
  let output = Artifact<Int>("output")

  var body: some Step {
    Stage("write", reads: input, writes: long) { String(repeating: "x", count: $0) }
    Stage("count", reads: long, writes: output) { $0.count }
  }
}

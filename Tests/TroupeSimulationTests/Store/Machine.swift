import Testing
import TroupeRuntime
import TroupeSimulation

/// A simulated machine on which some work was done, to its end or to that of the machine.
struct Machine {
  let files: SimulatedFiles
  let course: VirtualTime.Course
  /// What the work threw.
  let failure: (any Error)?

  /// Does some work on a machine.
  init(
    on disk: SimulatedDisk = SimulatedDisk(), seed: UInt64 = 1, faults: [FileFault] = [],
    capacity: Int? = nil, crashPoint: Int? = nil,
    onPoint: (@Sendable (FilePoint, SimulatedFiles) -> Void)? = nil,
    _ work: @escaping @Sendable (SimulatedFiles) async throws -> Void
  ) async {
    let time = VirtualTime(seed: seed, patience: .milliseconds(100))
    let machine = Lock<SimulatedFiles?>(nil)
    let files = SimulatedFiles(
      disk, time: time, seed: seed, faults: faults, capacity: capacity, crashPoint: crashPoint
    ) { point in
      if let files = machine.withLock({ $0 }) { onPoint?(point, files) }
    }
    machine.withLock { $0 = files }
    let (failure, course) = await time.run { () async -> (any Error)? in
      do {
        try await work(files)
        return nil
      } catch {
        return error
      }
    }
    machine.withLock { $0 = nil }
    self.files = files
    self.course = course
    self.failure = failure ?? nil
  }

  /// What is left on the disk of a machine on which this was done before its power failed, for each
  /// of many seeds.
  static func survivors(
    on disk: SimulatedDisk = SimulatedDisk(), faults: [FileFault] = [], crashPoint: Int? = nil,
    _ work: @escaping @Sendable (SimulatedFiles) async throws -> Void
  ) async throws -> [FileTree] {
    let machine = await Machine(on: disk, faults: faults, crashPoint: crashPoint, work)
    if let failure = machine.failure { throw failure }
    let disk = machine.files.disk
    return (0..<300).map { disk.afterPowerFailure(seed: $0).tree }
  }
}

extension FileTree {
  /// What a file holds, as text; `nil` if there is no such file.
  func text(_ path: String) -> String? {
    (try? read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension FileLayer {
  /// Creates a file that holds a text.
  func create(_ path: String, _ text: String = "") async throws {
    try await create(path, Array(text.utf8))
  }

  /// What a file holds, as text.
  func text(_ path: String) async throws -> String {
    String(decoding: try await read(path, limit: 1 << 20), as: UTF8.self)
  }

  /// Adds text to the end of a file.
  func commit(_ text: String, to path: String) async throws {
    let file = try await openForAppending(path)
    defer { file.close() }
    let result = await withCheckedContinuation { continuation in
      file.commit({ Array(text.utf8) }, then: { continuation.resume(returning: $0) })
    }
    try result.get()
  }
}

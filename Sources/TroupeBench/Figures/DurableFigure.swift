import Foundation
import Troupe
import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Stages whose records are on the disk before anything depends on them.
enum DurableFigure {
  /// Stages one after the other, against one `write` and `fdatasync` after the other.
  static func chain(_ size: Int, rounds: Int) async throws -> Result {
    let program = try ChainFigure.Chain(length: size).compile()
    return try await inFolder { folder in
      let runtime = Runtime(store: .directory(folder + "/store"))
      let line = [UInt8](repeating: UInt8(ascii: "x"), count: 400)
      let times = try await durableTurns(rounds, per: size) {
        try writes(line, size, to: "\(folder)/bare")
      } _: {
        _ = try await runtime.run(program, input: 0)
      }
      return Result(
        name: "durable", size: size, unit: .microseconds, baseline: times.baseline / 1_000,
        measured: times.measured / 1_000, hold: 1.3)
    }
  }

  /// 64 stages of one run at once, against one at a time.
  static func group(_ size: Int, rounds: Int) async throws -> Result {
    let program = try FanOutFigure.Wide().compile()
    let list = Array(0..<size)
    return try await inFolder { folder in
      let store = Store.directory(folder + "/store")
      // The figure's fan-out has no width of its own where the runtime's is smaller.
      let (one, many) = (try Narrow(width: 1).compile(), program)
      let times = try await durableTurns(rounds, per: size) {
        _ = try await Runtime(store: store).run(one, input: list)
      } _: {
        _ = try await Runtime(store: store).run(many, input: list)
      }
      return Result(
        name: "group", size: size, unit: .microseconds, baseline: times.baseline / 1_000,
        measured: times.measured / 1_000, hold: 1 / 8)
    }
  }

  /// 64 runs at once, against one after the other.
  static func runs(_ size: Int, rounds: Int) async throws -> Result {
    let length = 25
    let program = try ChainFigure.Chain(length: length).compile()
    return try await inFolder { folder in
      let runtime = Runtime(store: .directory(folder + "/store"))
      let times = try await durableTurns(rounds, per: size * length) {
        for _ in 0..<size { _ = try await runtime.run(program, input: 0) }
      } _: {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<size { group.addTask { _ = try await runtime.run(program, input: 0) } }
          try await group.waitForAll()
        }
      }
      return Result(
        name: "runs", size: size, unit: .microseconds, baseline: times.baseline / 1_000,
        measured: times.measured / 1_000, hold: 1 / 3)
    }
  }

  private struct Narrow: Workflow {
    let width: Int
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[Int]>("results")

    var body: some Step {
      FanOut(over: input, into: output, atMost: width) { number, result in
        Stage("add", reads: number, writes: result) { $0 &+ 1 }
      }
    }
  }

  /// Measures in turns what takes long enough to be measured once.
  private static func durableTurns(
    _ rounds: Int, per count: Int, _ baseline: () async throws -> Void,
    _ measured: () async throws -> Void
  ) async throws -> (baseline: Double, measured: Double) {
    var (baselines, measurements): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      baselines.append(try await nanoseconds(baseline))
      measurements.append(try await nanoseconds(measured))
    }
    return (median(baselines) / Double(count), median(measurements) / Double(count))
  }

  private static func writes(_ line: [UInt8], _ count: Int, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    for _ in 0..<count {
      guard write(file, line, line.count) == line.count else {
        throw CocoaError(.fileWriteUnknown)
      }
      #if canImport(Darwin)
        _ = fcntl(file, F_FULLFSYNC)
      #else
        fdatasync(file)
      #endif
    }
  }
}

/// Does something with a folder that is removed afterwards.
///
/// In the current folder and not in the system's for temporary files, which may be in memory.
func inFolder<Output>(_ work: (String) async throws -> Output) async throws -> Output {
  let folder = "\(FileManager.default.currentDirectoryPath)/.bench-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await work(folder)
}

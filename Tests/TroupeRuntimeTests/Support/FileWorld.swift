import Foundation
import Testing
import TroupeRuntime
import TroupeSimulation

/// A file layer with nothing in it, of each kind there is.
enum FileWorld: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case directory, memory, simulated
  /// The directory again, behind what lets steps fail.
  case faultless

  var testDescription: String { rawValue }

  /// Does something in a new world: with its files, and with an empty folder in it.
  func run(
    _ work: @escaping @Sendable (any FileLayer, String) async throws -> Void
  ) async throws {
    switch self {
    case .directory:
      try await withTemporaryFolder { try await work(PosixFiles(), $0) }
    case .faultless:
      try await withTemporaryFolder { try await work(FaultyFiles(PosixFiles(), []), $0) }
    case .simulated:
      try await onVirtualTime { time in
        let files = SimulatedFiles(time: time, seed: 1)
        try await files.makeFolder("/folder")
        try await work(files, "/folder")
      }
    case .memory:
      // On virtual time, because there it must be as orderly as the simulated one.
      try await onVirtualTime { time in
        let files = MemoryFiles(executor: time.executor)
        try await files.makeFolder("/folder")
        try await work(files, "/folder")
      }
    }
  }
}

/// Does something with a folder that is removed afterwards.
func withTemporaryFolder<Result>(_ work: (String) async throws -> Result) async throws -> Result {
  let url = FileManager.default.temporaryDirectory.appending(path: "troupe-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(at: url) }
  return try await work(url.path)
}

/// Does something on virtual time, and expects that nothing but the seed decides how it goes.
func onVirtualTime(
  seed: UInt64 = 1, _ work: @escaping @Sendable (VirtualTime) async throws -> Void
) async throws {
  let time = VirtualTime(seed: seed, patience: .milliseconds(100))
  let (result, course) = await time.run { () async -> Swift.Result<Void, any Error> in
    do {
      return .success(try await work(time))
    } catch {
      return .failure(error)
    }
  }
  #expect(course == .deterministic)
  try result?.get()
}

extension AppendingFile {
  /// Adds text to the file and waits until it is durable.
  func commit(_ text: String) async throws {
    let result = await withCheckedContinuation { continuation in
      commit({ Array(text.utf8) }, then: { continuation.resume(returning: $0) })
    }
    try result.get()
  }
}

extension FileLayer {
  /// What a file holds, as text.
  func text(_ path: String) async throws -> String {
    String(decoding: try await read(path, limit: 1 << 20), as: UTF8.self)
  }

  /// Creates a file that holds a text.
  func create(_ path: String, _ text: String = "") async throws {
    try await create(path, Array(text.utf8))
  }
}

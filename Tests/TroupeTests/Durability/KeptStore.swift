import Foundation

/// Stores that stand beside the tests, as earlier versions left them.
enum KeptStore {
  /// Does something with a copy of a store; with `TROUPE_RECORD=1` it is made anew before.
  static func with(
    _ name: String, record: (URL) async throws -> Void, _ body: (URL) async throws -> Void
  ) async throws {
    let kept = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "__Journals__/\(name)")
    let files = FileManager.default
    if ProcessInfo.processInfo.environment["TROUPE_RECORD"] == "1" {
      try? files.removeItem(at: kept)
      try await record(kept)
      try? files.removeItem(at: kept.appending(path: "tmp"))
      for run in try files.contentsOfDirectory(atPath: kept.path + "/runs") {
        try? files.removeItem(at: kept.appending(path: "runs/\(run)/lock"))
      }
    }
    let folder = files.temporaryDirectory.appending(path: "kept-\(UUID())")
    defer { try? files.removeItem(at: folder) }
    try files.copyItem(at: kept, to: folder)
    // Git does not keep empty folders.
    for run in try files.contentsOfDirectory(atPath: folder.path + "/runs") {
      for name in ["mailbox", "mailbox/tmp", "mailbox/new", "mailbox/rejected", "payloads"] {
        let path = folder.appending(path: "runs/\(run)/\(name)").path
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
    }
    try await body(folder)
  }
}

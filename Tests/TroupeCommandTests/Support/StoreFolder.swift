import Foundation
import Troupe

/// A folder for a store that is removed afterwards, and a ledger in it.
struct StoreFolder: Sendable {
  let path: String

  var store: String { "\(path)/store" }
  var ledger: String { "\(path)/ledger" }

  /// The lines that workflows have written.
  var lines: [String] {
    let text = (try? String(contentsOfFile: ledger, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  static func with<Result>(
    _ work: (StoreFolder) async throws -> Result
  ) async throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "troupe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await work(StoreFolder(path: url.path))
  }

  /// What a journal holds.
  func journal(_ id: String) throws -> Data {
    try Data(contentsOf: URL(filePath: journalPath(id)))
  }

  func journalPath(_ id: String) -> String { "\(store)/runs/\(id)/journal-000001.jsonl" }
}

/// Puts a number into the ledger at every step, and fails once where it is told to.
struct Trip: Workflow {
  struct Parameters: Codable, Sendable { var fails = false }
  struct Flat: Error, CustomStringConvertible { let description = "a flat \u{1B}[31mtyre" }

  let input = Artifact<String>("ledger")
  let output = Artifact<String>("report")
  let packed = Artifact<[String]>("packed")
  var parameters = Parameters()

  var body: some Step {
    Stage("pack", reads: input, writes: packed) { ledger in
      try Ledger.note("pack", in: ledger)
      return ["\u{9B}2Jsocks"]
    }
    Stage("drive", reads: input, packed, writes: output) { ledger, packed in
      let isFirst = try Ledger.note("drive", in: ledger) == 0
      if parameters.fails, isFirst { throw Flat() }
      return "drove with \(packed.count) pair"
    }
    .gate("far enough", otherwise: .rework(upTo: 1)) { report in
      report.isEmpty ? .rejected("nothing") : .accepted
    }
  }
}

enum Ledger {
  /// Adds a line to a file and gives how often it stood there before.
  @discardableResult
  static func note(_ line: String, in path: String) throws -> Int {
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    try (before + line + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return before.split(separator: "\n").count { $0 == line }
  }
}

import Foundation
import TroupeRuntime
import TroupeSimulation

/// The files in which snapshots are kept: `__Snapshots__/<test file>/<test>.<extension>`, beside
/// the test's own file.
struct SnapshotStore {
  /// What is done with a snapshot.
  enum Mode {
    /// It is compared with its file, which must be there.
    case compare
    /// A file that is missing is written, the others are compared.
    case fill
    /// Its file is written.
    case record

    /// As the environment variable `TROUPE_RECORD` says: `1` or `all`, `missing`, or nothing.
    ///
    /// - Throws: `UnknownMode` where it says something else.
    init(_ value: String?) throws(UnknownMode) {
      switch value {
      case "1", "all": self = .record
      case "missing": self = .fill
      case nil, "", "0": self = .compare
      case .some(let value): throw UnknownMode(value: value)
      }
    }
  }

  /// What comparing gave.
  enum Outcome: Equatable {
    case same
    case recorded
    case missing
    case different(LineDifference)
    /// Another snapshot of the same name was taken before in this process, with another text.
    case ambiguous
  }

  private static let taken = Lock<[String: String]>([:])

  let file: URL

  init(testFile: String, test: String, name: String?, fileExtension: String) {
    let source = URL(fileURLWithPath: testFile)
    let stem = source.deletingPathExtension().lastPathComponent
    let parts = [Self.safe(test.prefix { $0 != "(" }), name.map { Self.safe($0[...]) }]
    file = source.deletingLastPathComponent()
      .appending(path: "__Snapshots__/\(stem)")
      .appending(path: parts.compactMap(\.self).joined(separator: ".") + "." + fileExtension)
  }

  /// Compares a text with the file, or writes it.
  ///
  /// - Throws: What keeps the file from being read or written.
  func check(_ text: String, _ mode: Mode) throws -> Outcome {
    let earlier = Self.taken.withLock { $0.updateValue(text, forKey: file.path) }
    if mode == .record, let earlier, earlier != text { return .ambiguous }
    let exists = FileManager.default.fileExists(atPath: file.path)
    if mode == .record || (mode == .fill && !exists) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
      return .recorded
    }
    guard exists else { return .missing }
    let kept = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    return kept == text ? .same : .different(LineDifference(from: kept, to: text))
  }

  /// A name as part of a file's name, on every file system.
  private static func safe(_ name: Substring) -> String {
    String(name.map { $0.isLetter || $0.isNumber || "-_ ".contains($0) ? $0 : "-" })
  }
}

/// The environment variable for recording says something that it does not know.
struct UnknownMode: Error, LocalizedError {
  let value: String
  var errorDescription: String? {
    "TROUPE_RECORD is '\(value)'; it may be 'missing', 'all' or '1'"
  }
}

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files that a command line names.
enum TextFile {
  /// The bytes of a file.
  ///
  /// - Throws: `Refusal` if it cannot be read.
  static func read(_ path: String) throws -> [UInt8] {
    if let data = FileManager.default.contents(atPath: path) { return Array(data) }
    let reason =
      FileManager.default.fileExists(atPath: path)
      ? "it cannot be read" : "there is no such file"
    throw Refusal("error: \(Printable.quoted(path)): \(reason)")
  }

  /// Writes a file, in place of any that is there.
  ///
  /// - Throws: `Refusal` if it cannot be written.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: path))
    } catch {
      throw Refusal("error: \(Printable.quoted(path)) cannot be written", code: .failed)
    }
  }
}

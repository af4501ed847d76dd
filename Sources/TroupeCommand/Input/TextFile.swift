import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files that a command line names.
enum TextFile {
  /// The most bytes that are read of a file or of standard input.
  static let limit = 64_000_000

  /// The bytes of a file, a pipe or a device.
  ///
  /// - Throws: `Refusal` if it cannot be read, or holds more than the limit.
  static func read(_ path: String) throws -> [UInt8] {
    do {
      return try Descriptor.bytes(ofFile: path, limit: limit)
    } catch {
      throw refusal(error, of: Printable.quoted(path))
    }
  }

  /// What to say of a file or of standard input that cannot be read.
  static func refusal(_ error: SystemError, of source: String) -> Refusal {
    let reason =
      error.isMissing
      ? "there is no such file"
      : error.isTooLarge ? "it holds more than \(limit / 1_000_000) MB" : error.reason
    return Refusal("error: \(source): \(reason)")
  }

  /// Whether there is a file of this name.
  static func exists(_ path: String) -> Bool { PathKind.at(path) == .other }

  /// Writes a file, in place of any that is there.
  ///
  /// - Throws: `Refusal` if it cannot be written.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: path.hasPrefix("~") ? "./\(path)" : path))
    } catch {
      throw Refusal("error: \(Printable.quoted(path)) cannot be written: \(obstacle(to: path))")
    }
  }

  private static func obstacle(to path: String) -> String {
    guard !path.isEmpty else { return "a file needs a name" }
    if PathKind.at(path) == .folder { return "it is a folder" }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    return PathKind.at(folder) == .folder
      ? "permission denied, or the disk is full"
      : "there is no folder \(Printable.quoted(folder))"
  }
}

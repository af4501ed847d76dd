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

  /// Whether there is a file of this name.
  static func exists(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
  }

  /// Writes a file, in place of any that is there.
  ///
  /// - Throws: `Refusal` if it cannot be written.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: path))
    } catch {
      throw Refusal("error: \(Printable.quoted(path)) cannot be written: \(obstacle(to: path))")
    }
  }

  private static func obstacle(to path: String) -> String {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      return isFolder ? "it is a folder" : "permission denied, or the disk is full"
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
      return "there is no folder \(Printable.quoted(folder))"
    }
    return "permission denied, or the disk is full"
  }
}

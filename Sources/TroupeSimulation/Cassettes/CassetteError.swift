#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A cassette that cannot be used: its file cannot be read, is damaged or cannot be written.
public struct CassetteError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path of the cassette's file.
  public let file: String
  /// What is wrong, and what to do about it.
  public let reason: String

  /// The file, as it is found from the current folder, and what is wrong.
  public var description: String { "\(Self.shown(file)): \(reason)" }

  /// The path of a file as messages print it: from the current folder, where it stands under that.
  static func shown(_ file: String) -> String {
    let folder = FileManager.default.currentDirectoryPath
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
  }
}

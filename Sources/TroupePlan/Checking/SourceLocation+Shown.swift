#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SourceLocation {
  /// The place as messages print it: with the path relative to the current folder where the file
  /// exists under it, so that terminals and editors can open it, else with the file's identity.
  package var shown: String {
    guard let filePath else { return description }
    let folder = FileManager.default.currentDirectoryPath
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    guard filePath.hasPrefix(prefix), FileManager.default.fileExists(atPath: filePath) else {
      return description
    }
    return "\(filePath.dropFirst(prefix.count)):\(line):\(column)"
  }
}

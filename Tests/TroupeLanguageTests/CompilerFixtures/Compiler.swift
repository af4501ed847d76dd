import Foundation

/// Runs the installed compiler on small sources that use the modules built beside this test.
struct Compiler {
  /// An error as the compiler prints it.
  struct Message: Hashable, CustomStringConvertible {
    let file: String
    let line: Int
    let text: String
    var description: String { "\(file):\(line): \(text)" }
  }

  /// The errors in some files, each a module's only file beside the shared ones.
  static func errors(
    in files: [(name: String, source: String)], options: [String] = []
  ) throws -> [Message] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "troupe-fixtures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      try file.source.write(
        to: folder.appending(path: file.name), atomically: true, encoding: .utf8)
    }
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "swiftc", "-typecheck", "-whole-module-optimization", "-parse-as-library", "-swift-version",
        "6", "-I", try modules(),
      ]
      + options + files.map { folder.appending(path: $0.name).path }
    process.standardError = errors
    try process.run()
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return said.split(separator: "\n").compactMap { line in
      guard let match = line.firstMatch(of: /\/([^\/:]+\.swift):(\d+):\d+: error: (.*)$/),
        let number = Int(match.2)
      else { return nil }
      return Message(file: String(match.1), line: number, text: String(match.3))
    }
  }

  /// The folder of the built modules, which is beside the tests' bundle: the executable, or on
  /// macOS what it is given as an argument.
  private static func modules() throws -> String {
    for argument in CommandLine.arguments {
      var folder = URL(fileURLWithPath: argument).resolvingSymlinksInPath()
      for _ in 0..<6 {
        folder.deleteLastPathComponent()
        let candidate = folder.appending(path: "Modules")
        if FileManager.default.fileExists(
          atPath: candidate.appending(path: "Troupe.swiftmodule").path)
        {
          return candidate.path
        }
      }
    }
    throw CocoaError(.fileNoSuchFile)
  }
}

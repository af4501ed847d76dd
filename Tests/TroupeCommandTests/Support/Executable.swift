import Foundation
import Testing

/// An executable: one that is built with the tests, or another.
struct Executable {
  private let place: String

  /// One that is built with the tests.
  init(name: String) { place = name }

  /// Any other.
  init(path: String) { place = path }

  /// Where it is.
  var path: String {
    get throws {
      if place.hasPrefix("/") { return place }
      return try #require(Self.folder).appending(path: place).path
    }
  }

  /// The folder of the test bundle, where the executables are built too.
  private static let folder: URL? = CommandLine.arguments.lazy.compactMap { argument in
    var url = URL(filePath: argument)
    while url.path != "/", !url.path.isEmpty {
      if url.pathExtension == "xctest" { return url.deletingLastPathComponent() }
      url = url.deletingLastPathComponent()
    }
    return nil
  }.first

  /// A process that was started, and what it writes.
  final class Running {
    let process: Process
    private let folder: URL

    fileprivate init(_ process: Process, _ folder: URL) {
      self.process = process
      self.folder = folder
    }

    /// Waits for its end, however it comes.
    func end() -> (code: Int32, output: String, errors: String) {
      process.waitUntilExit()
      func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
      }
      return (process.terminationStatus, text("output"), text("errors"))
    }
  }

  /// Starts it; what it writes goes to files in a folder.
  func start(_ arguments: [String], in folder: String) throws -> Running {
    let url = URL(filePath: folder)
    let process = Process()
    process.executableURL = URL(filePath: try path)
    process.arguments = arguments
    process.currentDirectoryURL = url
    process.standardInput = FileHandle.nullDevice
    for name in ["output", "errors"] {
      _ = FileManager.default.createFile(atPath: url.appending(path: name).path, contents: nil)
    }
    process.standardOutput = try FileHandle(forWritingTo: url.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: url.appending(path: "errors"))
    try process.run()
    return Running(process, url)
  }

  /// Starts it and waits for its end.
  func run(_ arguments: String..., in folder: String) throws
    -> (code: Int32, output: String, errors: String)
  {
    try start(arguments, in: folder).end()
  }
}

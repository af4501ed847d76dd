import Foundation
import Testing

extension Executable {
  /// Starts an errand and waits until it is in the middle.
  func startErrand(in folder: StoreFolder, _ options: String...) async throws -> Running {
    let running = try start(
      ["run", "errand", "--set", "folder=\(folder.path)"] + options, in: folder.path)
    try await running.until { folder.lines.contains("buy") }
    return running
  }
}

extension Executable.Running {
  /// Waits until something is so, which the process has to bring about.
  func until(_ isSo: () -> Bool) async throws {
    while !isSo() {
      try #require(process.isRunning)
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until the process has told its user something.
  func untilSaid(_ text: String, in folder: StoreFolder) async throws {
    try await until {
      let said = try? String(contentsOfFile: "\(folder.path)/errors", encoding: .utf8)
      return said?.contains(text) == true
    }
  }
}

extension StoreFolder {
  /// Lets the errand go on.
  func open() throws { try mark("open") }

  /// Puts a file without contents into the folder.
  func mark(_ name: String) throws {
    try "".write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
  }
}

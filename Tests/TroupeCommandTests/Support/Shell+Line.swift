import Foundation
import Testing
import TroupeCommand

extension Shell {
  /// Types a line, as it was printed, at a shell, which takes it apart.
  func type(_ line: String) async throws -> Result {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "newsroom() { printf '%s\\n' \"$@\"; }; \(line)"]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return await call(text.split(separator: "\n").map(String.init))
  }
}

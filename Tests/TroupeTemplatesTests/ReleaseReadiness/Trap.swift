import Foundation

/// A program that leaves a mark when it is run, as a repository's setting would name it.
final class Trap {
  let program: String
  private let mark: String

  init(for fixture: Fixture) throws {
    mark = fixture.folder.path + ".mark"
    program = fixture.folder.path + ".trap"
    try "#!/bin/sh\ntouch '\(mark)'\ncat\n".write(
      toFile: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  }

  deinit { for path in [program, mark] { try? FileManager.default.removeItem(atPath: path) } }

  var wasRun: Bool { FileManager.default.fileExists(atPath: mark) }
}

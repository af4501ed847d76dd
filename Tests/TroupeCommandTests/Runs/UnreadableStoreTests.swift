import Foundation
import Testing
import Troupe
import TroupeCommand

/// What the command line ends with where a store, or a run in it, cannot be read.
@Suite struct UnreadableStoreTests {
  private let shell = Shell(workflows: [Echo()])

  /// What there is to say about a run, and needs its journal.
  static let aboutARun = [
    ["show", "a"], ["inbox", "a:1"], ["resume", "a"], ["signal", "a", "x"], ["cancel", "a"],
    ["answer", "a", "approve", "--as=x"], ["redirect", "a", "--to=x", "--reason=y"],
    ["override", "a", "x", "--accept", "--why=y"], ["settle", "a", "x", "--abort", "--why=y"],
    ["fork", "a", "--at=3"], ["run", "echo", "--input=x", "--id=a"],
  ]

  @Test(
    arguments: aboutARun + [
      ["runs"], ["inbox"], ["resume", "--all"], ["prune", "--older-than=1d"], ["repair", "a"],
      ["team"],
    ])
  func aStoreThatCannotBeReadHasOneCode(_ command: [String]) async throws {
    try await StoreFolder.with { folder in
      try "no store".write(toFile: folder.store, atomically: true, encoding: .utf8)
      let result = await shell.call(command + ["--store", folder.store])
      #expect(result.code == .usage)
      #expect(result.errors.hasPrefix("error: "))
      #expect(result.errors.contains("Not a directory"), "\(result.errors)")
    }
  }

  @Test(
    arguments: [["runs"], ["inbox"], ["resume", "--all"], ["prune", "--older-than=1d"], ["team"]])
  func aFileInThePlaceOfTheRunsIsNoEmptyStore(_ command: [String]) async throws {
    try await StoreFolder.with { folder in
      try FileManager.default.createDirectory(
        atPath: folder.store, withIntermediateDirectories: false)
      try "no runs".write(toFile: folder.store + "/runs", atomically: true, encoding: .utf8)
      let result = await shell.call(command + ["--store", folder.store])
      #expect(result.code == .usage)
      #expect(result.errors.contains("Not a directory"), "\(result.errors)")
    }
  }

  @Test(arguments: aboutARun) func aRunThatCannotBeReadHasTheSame(_ command: [String]) async throws
  {
    try await StoreFolder.with { folder in
      let store = ["--store", folder.store]
      _ = await shell.call(["run", "echo", "--input=x", "--id=a"] + store)
      var bytes = try folder.journal("a")
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: folder.journalPath("a")))
      let result = await shell.call(command + store)
      #expect(result.code == .usage)
      #expect(result.errors.contains("the checksum does not fit the record"), "\(result.errors)")
    }
  }
}

import Foundation
import Testing
import Troupe
import TroupeCommand

@testable import TroupeRuntime

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

  /// Writes a journal in which one record is another one, with a checksum that fits.
  private func replace(
    _ index: Int, of run: String, in folder: StoreFolder,
    by change: (JournalRecord) -> JournalRecord
  ) throws {
    let bytes = Array(try folder.journal(run))
    let records = try JournalReader.read(bytes).records
    let lines = records.enumerated().flatMap { ($0 == index ? change($1) : $1).line }
    try Data(lines).write(to: URL(filePath: folder.journalPath(run)))
  }

  @Test(arguments: [["fork", "a", "--at=3"], ["show", "a"], ["resume", "a"]])
  func whatCannotBeIsToldWithItsFileAndLine(_ command: [String]) async throws {
    try await StoreFolder.with { folder in
      let store = ["--store", folder.store]
      _ = await shell.call(["run", "echo", "--input=x", "--id=a"] + store)
      try replace(1, of: "a", in: folder) { record in
        guard case .object(var members) = record.members else { return record }
        members["attempt"] = -1
        return JournalRecord(sequence: record.sequence, at: record.at, members: .object(members))
      }
      let result = await shell.call(command + store)
      #expect(result.code == .usage)
      #expect(
        result.errors.contains("journal-000001.jsonl:2: 'attempt' cannot be -1"),
        "\(result.errors)")
    }
  }

  @Test func aJournalBeginsWithItsFirstRecord() async throws {
    try await StoreFolder.with { folder in
      let store = ["--store", folder.store]
      _ = await shell.call(["run", "echo", "--input=x", "--id=a"] + store)
      let records = try JournalReader.read(Array(try folder.journal("a"))).records
      let later = records.flatMap { record in
        JournalRecord(sequence: record.sequence + 7, at: record.at, members: record.members).line
      }
      try Data(later).write(to: URL(filePath: folder.journalPath("a")))
      let result = await shell.call(["show", "a"] + store)
      #expect(result.code == .usage)
      #expect(result.errors.contains("does not begin with a record"), "\(result.errors)")
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

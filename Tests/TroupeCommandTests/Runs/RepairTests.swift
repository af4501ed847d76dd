import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

/// Journals that something has damaged.
@Suite struct RepairTests {
  private let shell = Shell(workflows: [Trip(), Echo()])

  /// A run that failed, with one byte of its record 4 changed.
  private func damaged(_ folder: StoreFolder) async throws {
    _ = await shell.call(
      "run", "trip", "--input", folder.ledger, "--set=fails=true", "--store", folder.store,
      "--id=a")
    var lines = try folder.journal("a").split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { Data($0) }
    lines[3][lines[3].count - 3] ^= 1
    try Data(lines.joined(separator: [UInt8(ascii: "\n")]))
      .write(to: URL(filePath: folder.journalPath("a")))
  }

  @Test func whatWouldBeLostIsShownAndNothingIsChanged() async throws {
    try await StoreFolder.with { folder in
      try await damaged(folder)
      let before = try folder.journal("a")
      let result = await shell.call("repair", "a", "--store", folder.store)
      #expect(result.code == .failed)
      #expect(result.output.hasPrefix("\(folder.journalPath("a"))\n  damaged  line 4, byte "))
      #expect(result.output.contains("\n  saved    records 1 to 3\n  lost     records 5 to "))
      #expect(result.output.contains("1 line that cannot be read ("))
      #expect(
        result.output.hasSuffix(
          "cut it off with: newsroom repair a --store \(folder.store) --cut\n"))
      #expect(try folder.journal("a") == before)
      #expect(await shell.call("resume", "a", "--store", folder.store).code == .usage)
    }
  }

  @Test func afterTheCutTheRunGoesOn() async throws {
    try await StoreFolder.with { folder in
      try await damaged(folder)
      let before = try folder.journal("a")
      let result = await shell.call("repair", "a", "--cut", "--store", folder.store)
      #expect(result.code == .done, "\(result)")
      #expect(
        result.output.hasSuffix("\nresume with: newsroom resume a --store \(folder.store)\n"))
      let kept = try Data(
        contentsOf: URL(filePath: "\(folder.store)/runs/a/journal-000001.cut-1"))
      #expect(before.suffix(kept.count) == kept)
      let history = try await Store.directory(folder.store).history(of: "a")
      #expect(history.records == 4)
      #expect(history.status == .interrupted)
      let journal = await shell.call("show", "a", "--journal", "--store", folder.store).output
      #expect(journal.contains(#""keptIn":"journal-000001.cut-1""#))
      let resumed = await shell.call("resume", "a", "--store", folder.store)
      #expect(resumed.code == .done, "\(resumed)")
      #expect(await shell.call("runs", "--store", folder.store).output.contains("completed"))
      let again = await shell.call("repair", "a", "--store", folder.store)
      #expect(again.code == .done)
      #expect(again.output == "nothing is damaged in run 'a'\n")
    }
  }

  @Test func aRunThatIsHeldIsNotCut() async throws {
    try await StoreFolder.with { folder in
      try await damaged(folder)
      let lock = try await PosixFiles().lock("\(folder.store)/runs/a/lock", note: "process 17")
      defer { lock.release() }
      let result = await shell.call("repair", "a", "--cut", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(result.errors.contains("is being run by process 17"))
      #expect(await shell.call("repair", "a", "--store", folder.store).code == .failed)
    }
  }

  @Test func whereNothingCanBeSavedNothingIsCut() async throws {
    try await StoreFolder.with { folder in
      try await damaged(folder)
      let path = folder.journalPath("a")
      try Data("no journal\n".utf8).write(to: URL(filePath: path))
      let shown = await shell.call("repair", "a", "--store", folder.store)
      #expect(shown.code == .failed)
      #expect(shown.output.contains("\n  saved    nothing\n"))
      #expect(!shown.output.contains("--cut"))
      let result = await shell.call("repair", "a", "--cut", "--store", folder.store)
      #expect(
        result.errors
          == "error: nothing of '\(path)' can be saved: it is damaged from its first record on\n")
      #expect(try folder.journal("a") == Data("no journal\n".utf8))
    }
  }

  @Test func aJournalThatIsWholeBesideAPlanThatIsNotIsSaidToBe() async throws {
    try await StoreFolder.with { folder in
      _ = await shell.call("run", "echo", "--input=x", "--store", folder.store, "--id=a")
      try "{}".write(
        toFile: "\(folder.store)/runs/a/plan.json", atomically: true, encoding: .utf8)
      let result = await shell.call("repair", "a", "--store", folder.store)
      #expect(result.code == .failed)
      #expect(result.errors.hasPrefix("error: the journal of run 'a' is whole, but: "))
    }
  }

  @Test func aLargeValueThatIsDamagedIsNamedAndHidesNothingElse() async throws {
    try await StoreFolder.with { folder in
      let long = String(repeating: "x", count: 70_000)
      let input = "\(folder.path)/input.txt"
      try long.write(toFile: input, atomically: true, encoding: .utf8)
      let ran = await shell.call(
        "run", "echo", "--input", "@\(input)", "--store", folder.store, "--id=a")
      #expect(ran.code == .done, "\(ran)")
      let payloads = "\(folder.store)/runs/a/payloads"
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: payloads).first)
      try "\"y\"".write(toFile: "\(payloads)/\(name)", atomically: true, encoding: .utf8)
      let repair = await shell.call("repair", "a", "--store", folder.store)
      #expect(repair.code == .failed)
      #expect(
        repair.errors.hasPrefix(
          "error: the journal of run 'a' is whole, but: '\(payloads)/\(name)' is damaged: "))
      let shown = await shell.call("show", "a", "--store", folder.store)
      #expect(shown.code == .done, "\(shown)")
      #expect(shown.output.contains("(cannot be read: '\(payloads)/\(name)' is damaged: "))
      #expect(shown.output.contains("workflow     echo\n"))
    }
  }
}

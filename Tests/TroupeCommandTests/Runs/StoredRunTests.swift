import Foundation
import Testing
import Troupe
import TroupeCommand

/// Runs that are kept, and what the command line says of them.
@Suite struct StoredRunTests {
  private let shell = Shell(workflows: [Trip(), Echo()])

  @Test func aRunWithoutAStoreLeavesNothingBehind() async throws {
    let result = await shell.call("run", "echo", "--input=x")
    #expect(result.code == .done)
    #expect(!result.errors.contains("run "))
    #expect(!FileManager.default.fileExists(atPath: ".troupe"))
    let refused = await shell.call("run", "echo", "--input=x", "--id=a")
    #expect(refused.code == .usage)
    #expect(refused.errors.hasPrefix("error: option '--id' needs '--store'"))
  }

  @Test func aRunInAStoreSaysItsIdentityAndIsListed() async throws {
    try await StoreFolder.with { folder in
      let result = await shell.call("run", "echo", "--input=x", "--store", folder.store)
      #expect(result.code == .done)
      #expect(result.output == "x\n")
      let words = result.errors.split(separator: " ")
      let id = try #require(words.first == "run" ? words.dropFirst().first : nil)
      #expect(result.errors.hasPrefix("run \(id) is kept in '\(folder.store)'\n"))
      let list = await shell.call("runs", "--store", folder.store)
      let lines = list.output.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines[0].hasPrefix("RUN               WORKFLOW  STATE             STARTED  "))
      #expect(lines[1].hasPrefix("\(id)  echo      ended: completed  20"))
      #expect(list.errors.isEmpty)
      let shown = await shell.call("show", String(id.prefix(8)), "--store", folder.store)
      #expect(shown.output.hasPrefix("run          \(id)\nworkflow     echo\nstate        ended"))
    }
  }

  @Test func theEnvironmentNamesTheStore() async throws {
    try await StoreFolder.with { folder in
      var shell = shell
      shell.environment["TROUPE_STORE"] = folder.store
      let result = await shell.call("run", "echo", "--input=x", "--id=a")
      #expect(result.errors.hasPrefix("run a is kept in "))
      #expect(await shell.call("runs").output.contains("\na "))
      #expect(await shell.call("runs", "--store=\(folder.path)/other").output.isEmpty)
      #expect(await shell.call("runs", "--store=").code == .usage)
    }
  }

  @Test func aStoreThatIsNoFolderIsNotTakenForAnEmptyOne() async throws {
    try await StoreFolder.with { folder in
      try "no store".write(toFile: folder.store, atomically: true, encoding: .utf8)
      for command in [["runs"], ["show", "a"]] {
        let result = await shell.call(command + ["--store", folder.store])
        #expect(result.code != .done)
        #expect(result.errors.contains("'\(folder.store)'"))
        #expect(result.errors.contains(": Not a directory"), "\(result)")
      }
    }
  }

  @Test func theSameIdentityGivesTheRecordedOutput() async throws {
    try await StoreFolder.with { folder in
      let arguments = ["run", "trip", "--input", folder.ledger, "--store", folder.store, "--id=a"]
      let first = await shell.call(arguments)
      let second = await shell.call(arguments)
      #expect(first.code == .done)
      #expect(second.code == .done)
      #expect(second.output == first.output)
      #expect(second.errors.isEmpty)
      #expect(folder.lines == ["pack", "drive"])
      let other = await shell.call(arguments + ["--set", "fails=true"])
      #expect(other.code == .usage)
      #expect(other.errors.contains("run 'a' was accepted with something else"))
      #expect(other.errors.contains("fails"))
    }
  }

  @Test func anIdentityThatCannotBeAFolderIsRefused() async throws {
    try await StoreFolder.with { folder in
      for id in ["../x", "", "a b", ".a", "-a"] {
        let result = await shell.call(
          "run", "echo", "--input=x", "--store", folder.store, "--id=\(id)")
        #expect(result.code == .usage)
        #expect(result.errors.contains("cannot be the identity of a run"))
      }
      #expect(!FileManager.default.fileExists(atPath: folder.store))
    }
  }

  @Test func aFailedRunSaysHowToGoOn() async throws {
    try await StoreFolder.with { folder in
      let result = await shell.call(
        "run", "trip", "--input", folder.ledger, "--set=fails=true", "--store", folder.store,
        "--id=a")
      #expect(result.code == .failed)
      #expect(
        result.errors.hasSuffix("\nresume with: newsroom resume a --store \(folder.store)\n"))
      let shown = await shell.call("show", "a", "--store", folder.store)
      #expect(shown.output.contains("state        stopped, because a step failed"))
      #expect(shown.output.contains("failed: a flat \\u{1B}[31mtyre\n"))
      #expect(shown.output.contains(#""\u{9B}2Jsocks""#))
      #expect(!shown.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
    }
  }

  @Test func everythingIsShownAsJSON() async throws {
    try await StoreFolder.with { folder in
      _ = await shell.call(
        "run", "trip", "--input", folder.ledger, "--store", folder.store, "--id=a")
      let list = try JSONValue(
        parsing: await shell.call("runs", "--json", "--store", folder.store).output)
      guard case .array(let runs) = list, let run = runs.first else {
        Issue.record("\(list)")
        return
      }
      #expect(run["id"] == "a")
      #expect(run["state"] == "ended")
      #expect(run["reason"] == "completed")
      let text = await shell.call("show", "a", "--json", "--store", folder.store).output
      #expect(text.contains("\\u009b2Jsocks"))
      let shown = try JSONValue(parsing: text)
      #expect(shown["output"] == "drove with 1 pair")
      guard case .array(let artifacts)? = shown["artifacts"] else { return }
      #expect(artifacts.map { $0["artifact"] } == ["ledger", "packed", "report"])
      #expect(artifacts[1]["value"] == ["\u{9B}2Jsocks"])
      #expect(artifacts[2]["by"] == "trip/drive")
      let journal = await shell.call("show", "a", "--journal", "--store", folder.store).output
      let records = try journal.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      #expect(records.first?["type"] == "accepted")
      #expect(records.last?["type"] == "ended")
      #expect(run["records"] == .integer(records.count))
    }
  }

  @Test func anEarlierStateIsShown() async throws {
    try await StoreFolder.with { folder in
      _ = await shell.call(
        "run", "trip", "--input", folder.ledger, "--store", folder.store, "--id=a")
      let shown = await shell.call("show", "a", "--at", "3", "--store", folder.store).output
      #expect(shown.contains("shown        as it was after record 3 of "))
      #expect(shown.contains("running"))
      #expect(!shown.contains("drive"))
      for (at, code) in [("0", ExitCode.usage), ("x", .usage), ("999", .usage)] {
        #expect(await shell.call("show", "a", "--at", at, "--store", folder.store).code == code)
      }
    }
  }

  @Test func aRunThatIsNotThereIsRefusedWithWhatComesNear() async throws {
    try await StoreFolder.with { folder in
      for id in ["abc1", "abc2", "other"] {
        _ = await shell.call("run", "echo", "--input=x", "--store", folder.store, "--id", id)
      }
      func errors(_ id: String) async -> String {
        let result = await shell.call("show", id, "--store", folder.store)
        #expect(result.code == .usage)
        return result.errors
      }
      #expect(await errors("abc").contains("begin with 'abc'\n  abc1, abc2\n"))
      #expect(await errors("abx1").contains("did you mean 'abc1'?"))
      #expect(await errors("zzz").hasSuffix("\n  'runs' lists them\n"))
      let none = await shell.call("show", "a", "--store", "\(folder.path)/none")
      #expect(none.errors.contains("it holds no runs"))
      #expect(await shell.call("show", "o", "--store", folder.store).code == .done)
    }
  }

  @Test func damagedRunsNeverStopTheList() async throws {
    try await StoreFolder.with { folder in
      for id in ["a", "b", "c"] {
        _ = await shell.call("run", "echo", "--input=x", "--store", folder.store, "--id", id)
      }
      var bytes = try folder.journal("b")
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: folder.journalPath("b")))
      try FileManager.default.removeItem(atPath: folder.journalPath("c"))
      let result = await shell.call("runs", "--store", folder.store)
      #expect(result.code == .done)
      #expect(result.output.contains("\na    echo      ended: completed"))
      #expect(result.output.contains("\nb    ?         damaged\nc    ?         damaged\n"))
      #expect(result.errors.contains("warning: run 'b': "))
      #expect(result.errors.contains("the checksum does not fit the record"))
      let shown = await shell.call("show", "b", "--store", folder.store)
      #expect(shown.code == .usage)
      #expect(shown.errors.contains("'troupe repair' shows what can be saved"))
    }
  }
}

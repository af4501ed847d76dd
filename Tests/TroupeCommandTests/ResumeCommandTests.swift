import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

/// Going on with runs that did not come to their ends.
@Suite struct ResumeCommandTests {
  private let shell = Shell(workflows: [Trip(), Echo()])

  private func start(_ folder: StoreFolder, _ id: String, fails: Bool = true) async {
    _ = await shell.call(
      "run", "trip", "--input", folder.ledger, "--set=fails=\(fails)", "--store", folder.store,
      "--id", id)
  }

  /// Takes all records but the first away, as if the process had ended there.
  private func interrupt(_ folder: StoreFolder, _ id: String) throws {
    let first = try folder.journal(id).prefix { $0 != UInt8(ascii: "\n") }
    try (first + [UInt8(ascii: "\n")]).write(to: URL(filePath: folder.journalPath(id)))
  }

  @Test func aRunThatFailedDoesTheFailedStepAgain() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      let result = await shell.call("resume", "a", "--store", folder.store)
      #expect(result.code == .done, "\(result.errors)")
      #expect(result.output == "drove with 1 pair\n")
      #expect(result.errors.hasPrefix("run a goes on after record "))
      #expect(!result.errors.contains("pack"), "what an earlier process did is not told again")
      #expect(result.errors.contains("drive  started"))
      #expect(folder.lines == ["pack", "drive", "drive"])
    }
  }

  @Test func aRunThatHasEndedGivesItsOutput() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a", fails: false)
      let result = await shell.call("resume", "a", "--store", folder.store)
      #expect(result.code == .done)
      #expect(result.output == "drove with 1 pair\n")
      #expect(result.errors.isEmpty)
      let elsewhere = await Shell(workflows: [Echo()]).call(
        "resume", "a", "--store", folder.store)
      #expect(elsewhere.output == "\"drove with 1 pair\"\n")
    }
  }

  @Test func aWorkflowThatIsNotHereIsRefused() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      let result = await Shell(workflows: [Echo()]).call("resume", "a", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(
        result.errors == """
          error: run 'a' is one of workflow 'trip', which newsroom does not have
            resume it with the executable that started it; here there is: echo

          """)
    }
  }

  /// The same workflow, later.
  private struct Changed: Workflow {
    let input = Artifact<String>("ledger")
    let output = Artifact<String>("report")
    var name: String { "trip" }
    var body: some Step { Stage("fly", reads: input, writes: output) { $0 } }
  }

  @Test func aPlanThatHasChangedIsRefusedWithTheDifferences() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      let before = try folder.journal("a")
      let result = await Shell(workflows: [Changed()]).call("resume", "a", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(result.errors.hasPrefix("error: run 'a' was accepted with something else"))
      #expect(result.errors.contains("trip/fly"))
      #expect(result.errors.contains("trip/drive"))
      #expect(try folder.journal("a") == before)
    }
  }

  @Test func aRunThatIsHeldIsRefusedWithItsHolder() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      let lock = try await PosixFiles().lock("\(folder.store)/runs/a/lock", note: "process 17")
      defer { lock.release() }
      let result = await shell.call("resume", "a", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(
        result.errors
          == "error: run 'a' is being run by process 17; wait for it, or stop it first\n")
      let again = await shell.call(
        "run", "trip", "--input", folder.ledger, "--set=fails=true", "--store", folder.store,
        "--id=a")
      #expect(again.code == .usage)
      #expect(again.errors == result.errors)
    }
  }

  @Test func wrongUsageIsRefused() async throws {
    try await StoreFolder.with { folder in
      for arguments in [[], ["a", "--all"], ["a", "--failed"]] {
        let result = await shell.call(["resume", "--store", folder.store] + arguments)
        #expect(result.code == .usage, "\(arguments)")
        #expect(result.errors.contains("usage: newsroom resume [RUN]"))
      }
    }
  }

  @Test func allThatWereInterruptedGoOn() async throws {
    try await StoreFolder.with { folder in
      for id in ["c", "a", "b", "d"] { await start(folder, id, fails: id == "c") }
      try interrupt(folder, "a")
      try interrupt(folder, "b")
      var bytes = try folder.journal("d")
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: folder.journalPath("d")))
      let result = await shell.call("resume", "--all", "--store", folder.store)
      #expect(result.code == .done, "\(result)")
      let lines = Set(result.output.split(separator: "\n").map(String.init))
      #expect(lines.contains("a  trip  done"))
      #expect(lines.contains("b  trip  done"))
      #expect(lines.contains("c  trip  skipped: a step failed; '--failed' goes on with it"))
      #expect(lines.contains { $0.hasPrefix("d  ?  skipped: ") })
      let failed = await shell.call("resume", "--all", "--failed", "--store", folder.store)
      #expect(failed.output.contains("c  trip  done\n"))
      #expect(failed.output.contains("a  trip  skipped: it is ended: completed\n"))
    }
  }

  @Test func whatCannotGoOnIsSaidAndEndsWithOne() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      try interrupt(folder, "a")
      let unknown = await Shell(workflows: [Echo()]).call(
        "resume", "--all", "--store", folder.store)
      #expect(unknown.code == .done)
      #expect(unknown.output == "a  trip  skipped: this executable does not have its workflow\n")
      let changed = await Shell(workflows: [Changed()]).call(
        "resume", "--all", "--store", folder.store)
      #expect(changed.code == .failed)
      #expect(changed.output.hasPrefix("a  trip  failed: run 'a' was accepted with something else"))
    }
  }

  @Test func aRunThatDoesNotGetFurtherIsStopped() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      try interrupt(folder, "a")
      let store = Store.directory(folder.store)
      let plan = try Trip().compile().plan
      let root = Address(node: 0, in: nil, plan: plan.nodes)
      let reader = RecordWriter.members { $0.add("process", 1) }
      var body = RecordWriter(type: "resumed")
      body.add("address", root.description)
      body.add(members: reader)
      var bytes = try folder.journal("a")
      let last = try await store.history(of: "a").records
      #expect(last == 1)
      for number in 1...5 {
        bytes += JournalWriter.bytes(
          of: [(last + number, body.bytes)], durable: last + number - 1, at: Date())
      }
      try bytes.write(to: URL(filePath: folder.journalPath("a")))
      let result = await shell.call("resume", "a", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(result.errors.hasPrefix("error: run 'a' was opened 5 times in a row"))
      let all = await shell.call("resume", "--all", "--store", folder.store)
      #expect(all.output == "a  trip  skipped: it did not get further; 'resume' it by itself\n")
      #expect(await shell.call("runs", "--store", folder.store).output.contains("stopped: idle"))
      _ = await shell.call("resume", "a", "--store", folder.store)
      #expect(folder.lines.suffix(2) == ["pack", "drive"])
    }
  }
}

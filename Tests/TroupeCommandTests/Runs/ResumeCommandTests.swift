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

  /// The same workflow, with a step after those that have begun.
  private struct Longer: Workflow {
    var trip = Trip()
    let input = Artifact<String>("ledger")
    let output = Artifact<String>("report")
    var name: String { "trip" }
    var parameters: Trip.Parameters {
      get { trip.parameters }
      set { trip.parameters = newValue }
    }
    var body: some Step {
      trip.body
      Stage("boast", reads: output, writes: output) { "we \($0)" }
    }
  }

  @Test func aChangeThatFitsGoesOnOnceItIsAccepted() async throws {
    try await StoreFolder.with { folder in
      await start(folder, "a")
      let shell = Shell(workflows: [Longer()])
      let refused = await shell.call("resume", "a", "--store", folder.store)
      #expect(refused.code == .usage)
      #expect(refused.errors.contains("+ trip/boast: stage, reads report, writes report"))
      #expect(refused.errors.contains("'--accept-changes' on the command line"))
      let result = await shell.call("resume", "a", "--accept-changes", "--store", folder.store)
      #expect(result.code == .done, "\(result.errors)")
      #expect(result.output == "we drove with 1 pair\n")
      #expect(folder.lines == ["pack", "drive", "drive"])
    }
  }

  private struct Climb: Workflow {
    let input = Artifact<Int>("start")
    let output = Artifact<Int>("height")
    var body: some Step {
      Stage("begin", reads: input, writes: output) { $0 }
      Repeat("rise", output, upTo: 2, until: { $0 >= 5 }) {
        Stage("more", reads: output, writes: output) { $0 + 1 }
      }
      .timeout(.seconds(60)).deadline(.seconds(600))
    }
  }

  @Test func aLimitThatEndedARunIsRaised() async throws {
    try await StoreFolder.with { folder in
      let shell = Shell(workflows: [Climb()])
      let failed = await shell.call(
        "run", "climb", "--input", "1", "--store", folder.store, "--id", "a")
      #expect(failed.code == .failed)
      #expect(failed.errors.hasSuffix("or with a larger limit: --limit 'climb/rise=rounds:4'\n"))
      func resume(_ limit: String) async -> Shell.Result {
        await shell.call("resume", "a", "--limit", limit, "--store", folder.store)
      }
      for (limit, message) in [
        ("climb/rise", "option '--limit' takes PATH=VALUE, not 'climb/rise'"),
        ("climb/ris=5", "'climb' has no step 'climb/ris'; did you mean 'climb/rise'?"),
        ("climb/rise=often", "'often' is no value of a limit"),
        ("climb/rise=round:5", "'round' is no kind of limit"),
        ("climb/rise=5 min", "'climb/rise' has several limits; say which is meant: "),
        ("climb/begin=5", "'climb/begin' has no limit that could be '5'"),
        ("climb/rise=1", "it has 2 rounds already, and limits are only raised"),
        ("climb/begin=rounds:5", "it is no loop"),
      ] {
        let result = await resume(limit)
        #expect(result.code == .usage, "\(limit)")
        #expect(result.errors.contains(message), "\(result.errors)")
      }
      #expect(await resume("climb/rise=rounds:3").code == .failed)
      let done = await resume("climb/rise=4")
      #expect(done.code == .done, "\(done.errors)")
      #expect(done.output == "5\n")
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
      for arguments in [
        [], ["a", "--all"], ["a", "--failed"], ["--all", "--accept-changes"],
        ["--all", "--limit", "a=1"],
      ] {
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

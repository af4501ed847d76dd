import Foundation
import Testing
import TroupeCommand

/// Saying something to runs from the command line.
@Suite(.timeLimit(.minutes(10))) struct LetterCommandTests {
  private let newsroom = Executable(name: "TroupeNewsroom")

  @Test func aRunThatOnlyWaitsStopsAndGoesOn() async throws {
    try await StoreFolder.with { folder in
      func call(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
        try newsroom.start(arguments + ["--store", "kept"], in: folder.path).end()
      }
      let run = try call(
        "run", "tally", "--input", "1", "--set", "count=2", "--id", "a", "--until-waiting")
      #expect(run.code == ExitCode.waiting.rawValue, "\(run.errors)")
      #expect(
        run.errors.hasSuffix(
          """
            'tally/collect/rounds[1]/number' waits for signal 'number'
          signal with: TroupeNewsroom signal a number --value '0' --store kept
          resume with: TroupeNewsroom resume a --store kept

          """), "\(run.errors)")
      #expect(try call("runs").output.contains("waiting"))
      let first = try call("signal", "a", "number", "--value", "4", "--id", "one")
      #expect(first.code == 0, "\(first.errors)")
      #expect(
        first.output == "handed in to run 'a': signal 'number'; it takes it when it is resumed\n")
      #expect(try call("signal", "a", "number", "--value", "4", "--id", "one").code == 0)
      let again = try call("resume", "a", "--until-waiting")
      #expect(again.code == ExitCode.waiting.rawValue)
      #expect(again.errors.contains("rounds[2]"))
      let known = try call("signal", "a", "number", "--value", "4", "--id", "one")
      #expect(known.output == "run 'a' has taken signal 'number'\n")
      let wrong = try call("signal", "a", "number", "--value", "\"many\"")
      #expect(wrong.code == ExitCode.usage.rawValue)
      #expect(wrong.errors.hasPrefix("error: the payload of signal 'number' cannot be used"))
      let unknown = try call("signal", "a", "nmber")
      #expect(
        unknown.errors
          == "error: no step of the run waits for signal 'nmber'; did you mean 'number'?\n")
      try "5".write(toFile: "\(folder.path)/five", atomically: true, encoding: .utf8)
      #expect(try call("signal", "a", "number", "--value", "@five").code == 0)
      let end = try call("resume", "a")
      #expect(end.output == "[4,5]\n" || end.output == "[\n  4,\n  5\n]\n", "\(end.output)")
      let late = try call("signal", "a", "number", "--value", "4")
      #expect(late.code == ExitCode.usage.rawValue)
      #expect(late.errors == "error: signal 'number' comes too late: the run has ended\n")
    }
  }

  @Test func aRunIsCancelledWhereItRunsAndWhereItDoesNot() async throws {
    try await StoreFolder.with { folder in
      func call(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
        let other = folder.path + "/other"
        try FileManager.default.createDirectory(
          atPath: other, withIntermediateDirectories: true)
        return try newsroom.start(arguments + ["--store", folder.path + "/kept"], in: other).end()
      }
      _ = try call("run", "tally", "--input", "1", "--id", "a", "--until-waiting")
      #expect(try call("cancel", "a", "--why", "over", "--from", "Ann").code == 0)
      let resumed = try call("resume", "a")
      #expect(resumed.code == ExitCode.failed.rawValue)
      #expect(resumed.errors.contains("was cancelled, which is for good"))
      #expect(try !call("show", "a").output.contains("waits for signal"))
      #expect(
        try call("cancel", "a").errors == "error: run 'a' has already ended: it was cancelled\n")

      let running = try newsroom.start(
        ["run", "tally", "--input", "1", "--id", "b", "--store", "kept"], in: folder.path)
      while try !call("show", "b").output.contains("waits") {
        try await Task.sleep(for: .milliseconds(20))
      }
      let cancel = try call("cancel", "b", "--wait")
      #expect(cancel.output == "run 'b' has taken its cancellation\n", "\(cancel.errors)")
      #expect(running.end().code == ExitCode.failed.rawValue)
      #expect(try call("runs").output.contains("ended: cancelled"))
    }
  }

  @Test func workInDoubtIsSettled() async throws {
    try await StoreFolder.with { folder in
      func call(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
        try newsroom.start(arguments + ["--store", "kept"], in: folder.path).end()
      }
      let run = try call("run", "shop", "--input", "5", "--id", "a")
      #expect(run.code == ExitCode.failed.rawValue)
      #expect(run.errors.contains("is in doubt"))
      #expect(try call("settle", "a", "shop/charge", "--not-done").code == ExitCode.usage.rawValue)
      #expect(
        try call("settle", "a", "shop/charge", "--why", "so").code == ExitCode.usage.rawValue)
      let nothing = try call("settle", "a", "shop", "--abort", "--why", "so")
      #expect(
        nothing.errors == "error: nothing is in doubt at 'shop'; in doubt is 'shop/charge'\n")
      let done = try call("settle", "a", "shop/charge", "--done", "--why", "so")
      #expect(done.errors == "error: the output of 'shop/charge' cannot be used: none was given\n")
      let settled = try call(
        "settle", "a", "shop/charge", "--output", "receipt 17", "--why", "seen", "--from", "Ann")
      #expect(settled.code == 0, "\(settled.errors)")
      let resumed = try call("resume", "a")
      #expect(resumed.output == "receipt 17\n", "\(resumed.errors)")
      let shown = try call("show", "a", "--journal")
      #expect(shown.output.contains(#""why":"seen""#))
      #expect(shown.output.contains(#""by":"Ann""#))

      _ = try call("run", "shop", "--input", "5", "--id", "b")
      #expect(try call("settle", "b", "shop/charge", "--abort", "--why", "lost").code == 0)
      let aborted = try call("resume", "b")
      #expect(aborted.code == ExitCode.failed.rawValue)
      #expect(aborted.errors.contains("because 'shop/charge' is in doubt: lost"))
    }
  }

  @Test func ofFiftyProcessesThatSendAtOnceNoneIsLost() async throws {
    try await StoreFolder.with { folder in
      let count = 50
      func start(_ arguments: [String], _ name: String) throws -> Executable.Running {
        let own = "\(folder.path)/\(name)"
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        return try newsroom.start(arguments + ["--store", "\(folder.path)/kept"], in: own)
      }
      func run() throws -> Executable.Running {
        try start(["run", "tally", "--input=1", "--set=count=\(count)", "--id=a"], "run")
      }
      func received() -> Int {
        let journal = (try? folder.journal("a", in: "kept")) ?? Data()
        return String(decoding: journal, as: UTF8.self).split(separator: "\n")
          .count { $0.contains(#""type":"received""#) }
      }
      var running = try run()
      while (try? folder.journal("a", in: "kept")) == nil {
        try await Task.sleep(for: .milliseconds(10))
      }
      let senders = try (1...count).map { number in
        try start(
          ["signal", "a", "number", "--value=\(number)", "--id=s\(number)"], "sender\(number)")
      }
      // The run is killed and started again while they send.
      for limit in [10, 30] {
        while received() < limit { try await Task.sleep(for: .milliseconds(10)) }
        kill(running.process.processIdentifier, SIGKILL)
        _ = running.end()
        running = try run()
      }
      for sender in senders {
        let end = sender.end()
        #expect(end.code == 0, "\(end.errors)")
      }
      let end = running.end()
      #expect(end.code == 0, "\(end.errors)")
      let numbers = try JSONDecoder().decode([Int].self, from: Data(end.output.utf8))
      #expect(numbers == Array(1...count))
      #expect(received() == count)
    }
  }
}

extension StoreFolder {
  /// What the journal of a run holds in a store of another name.
  fileprivate func journal(_ id: String, in store: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(path)/\(store)/runs/\(id)/journal-000001.jsonl"))
  }
}

import Foundation
import Testing
import TroupeCommand

/// Processes that are ended in the middle of a run, and others that go on with it.
@Suite(.timeLimit(.minutes(10))) struct KillTests {
  private let newsroom = Executable(name: "TroupeNewsroom")

  private func errand(_ folder: StoreFolder) async throws -> Executable.Running {
    try await newsroom.startErrand(in: folder, "--store", "kept", "--id=a", "--grace=0s")
  }

  @Test func aRunWhoseProcessIsKilledGoesOnInAnother() async throws {
    try await StoreFolder.with { folder in
      let running = try await errand(folder)
      let held = try newsroom.run("resume", "a", "--store", "kept", in: folder.path)
      #expect(held.code == 2)
      #expect(
        held.errors.contains(
          "run 'a' is being run by process \(running.process.processIdentifier);"))
      #expect(
        try newsroom.run("runs", "--store", "kept", in: folder.path).output
          .contains("a    errand    running"))
      kill(running.process.processIdentifier, SIGKILL)
      _ = running.end()
      let list = try newsroom.run("runs", "--store", "kept", in: folder.path)
      #expect(list.output.contains("a    errand    interrupted"))
      let shown = try newsroom.run("show", "a", "--store", "kept", in: folder.path)
      #expect(shown.output.contains("in doubt"))
      try folder.open()
      let resumed = try newsroom.run("resume", "a", "--store", "kept", in: folder.path)
      #expect(resumed.code == 0, "\(resumed.errors)")
      #expect(resumed.output == "delivered a bag of apples\n")
      #expect(folder.lines == ["pack", "buy", "buy", "deliver"])
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func aRunThatIsAskedToStopSaysHowToGoOn(signal: Int32) async throws {
    try await StoreFolder.with { folder in
      let running = try await errand(folder)
      kill(running.process.processIdentifier, signal)
      let stopped = running.end()
      #expect(stopped.code == ExitCode.resumable.rawValue)
      #expect(stopped.output.isEmpty)
      #expect(
        stopped.errors.hasSuffix(
          """
          : 1 stage
            was running: buy
            not started: deliver
          resume with: TroupeNewsroom resume a --store kept

          """), "\(stopped.errors)")
      let list = try newsroom.run("runs", "--store", "kept", in: folder.path)
      #expect(list.output.contains("stopped: asked"))
      try folder.open()
      let resumed = try newsroom.run("resume", "--all", "--store", "kept", in: folder.path)
      #expect(resumed.code == 0)
      #expect(resumed.output == "a  errand  done\n")
      #expect(folder.lines == ["pack", "buy", "buy", "deliver"])
    }
  }

  @Test func resumingAllStopsInTheSameWay() async throws {
    try await StoreFolder.with { folder in
      let first = try await errand(folder)
      kill(first.process.processIdentifier, SIGKILL)
      _ = first.end()
      let all = try newsroom.start(
        ["resume", "--all", "--store", "kept", "--grace=0s"], in: folder.path)
      while folder.lines.count(where: { $0 == "buy" }) < 2 {
        try #require(all.process.isRunning)
        try await Task.sleep(for: .milliseconds(10))
      }
      kill(all.process.processIdentifier, SIGTERM)
      let stopped = all.end()
      #expect(stopped.code == ExitCode.resumable.rawValue)
      #expect(stopped.output == "a  errand  stopped\n")
      #expect(
        stopped.errors == """
          stopping; once more leaves at once
          resume with: TroupeNewsroom resume --all --store kept

          """)
    }
  }
}

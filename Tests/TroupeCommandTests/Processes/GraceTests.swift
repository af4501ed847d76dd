import Foundation
import Testing
import TroupeCommand

/// Processes that are asked to end in the middle of a run, and give what is at work some time.
@Suite(.timeLimit(.minutes(10))) struct GraceTests {
  private let newsroom = Executable(name: "TroupeNewsroom")

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func whatEndsInTimeIsKeptAndNotDoneAgain(signal: Int32) async throws {
    try await StoreFolder.with { folder in
      let running = try await newsroom.startErrand(
        in: folder, "--store", "kept", "--id=a", "--grace", "1 h")
      running.send(signal)
      try await running.untilSaid("stopping within 1:00:00", in: folder)
      try folder.open()
      let stopped = running.end()
      #expect(stopped.code == ExitCode.resumable.rawValue)
      #expect(stopped.output.isEmpty)
      #expect(
        stopped.errors.hasSuffix(
          """
          : 2 stages
            not started: deliver
          resume with: TroupeNewsroom resume a --store kept

          """), "\(stopped.errors)")
      #expect(folder.lines == ["pack", "buy"])
      let list = try newsroom.run("runs", "--store", "kept", in: folder.path)
      #expect(list.output.contains("stopped: asked"))
      let resumed = try newsroom.run("resume", "a", "--store", "kept", in: folder.path)
      #expect(resumed.output == "delivered a bag of apples\n")
      #expect(folder.lines == ["pack", "buy", "deliver"])
    }
  }

  @Test func whatTakesLongerIsDoneAgain() async throws {
    try await StoreFolder.with { folder in
      let running = try await newsroom.startErrand(
        in: folder, "--store", "kept", "--id=a", "--grace", "100 ms")
      running.send(SIGTERM)
      let stopped = running.end()
      #expect(stopped.code == ExitCode.resumable.rawValue)
      #expect(stopped.errors.contains("\n  was running: buy\n"))
      try folder.open()
      let resumed = try newsroom.run("resume", "a", "--store", "kept", in: folder.path)
      #expect(resumed.output == "delivered a bag of apples\n")
      #expect(folder.lines == ["pack", "buy", "buy", "deliver"])
    }
  }

  @Test func aSecondSignalEndsItAtOnce() async throws {
    try await StoreFolder.with { folder in
      let running = try await newsroom.startErrand(
        in: folder, "--store", "kept", "--id=a", "--grace", "1 h")
      running.send(SIGTERM)
      try await running.untilSaid("stopping within 1:00:00; Ctrl-C leaves at once", in: folder)
      running.send(SIGINT)
      let stopped = running.end()
      #expect(stopped.code == ExitCode.resumable.rawValue)
      #expect(stopped.errors.hasSuffix("\nresume with: TroupeNewsroom resume a --store kept\n"))
      let list = try newsroom.run("runs", "--store", "kept", in: folder.path)
      #expect(list.output.contains("a    errand    interrupted"))
      try folder.open()
      let resumed = try newsroom.run("resume", "a", "--store", "kept", in: folder.path)
      #expect(resumed.code == 0)
      #expect(folder.lines == ["pack", "buy", "buy", "deliver"])
    }
  }

  @Test(arguments: [(SIGTERM, ExitCode.terminated), (SIGINT, .interrupted)])
  func aRunThatIsNotKeptIsCancelledAtOnce(signal: Int32, code: ExitCode) async throws {
    try await StoreFolder.with { folder in
      let running = try await newsroom.startErrand(in: folder)
      running.send(signal)
      let stopped = running.end()
      #expect(stopped.code == code.rawValue)
      #expect(stopped.errors.contains("was running: buy\n"))
      #expect(!stopped.errors.contains("resume"))
      #expect(!stopped.errors.contains("within"))
      #expect(folder.lines == ["pack", "buy"])
    }
  }

  @Test func allRunsThatAreGoneOnWithAreStoppedInTheSameWay() async throws {
    try await StoreFolder.with { folder in
      let first = try await newsroom.startErrand(in: folder, "--store", "kept", "--id=a")
      first.send(SIGKILL)
      _ = first.end()
      let all = try newsroom.start(
        ["resume", "--all", "--store", "kept", "--grace", "1 h"], in: folder.path)
      try await all.until { folder.lines.count { $0 == "buy" } == 2 }
      all.send(SIGTERM)
      try await all.untilSaid("stopping within 1:00:00; once more leaves at once\n", in: folder)
      try folder.open()
      let stopped = all.end()
      #expect(stopped.code == ExitCode.resumable.rawValue)
      #expect(stopped.output == "a  errand  stopped\n")
      #expect(folder.lines == ["pack", "buy", "buy"])
      #expect(try newsroom.run("resume", "a", "--store", "kept", in: folder.path).code == 0)
      #expect(folder.lines == ["pack", "buy", "buy", "deliver"])
    }
  }

  @Test func aGraceThatIsNoTimeIsRefused() async {
    let shell = Shell(workflows: [Trip()])
    for grace in ["soon", "-1 s", ""] {
      let result = await shell.call(
        "run", "trip", "--input=x", "--store=/no/such", "--grace=\(grace)")
      #expect(result.code == .usage)
      #expect(result.errors.hasPrefix("error: option '--grace' "), "\(result.errors)")
    }
    let result = await shell.call("run", "trip", "--input=x", "--grace=1s")
    #expect(
      result.errors.hasPrefix(
        "error: option '--grace' needs '--store': it is for runs that are kept"))
  }
}

import Testing

@testable import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct CommandTests {
  private func shell(
    _ script: String, _ input: Command.Input = .none, environment: [String: String] = [:],
    directory: String? = nil, _ change: (inout Command.Limits) -> Void = { _ in }
  ) -> Command {
    var limits = Command.Limits()
    limits.grace = .milliseconds(50)
    limits.drain = .milliseconds(100)
    change(&limits)
    return Command(
      "/bin/sh", arguments: [Array("-c".utf8), Array(script.utf8)],
      environment: environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own },
      directory: directory, input: input, limits: limits)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func aCommandGivesItsOutputAndItsExitCode() async throws {
    let result = try await shell("echo out; echo err >&2; exit 3").run()
    #expect(text(result.output) == "out\n")
    #expect(text(result.errorTail) == "err\n")
    #expect(result.status == .exited(3))
  }

  @Test func aSignalIsToldFromAnExit() async throws {
    #expect(try await shell("kill -9 $$").run().status == .signalled(SIGKILL))
  }

  @Test func theInputReachesTheChild() async throws {
    let bytes = [UInt8](repeating: 7, count: 3_000_000)
    let result = try await shell("cat", .bytes(bytes)).run()
    #expect(result.output == bytes)
  }

  @Test func whatIsReadAsideComesBesideTheInput() async throws {
    var command = shell("cat /dev/fd/3; cat; ls /dev/fd/4 2>/dev/null", .bytes(Array("in".utf8)))
    command.aside = [UInt8](repeating: UInt8(ascii: "a"), count: Command.asideLimit)
    let output = try await command.run().output
    #expect(output == (command.aside ?? []) + Array("in".utf8))
    command.aside?.append(0)
    await #expect(throws: CommandError.self) { try await command.run() }
  }

  @Test func aChildThatNeverReadsItsInputDoesNoHarm() async throws {
    let bytes = [UInt8](repeating: 7, count: 10_000_000)
    let result = try await shell("echo done", .bytes(bytes)).run()
    #expect(text(result.output) == "done\n")
  }

  @Test func inputAndOutputCanBeStreamed() async throws {
    let left = Lock(1_000)
    let total = Lock(0)
    let command = shell(
      "cat",
      .stream {
        let index = left.withLock { left in
          left -= 1
          return left
        }
        return index < 0 ? nil : [UInt8](repeating: 1, count: 1_000)
      })
    _ = try await command.run { piece in total.withLock { $0 += piece.count } }
    #expect(total.withLock { $0 } == 1_000_000)
  }

  @Test func ofMuchOnStandardErrorOnlyTheEndIsKept() async throws {
    let result = try await shell("head -c 10000000 /dev/zero >&2; echo last >&2") {
      $0.errorTail = 100
    }.run()
    #expect(result.errorTail.count == 100)
    #expect(text(result.errorTail).hasSuffix("last\n"))
  }

  @Test func tooMuchOutputEndsTheCommand() async throws {
    let error = await #expect(throws: CommandError.self) {
      try await shell("cat /dev/zero") { $0.output = 1_000_000 }.run()
    }
    #expect(
      error?.description
        == "'/bin/sh' was ended because it wrote more than 1000000 bytes, its limit")
  }

  /// Has ended, and been seen to, before its output comes.
  private func lateWriter() -> Command {
    shell("trap '' TERM; (while kill -0 $$ 2> /dev/null; do :; done; echo late) & exit 0") {
      $0.output = 3
      $0.drain = .seconds(600)
      $0.grace = .seconds(600)
    }
  }

  @Test func tooMuchOutputIsSaidAlsoOfACommandThatHasEnded() async throws {
    let error = await #expect(throws: CommandError.self) { try await lateWriter().run() }
    #expect(
      error?.description == "'/bin/sh' was ended because it wrote more than 3 bytes, its limit")
  }

  @Test func outputThatIsRefusedIsNoSuccessAlsoOfACommandThatHasEnded() async throws {
    struct Refusal: Error {}
    let error = await #expect(throws: CommandError.self) {
      try await lateWriter().run { _ in throw Refusal() }
    }
    guard case .refused = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aChildThatIgnoresSIGTERMIsKilledAfterTheGrace() async throws {
    let error = await #expect(throws: CommandError.self) {
      try await shell("trap '' TERM; echo started >&2; while :; do sleep 1; done") {
        $0.time = .milliseconds(100)
      }.run()
    }
    #expect(error?.kind == .timedOut(.milliseconds(100)))
  }

  @Test func aGrandchildThatKeepsThePipeOpenDoesNotHoldTheCommand() async throws {
    let result = try await shell("(trap '' TERM HUP; sleep 1000) & echo $!").run()
    #expect(result.status == .exited(0))
    let grandchild = try #require(Int32(text(result.output).dropLast()))
    #expect(isGone(grandchild))
  }

  @Test func aChildThatClosesItsOutputAndGoesOnIsWaitedFor() async throws {
    let result = try await shell("exec >&- 2>&-; sleep 0.1; exit 4").run()
    #expect(result.status == .exited(4))
  }

  @Test func cancellingEndsTheWholeGroup() async throws {
    let started = Latch()
    let grandchild = Lock<Int32>(0)
    let command = shell("sleep 1000 & echo $!; wait")
    let task = Task {
      try await command.run { piece in
        let number = Int32(String(decoding: piece, as: UTF8.self).dropLast()) ?? 0
        grandchild.withLock { $0 = number }
        started.arrive()
      }
    }
    await started.untilArrived()
    task.cancel()
    let error = await #expect(throws: CommandError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(isGone(grandchild.withLock { $0 }))
  }

  @Test func theEnvironmentIsExactlyTheOneGiven() async throws {
    let command = Command(
      "/usr/bin/env", environment: ["ONLY": "this one", "PATH": "/usr/bin"])
    #expect(try await text(command.run().output) == "ONLY=this one\nPATH=/usr/bin\n")
  }

  @Test func argumentsNeedNotBeText() async throws {
    let command = Command(
      "printf", arguments: [Array("%s".utf8), [0x66, 0xFF, 0x6F]],
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(try await command.run().output == [0x66, 0xFF, 0x6F])
  }

  @Test func aCommandRunsInTheDirectoryGiven() async throws {
    #expect(try await text(shell("pwd -P", directory: "/usr").run().output) == "/usr\n")
  }

  @Test func whatCannotBeStartedIsNamed() async throws {
    func message(_ command: Command) async -> String {
      do {
        _ = try await command.run()
        return "started"
      } catch {
        return error.description
      }
    }
    #expect(
      await message(Command("no-such-tool", environment: ["PATH": "/usr/bin:/bin"]))
        == "there is no executable 'no-such-tool' in PATH (/usr/bin:/bin); "
        + "install it, or give its path")
    #expect(await message(Command("/no/such")) == "there is no file '/no/such'")
    #expect(
      await message(Command("/etc/passwd"))
        == "'/etc/passwd' is not executable; make it so with chmod +x")
    #expect(
      await message(shell("true", directory: "/etc/passwd"))
        == "'/bin/sh' cannot be started in '/etc/passwd', which is no directory")
  }

  #if os(Linux)
    @Test func theChildInheritsNoDescriptors() async throws {
      try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<16 {
          group.addTask { try await text(shell("ls /proc/self/fd").run().output) }
        }
        // 3 is the directory that ls itself reads.
        for try await listing in group { #expect(listing == "0\n1\n2\n3\n") }
      }
    }
  #endif

  @Test func anIgnoredSignalIsDefaultInTheChild() async throws {
    signal(SIGUSR1, SIG_IGN)
    defer { signal(SIGUSR1, SIG_DFL) }
    #expect(try await shell("kill -USR1 $$; sleep 1").run().status == .signalled(SIGUSR1))
  }

  @Test func manyCommandsAtOnceAllEnd() async throws {
    DescriptorLimit.raise()
    try await withThrowingTaskGroup(of: CommandResult.Status.self) { group in
      for _ in 0..<100 { group.addTask { try await shell("exit 5").run().status } }
      for try await status in group { #expect(status == .exited(5)) }
    }
  }

  /// Whether a process is gone, or only waits for whoever inherits orphans to reap it.
  private func isGone(_ process: Int32) -> Bool { ProcessTable.process(process)?.isOver ?? true }
}

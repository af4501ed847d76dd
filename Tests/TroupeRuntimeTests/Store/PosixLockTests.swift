import Foundation
import Testing
import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Locks between processes.
@Suite(.timeLimit(.minutes(10))) struct PosixLockTests {
  private let files = PosixFiles()

  private func perl(_ script: String, _ path: String) -> Command {
    Command(
      "perl", arguments: ["-MFcntl=:flock", "-e", script, path].map { Array($0.utf8) },
      environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func anotherProcessIsKeptOut() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/lock"
      let attempt = perl(
        #"open(F, "+<", $ARGV[0]) or die; print flock(F, LOCK_EX | LOCK_NB) ? "got it" : "no""#,
        path)
      let lock = try await files.lock(path, note: "us")
      #expect(try await String(decoding: attempt.run().output, as: UTF8.self) == "no")
      lock.release()
      #expect(try await String(decoding: attempt.run().output, as: UTF8.self) == "got it")
    }
  }

  @Test func weAreKeptOutByAnotherProcessUntilItEndsHoweverThatIs() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/lock"
      let holder = perl(
        #"""
        $| = 1;
        open(F, ">", $ARGV[0]) or die; flock(F, LOCK_EX) or die;
        syswrite(F, "process of perl"); print "held\n"; sleep 1000
        """#, path)
      let held = Latch()
      let holding = Task { try await holder.run { _ in held.arrive() } }
      await held.untilArrived()
      let error = await #expect(throws: FileIsLocked.self) {
        try await files.lock(path, note: "us")
      }
      #expect(error?.note == "process of perl")
      holding.cancel()
      _ = await holding.result
      let lock = try await files.lock(path, note: "us")
      #expect(try await files.text(path) == "us")
      lock.release()
    }
  }

  #if os(Linux)
    @Test func aChildThatIsBeingStartedDoesNotKeepALockThatIsReleased() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/lock"
        let lock = try await files.lock(path, note: "us")
        // What such a child has: the same open file under a number of its own.
        let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let number = try #require(
          numbers.first {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))
              == path
          }.flatMap(Int32.init))
        let inherited = dup(number)
        defer { close(inherited) }
        lock.release()
        try await files.lock(path, note: "us again").release()
      }
    }

    @Test func aLockIsThatOfTheFileThatHasTheName() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/lock"
        func openings() throws -> Int {
          try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))
              == path
          }
        }
        var taken: (any FileLock)?
        while taken == nil {
          // Who has a shared lock keeps the other one trying, with the file open already.
          try await files.create(path)
          let number = open(path, O_RDONLY)
          #expect(flock(number, LOCK_SH) == 0)
          let taking = Task { try await files.lock(path, note: "us") }
          let isOver = Lock(false)
          let watching = Task {
            _ = await taking.result
            isOver.withLock { $0 = true }
          }
          while try openings() < 2, !isOver.withLock({ $0 }) { await Task.yield() }
          try await files.remove(path)
          close(number)
          await watching.value
          // It gives up where the machine was too slow for this.
          taken = try? await taking.value
          if taken == nil { try? await files.remove(path) }
        }
        #expect(try await files.text(path) == "us")
        await #expect(throws: FileIsLocked.self) { try await files.lock(path, note: "another") }
        taken?.release()
      }
    }
  #endif

  @Test func aLockThatIsNeverReleasedEndsWithTheProcess() async throws {
    try await withTemporaryFolder { folder in
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = "\(folder)/lock"] in
        _ = try await PosixFiles().lock(path, note: "one that ends")
        kill(getpid(), SIGKILL)
      }
      #expect(try await files.text("\(folder)/lock") == "one that ends")
      try await files.lock("\(folder)/lock", note: "us").release()
    }
  }
}

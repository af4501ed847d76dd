import Testing
import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// In processes of their own, because signals are a process's.
@Suite(.timeLimit(.minutes(10))) struct SignalWatchTests {
  @Test func eachSignalIsTold() async {
    await #expect(processExitsWith: .success) {
      var signals = SignalWatch.signals().makeAsyncIterator()
      for (number, signal) in [
        (SIGINT, SignalWatch.Signal.interrupt), (SIGTERM, .terminate), (SIGHUP, .hangUp),
        (SIGWINCH, .resize),
      ] {
        // Not raised on this thread: where tasks run, signals may be blocked.
        kill(getpid(), number)
        let told = await signals.next()
        if told != signal { exit(number) }
      }
    }
  }

  @Test func whatIsIgnoredFromTheStartStaysSo() async {
    // As nohup starts a command.
    await #expect(processExitsWith: .success) {
      signal(SIGHUP, SIG_IGN)
      var signals = SignalWatch.signals().makeAsyncIterator()
      let handler = signal(SIGHUP, SIG_IGN)
      if unsafeBitCast(handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) { exit(1) }
      kill(getpid(), SIGTERM)
      let told = await signals.next()
      if told != .terminate { exit(2) }
    }
  }

  @Test func whenNobodyWatchesASignalEndsTheProcessAgain() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      let signals = SignalWatch.signals()
      let watching = Task { for await _ in signals {} }
      watching.cancel()
      await watching.value
      kill(getpid(), SIGTERM)
      for await _ in AsyncStream<Never>.makeStream().stream {}
    }
  }
}

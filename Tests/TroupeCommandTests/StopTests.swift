import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

@Suite struct StopTests {
  /// Signals that a test sends.
  private final class Signals: Sendable {
    let stream: AsyncStream<Console.Signal>
    let send: AsyncStream<Console.Signal>.Continuation

    init() { (stream, send) = AsyncStream.makeStream() }
  }

  /// Stops itself with a signal while one of its steps runs.
  private struct Stopped: Workflow {
    let signals: Signals
    let signal: Console.Signal
    let input = Artifact<String>("input")
    let output = Artifact<String>("output")
    let half = Artifact<String>("half")
    let rest = Artifact<String>("rest")
    var name: String { "stopped" }

    var body: some Step {
      Stage("first", reads: input, writes: half) { $0 }
      Stage("endless", reads: half, writes: rest) { half in
        signals.send.yield(signal)
        try await Task.sleep(for: .seconds(3600))
        return half
      }
      Stage("last", reads: rest, writes: output) { $0 }
    }
  }

  @Test(arguments: [
    (Console.Signal.interrupt, 130, "stopping; Ctrl-C once more leaves at once"),
    (.terminate, 143, "stopping; Ctrl-C leaves at once"),
    (.hangUp, 129, "stopping"),
  ])
  func aSignalStopsTheRunAndSaysWhatWasLeft(
    signal: Console.Signal, code: Int32, words: String
  ) async {
    let signals = Signals()
    let shell = Shell(
      workflows: [Stopped(signals: signals, signal: signal)], signals: { signals.stream })
    let result = await shell.call("run", "stopped", "--input=x")
    #expect(result.code.rawValue == code)
    #expect(result.output.isEmpty)
    #expect(result.errors.split(separator: "\n").contains { $0 == words })
    #expect(
      result.errors.hasSuffix(
        """
        : 1 stage
          was running: endless
          not started: last

        """))
  }

  /// Ignores that it is cancelled until the process would have been left.
  private struct Stubborn: Workflow {
    let signals: Signals
    let left: AsyncStream<Void>
    let input = Artifact<String>("input")
    let output = Artifact<String>("output")
    var name: String { "stubborn" }

    var body: some Step {
      Stage("deaf", reads: input, writes: output) { text in
        signals.send.yield(.interrupt)
        signals.send.yield(.interrupt)
        await Task.detached { for await _ in left { break } }.value
        return text
      }
    }
  }

  @Test func aSecondSignalLeavesAtOnceAndGivesTheTerminalBack() async {
    let signals = Signals()
    let (left, leave) = AsyncStream<Void>.makeStream()
    let codes = Lock<[ExitCode]>([])
    let shell = Shell(
      workflows: [Stubborn(signals: signals, left: left)],
      environment: ["TERM": "xterm", "LANG": "C.UTF-8"],
      size: TerminalSize(columns: 60, rows: 10), signals: { signals.stream },
      leave: { code in
        codes.withLock { $0.append(code) }
        leave.yield()
      })
    let result = await shell.call("run", "stubborn", "--input=x")
    #expect(codes.withLock { $0 } == [.interrupted])
    #expect(result.errors.contains("\u{1B}[?25h"))
  }

  @Test func aResizeRedrawsWithoutStopping() async {
    let signals = Signals()
    signals.send.yield(.resize)
    let shell = Shell(signals: { signals.stream })
    #expect(await shell.call("run", "echo", "--input=x").code == .done)
  }
}

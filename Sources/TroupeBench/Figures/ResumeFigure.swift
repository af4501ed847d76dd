import Troupe
import TroupeRuntime

/// Going on with a run of many stages, against reading and decoding its journal on one processor.
enum ResumeFigure {
  /// Many stages, and a last one that fails in the first process.
  private struct Long: Workflow {
    let length: Int
    let fails: Bool
    let input = Artifact<[Int]>("numbers")
    let results = Artifact<[Int]>("results")
    let output = Artifact<Int>("sum")

    var body: some Step {
      FanOut(over: input, into: results, atMost: 64) { number, result in
        Stage("add", reads: number, writes: result) { $0 &+ 1 }
      }
      Stage("sum", reads: results, writes: output) { numbers in
        if fails { throw CancellationError() }
        return numbers.reduce(0, &+)
      }
    }
  }

  /// One record after the other on one processor; a run that is resumed reads on all of them.
  private static func readAndDecode(_ folder: RunFolder) async throws {
    let segment = try await folder.newestSegment()
    let bytes = try await folder.files.read(folder.segment(segment), limit: .max)
    _ = try JournalReader.readBesideWriter(bytes, upTo: .max) { false }
  }

  static func measure(_ size: Int, rounds: Int) async throws -> Result {
    let numbers = Array(0..<size)
    let (failing, whole) = (
      try Long(length: size, fails: true).compile(), try Long(length: size, fails: false).compile()
    )
    var (baselines, measurements): ([Double], [Double]) = ([], [])
    for round in 0..<rounds {
      let store = Store.memory
      let runtime = Runtime(store: store)
      _ = try? await runtime.run(failing, input: numbers, id: "run")
      baselines.append(
        try await nanoseconds { try await readAndDecode(store.folder(of: "run")) })
      measurements.append(
        try await nanoseconds {
          let sum = try await runtime.run(whole, input: numbers, id: "run") as? Int
          precondition(sum == size * (size + 1) / 2, "round \(round) gave another sum")
        })
    }
    return Result(
      name: "resume", size: size, unit: .microseconds,
      baseline: median(baselines) / Double(size) / 1_000,
      measured: median(measurements) / Double(size) / 1_000, hold: 1.5)
  }
}

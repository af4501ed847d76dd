import Foundation
import Troupe
import TroupeRuntime

/// Going on with a loop of many rounds whose journal is compacted, against one of a tenth of them:
/// what a run has behind it costs nothing.
enum LoopFigure {
  /// A loop, and a last stage that fails in the first process.
  private struct Long: Workflow {
    let rounds: Int
    let fails: Bool
    let input = Artifact<Int>("number")
    let total = Artifact<Int>("total")
    let output = Artifact<Int>("sum")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("count", total, upTo: rounds, until: { $0 >= rounds }) {
        Stage("add", reads: total, writes: total) { $0 + 1 }
      }
      Stage("end", reads: total, writes: output) { total in
        if fails { throw CancellationError() }
        return total
      }
    }
  }

  static func measure(_ rounds: Int, repeats: Int) async throws -> Result {
    let short = try await resume(rounds / 10, repeats: repeats)
    let long = try await resume(rounds, repeats: repeats)
    return Result(
      name: "loop", size: rounds, unit: .microseconds, baseline: short / 1_000,
      measured: long / 1_000, hold: 3)
  }

  /// How long it takes to go on where the journal ends.
  private static func resume(_ rounds: Int, repeats: Int) async throws -> Double {
    var times: [Double] = []
    for _ in 0..<repeats {
      let retention = Retention(compactsAfter: 5_000)
      let store = Store(files: MemoryFiles(), root: "store", retention: retention)
      _ = try? await Runtime(store: store)
        .run(Long(rounds: rounds, fails: true).compile(), input: 0, id: "run")
      let count = try await store.folder(of: "run").records().count
      precondition(count < 50_000, "the journal has grown to \(count) records")
      times.append(
        try await nanoseconds {
          let total =
            try await Runtime(store: store)
            .run(Long(rounds: rounds, fails: false).compile(), input: 0, id: "run") as? Int
          precondition(total == rounds, "the loop gave another total")
        })
    }
    return median(times)
  }
}

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

  private static let retention = Retention(compactsAfter: 1_000)

  /// How long it takes to go on where the journal ends.
  static func resuming(_ rounds: Int, repeats: Int) async throws -> Result {
    let short = try await time(rounds / 10, repeats: repeats)
    let long = try await time(rounds, repeats: repeats)
    return Result(
      name: "loop", size: rounds, unit: .microseconds, baseline: short / 1_000,
      measured: long / 1_000, hold: 3)
  }

  /// How large the journal is at the end.
  static func size(_ rounds: Int) async throws -> Result {
    let short = try await interrupted(rounds / 10).bytes
    let long = try await interrupted(rounds).bytes
    return Result(
      name: "loop-bytes", size: rounds, unit: .bytes, baseline: Double(short),
      measured: Double(long), hold: 3)
  }

  private static func time(_ rounds: Int, repeats: Int) async throws -> Double {
    var times: [Double] = []
    for _ in 0..<repeats {
      let store = try await interrupted(rounds).store
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

  /// A run that has gone through its loop and stopped behind it.
  private static func interrupted(_ rounds: Int) async throws -> (store: Store, bytes: Int) {
    let store = Store(files: MemoryFiles(), root: "store", retention: retention)
    _ = try? await Runtime(store: store)
      .run(Long(rounds: rounds, fails: true).compile(), input: 0, id: "run")
    let folder = store.folder(of: "run")
    var bytes = 0
    for name in try await store.files.names(in: folder.path) where name.hasPrefix("journal-") {
      bytes += try await store.files.read("\(folder.path)/\(name)", limit: .max).count
    }
    return (store, bytes)
  }
}

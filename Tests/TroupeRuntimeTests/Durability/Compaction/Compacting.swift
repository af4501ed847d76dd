import Troupe

@testable import TroupeRuntime

/// A loop whose last stage waits in its last round but one until the run stops; each round gives a
/// verdict and a text.
struct Count: Workflow {
  let name = "count"
  let rounds: Int
  /// How long the text is.
  var padding = 0
  var limit: Int?
  var hold: Latch?
  let input = Artifact<Int>("input")
  let output = Artifact<String>("output")
  let total = Artifact<Int>("total")
  let seen = Artifact<[String]>("seen")

  var body: some Step {
    Stage("begin", reads: input, writes: total) { $0 }
    Repeat("count", total, upTo: limit ?? rounds * 2, until: { $0 >= rounds }) {
      Stage("add", reads: total, writes: total) { $0 + 1 }
        .gate("positive") { $0 > 0 }
      Stage("tell", reads: total, writes: seen) { number in
        if number == rounds - 1, let hold {
          hold.arrive()
          try await untilCancelled()
        }
        return [String(repeating: "x", count: padding), "\(number)"]
      }
    }
    Stage("end", reads: total, seen, writes: output) { "\($0) \($1.last ?? "")" }
  }
}

extension Store {
  /// In memory, with a retention.
  static func memory(_ retention: Retention) -> Store {
    Store(files: MemoryFiles(), root: "store", retention: retention)
  }

  /// Waits until a run that adds no more records has been compacted as often as it is to be.
  func untilCompacted(_ id: String = "run") async throws {
    guard let interval = retention.compactsAfter else { return }
    while true {
      let records = try await folder(of: id).records()
      let snapshot = records.last { $0.type == "snapshot" }?.sequence ?? 0
      if (records.last?.sequence ?? 0) - snapshot < interval { return }
      await Task.yield()
    }
  }

  /// Stops a run in its last round but one, when all has been compacted that is to be.
  func interrupt(_ work: Count) async throws {
    let hold = Latch()
    var held = work
    held.hold = hold
    let run = Task { [held] in
      try await Runtime(store: self).run(held, input: 0, id: "run")
    }
    await hold.untilArrived()
    try await untilCompacted()
    run.cancel()
    _ = try? await run.value
  }

  /// The names of the large values of a run.
  func values(_ id: String = "run") async throws -> [String] {
    try await files.names(in: folder(of: id).path + "/payloads")
  }
}

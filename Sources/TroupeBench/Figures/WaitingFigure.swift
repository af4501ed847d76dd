import Troupe
import TroupeRuntime

/// Many runs in one process that do nothing but wait.
enum WaitingFigure {
  private struct Asking: Workflow {
    static let answer = Signal<Int>("answer")
    let input = Artifact<Int>("question")
    let output = Artifact<Int>("answer")
    let asked = Artifact<Int>("asked")

    var body: some Step {
      Stage("ask", reads: input, writes: asked) { $0 }
      Wait("answer", for: Self.answer, writes: output)
    }
  }

  /// What a run that waits takes in memory, after a cold start: the growth of the process.
  static func memory(_ size: Int) async throws -> Result? {
    try await inFolder { folder in
      // The first few bring what resuming itself needs.
      let first = Store.directory(folder + "/first")
      try await begin(20, in: first)
      _ = try await growth(20, in: first)
      let store = Store.directory(folder + "/store")
      try await begin(size, in: store)
      guard let growth = try await growth(size, in: store) else { return nil }
      return Result(
        name: "waiting", size: size, unit: .bytes, baseline: nil,
        measured: Double(growth) / Double(size), hold: 32_768)
    }
  }

  /// Going on with all of them after a cold start, each to its end with the signal that lies in its
  /// mailbox, against going on with one after the other.
  static func resume(_ size: Int, rounds: Int) async throws -> Result {
    try await inFolder { folder in
      var (baselines, measurements): ([Double], [Double]) = ([], [])
      for round in 0..<rounds {
        let (one, all) = (
          Store.directory("\(folder)/one-\(round)"), Store.directory("\(folder)/all-\(round)")
        )
        // A tenth says as much where one comes after the other.
        let few = max(size / 10, 1)
        try await begin(few, answered: true, in: one)
        try await begin(size, answered: true, in: all)
        let runtime = Runtime(store: one)
        baselines.append(
          try await nanoseconds {
            for number in 0..<few { _ = try await runtime.resume(Asking(), id: "\(number)") }
          } * Double(size) / Double(few))
        measurements.append(
          try await nanoseconds {
            let runs = try await Runtime(store: all).resumeAll([Asking()])
            let sum = runs.reduce(0) { sum, run in
              if case .completed(let answer as Int) = run.end { sum + answer } else { sum }
            }
            precondition(sum == size * (size - 1) / 2, "some run did not get its signal")
          })
      }
      return Result(
        name: "answered", size: size, unit: .microseconds,
        baseline: median(baselines) / Double(size) / 1_000,
        measured: median(measurements) / Double(size) / 1_000, hold: 1 / 3)
    }
  }

  /// Accepts runs, stops each as soon as it waits, and sends it its signal if it is to be answered.
  private static func begin(
    _ size: Int, answered isAnswered: Bool = false, in store: Store
  ) async throws {
    let runtime = Runtime(store: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<size {
        group.addTask {
          _ = try await runtime.advance(Asking(), input: number, id: "\(number)")
          guard isAnswered else { return }
          try await store.signal(Asking.answer, number, to: "\(number)")
        }
      }
      try await group.waitForAll()
    }
  }

  /// By how much the process grows when it goes on with all runs of a store, and they wait.
  private static func growth(_ size: Int, in store: Store) async throws -> Int? {
    guard let before = ResidentMemory.bytes else { return nil }
    let runs = Task { try await Runtime(store: store).resumeAll([Asking()]) }
    for number in 0..<size {
      while true {
        if case .waiting = try await store.history(of: "\(number)").status { break }
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    let after = ResidentMemory.bytes
    runs.cancel()
    _ = try await runs.value
    return after.map { $0 - before }
  }
}

import Troupe
import TroupeRuntime

/// One stage for each element of a list, against a bare task group of the same bounded width.
enum FanOutFigure {
  static let width = 64

  struct Wide: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[Int]>("results")

    var body: some Step {
      FanOut(over: input, into: output, atMost: width) { number, result in
        Stage("add", reads: number, writes: result) { $0 &+ 1 }
      }
    }
  }

  static func measure(_ size: Int, rounds: Int) async throws -> Result {
    let program = try Wide().compile()
    let runtime = Runtime()
    let list = Array(0..<size)
    let times = try await inTurns(rounds: rounds, per: size) {
      _ = await bare(list)
    } _: {
      _ = try await runtime.run(program, input: list)
    }
    return Result(
      name: "fan-out", size: size, unit: .nanoseconds, baseline: times.baseline,
      measured: times.measured, hold: 1.5)
  }

  private static func bare(_ list: [Int]) async -> [Int] {
    await withTaskGroup(of: (Int, Int).self) { group in
      var results = list
      var next = 0
      func start() {
        guard next < list.count else { return }
        let (index, value) = (next, list[next])
        next += 1
        group.addTask { (index, value &+ 1) }
      }
      for _ in 0..<min(width, list.count) { start() }
      while let (index, value) = await group.next() {
        results[index] = value
        start()
      }
      return results
    }
  }
}

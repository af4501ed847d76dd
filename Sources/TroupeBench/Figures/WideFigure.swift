import Troupe
import TroupeRuntime

/// Steps side by side and in a graph, for information.
enum WideFigure {
  struct Side: Workflow {
    let size: Int
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("result")

    var body: some Step {
      Parallel {
        for index in 0..<size {
          Stage("part \(index)", reads: input, writes: Artifact<Int>("part \(index)")) { $0 }
        }
      }
      Stage("end", reads: Artifact<Int>("part 0"), writes: output) { $0 }
    }
  }

  struct Graph: Workflow {
    let size: Int
    let input = Artifact<Int>("value 0")
    var output: Artifact<Int> { Artifact("value \(size)") }

    var body: some Step {
      Dataflow {
        for index in 1...size {
          Stage(
            "node \(index)", reads: Artifact<Int>("value \(index - 1)"),
            Artifact<Int>("value \(index / 2)"), writes: Artifact<Int>("value \(index)")
          ) { $0 &+ $1 }
        }
      }
    }
  }

  static func parallel(_ size: Int, rounds: Int) async throws -> Result {
    try await measure("parallel", size, rounds, Side(size: size).compile())
  }

  static func dataflow(_ size: Int, rounds: Int) async throws -> Result {
    try await measure("dataflow", size, rounds, Graph(size: size).compile())
  }

  private static func measure(
    _ name: String, _ size: Int, _ rounds: Int, _ program: Program
  ) async throws -> Result {
    let runtime = Runtime()
    let times = try await inTurns(rounds: rounds, per: size) {
    } _: {
      _ = try await runtime.run(program, input: 0)
    }
    return Result(
      name: name, size: size, unit: .nanoseconds, baseline: nil, measured: times.measured,
      hold: nil)
  }
}

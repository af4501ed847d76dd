import Troupe
import TroupeRuntime

/// Stages one after the other, against awaiting one erased closure after the other.
enum ChainFigure {
  struct Chain: Workflow {
    let length: Int
    let input = Artifact<Int>("value 0")
    var output: Artifact<Int> { Artifact("value \(length)") }

    var body: some Step {
      for index in 1...length {
        Stage(
          "stage \(index)", reads: Artifact<Int>("value \(index - 1)"),
          writes: Artifact<Int>("value \(index)")
        ) { $0 &+ 1 }
      }
    }
  }

  /// A stage's work as a runtime without types has it: values in, a value out.
  typealias Erased = @Sendable ([any Sendable]) async throws -> any Sendable

  private static func erase(_ work: @escaping @Sendable (Int) async throws -> Int) -> Erased {
    { values in try await work(values[0] as? Int ?? 0) }
  }

  static func measure(_ size: Int, rounds: Int) async throws -> Result {
    let program = try Chain(length: size).compile()
    let runtime = Runtime()
    // Behind an array, so that the compiler cannot see which closure it is.
    let closures = [erase { $0 &+ 1 }, erase { $0 }]
    let index = CommandLine.arguments.count > 1_000 ? 1 : 0
    let times = try await inTurns(rounds: rounds, per: size) {
      var value: any Sendable = 0
      for _ in 0..<size { value = try await closures[index]([value]) }
    } _: {
      _ = try await runtime.run(program, input: 0)
    }
    return Result(
      name: "chain", size: size, unit: .nanoseconds, baseline: times.baseline,
      measured: times.measured, hold: 5)
  }
}

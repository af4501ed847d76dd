import Troupe

/// From a workflow to its program: building the body, lowering, checking.
enum CompileFigure {
  static func measure(_ size: Int, rounds: Int) async throws -> Result {
    let workflow = ChainFigure.Chain(length: size)
    let times = try await inTurns(rounds: rounds, per: size) {
    } _: {
      _ = try workflow.compile()
    }
    return Result(
      name: "compile", size: size, unit: .nanoseconds, baseline: nil, measured: times.measured,
      hold: 5_000)
  }
}

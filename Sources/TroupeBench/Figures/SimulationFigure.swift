import Troupe
import TroupeSimulation

/// A chain in a simulation, against the same chain in the plain runtime; both compile it first.
enum SimulationFigure {
  static func measure(_ size: Int, rounds: Int) async throws -> Result {
    let chain = ChainFigure.Chain(length: size)
    let runtime = Runtime()
    let simulation = Simulation(of: chain)
    let times = try await inTurns(rounds: rounds, per: size) {
      _ = try await runtime.run(chain, input: 0)
    } _: {
      _ = try await simulation.run(0)
    }
    return Result(
      name: "simulation", size: size, unit: .nanoseconds, baseline: times.baseline,
      measured: times.measured, hold: nil)
  }
}

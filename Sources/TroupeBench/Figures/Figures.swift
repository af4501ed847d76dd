/// Something that is measured at several sizes.
struct Figure {
  let name: String
  let sizes: [Int]
  let measure: (Int) async throws -> Result?
}

/// All that is measured.
enum Figures {
  static let names = [
    "memory", "chain", "fan-out", "parallel", "dataflow", "compile", "simulation", "type-check",
    "durable", "group", "runs", "resume", "loop", "loop-bytes", "waiting", "answered",
    "dispatch", "assign", "idle", "urgent",
  ]

  static func all(_ options: BenchOptions) -> [Figure] {
    let rounds = options.rounds
    let sizes = options.quick ? [100, 1_000, 10_000] : [100, 1_000, 10_000, 100_000, 1_000_000]
    let wide = sizes.filter { $0 <= 10_000 }
    return [
      // First, because memory that others have freed would be taken again, and the process would
      // not grow.
      Figure(name: "memory", sizes: [10_000]) { try MemoryFigure.measure($0) },
      Figure(name: "waiting", sizes: [options.quick ? 200 : 1_000]) {
        try await WaitingFigure.memory($0)
      },
      Figure(name: "chain", sizes: sizes) { try await ChainFigure.measure($0, rounds: rounds) },
      Figure(name: "fan-out", sizes: sizes) { try await FanOutFigure.measure($0, rounds: rounds) },
      Figure(name: "parallel", sizes: wide) {
        try await WideFigure.parallel($0, rounds: rounds)
      },
      Figure(name: "dataflow", sizes: wide) {
        try await WideFigure.dataflow($0, rounds: rounds)
      },
      Figure(name: "compile", sizes: sizes.filter { $0 <= 100_000 }) {
        try await CompileFigure.measure($0, rounds: rounds)
      },
      Figure(name: "simulation", sizes: wide) {
        try await SimulationFigure.measure($0, rounds: rounds)
      },
      Figure(name: "durable", sizes: [options.quick ? 200 : 1_000]) {
        try await DurableFigure.chain($0, rounds: rounds)
      },
      Figure(name: "group", sizes: [options.quick ? 512 : 4_096]) {
        try await DurableFigure.group($0, rounds: rounds)
      },
      Figure(name: "runs", sizes: [64]) {
        try await DurableFigure.runs($0, rounds: min(rounds, 3))
      },
      Figure(name: "resume", sizes: options.quick ? [10_000] : [10_000, 100_000]) {
        try await ResumeFigure.measure($0, rounds: min(rounds, 3))
      },
      Figure(name: "loop", sizes: options.quick ? [10_000] : [10_000, 100_000]) {
        try await LoopFigure.resuming($0, repeats: min(rounds, 3))
      },
      Figure(name: "loop-bytes", sizes: options.quick ? [10_000] : [10_000, 100_000]) {
        try await LoopFigure.size($0)
      },
      Figure(name: "answered", sizes: [options.quick ? 200 : 1_000]) {
        try await WaitingFigure.resume($0, rounds: min(rounds, 3))
      },
      Figure(name: "dispatch", sizes: [10_000]) {
        try await TeamFigure.dispatch($0, rounds: rounds)
      },
      Figure(name: "assign", sizes: [10_000]) {
        try await TeamFigure.assign($0, rounds: rounds)
      },
      Figure(name: "idle", sizes: [10_000]) { try await TeamFigure.idle($0) },
      Figure(name: "urgent", sizes: [10_000]) { try await TeamFigure.urgent($0) },
      Figure(name: "type-check", sizes: options.quick ? [50] : [50, 100, 200, 300]) {
        try TypeCheckFigure.measure($0, rounds: min(rounds, 3))
      },
    ]
  }
}

/// The middle of several measurements.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}

/// How long something takes, in nanoseconds.
func nanoseconds(_ work: () async throws -> Void) async rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try await work()
  return (clock.now - start).nanosecondCount
}

extension Duration {
  var nanosecondCount: Double {
    Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
  }
}

/// Measures a baseline and something else in turns, and gives the medians for each unit of work.
func inTurns(
  rounds: Int, per count: Int, _ baseline: () async throws -> Void,
  _ measured: () async throws -> Void
) async throws -> (baseline: Double, measured: Double) {
  try await baseline()
  try await measured()
  // Small sizes are repeated, so that one measurement takes long enough to be trusted.
  let repeats = max(1, 20_000 / max(count, 1))
  var (baselines, measurements): ([Double], [Double]) = ([], [])
  for _ in 0..<rounds {
    baselines.append(
      try await nanoseconds { for _ in 0..<repeats { try await baseline() } })
    measurements.append(
      try await nanoseconds { for _ in 0..<repeats { try await measured() } })
  }
  let units = Double(repeats * count)
  return (median(baselines) / units, median(measurements) / units)
}

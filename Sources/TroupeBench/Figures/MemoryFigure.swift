import Troupe
import TroupeRuntime

/// What a plan takes in memory: the growth of the process by a number of plans.
enum MemoryFigure {
  private static let copies = 20

  static func measure(_ size: Int) throws -> Result? {
    // The first plan brings what compiling itself needs.
    let first = try ChainFigure.Chain(length: size).compile().plan
    guard let before = ResidentMemory.bytes else { return nil }
    var plans: [Plan] = []
    for _ in 0..<copies { plans.append(try ChainFigure.Chain(length: size).compile().plan) }
    guard let after = ResidentMemory.bytes else { return nil }
    let nodes = plans.reduce(0) { $0 + $1.nodes.count }
    guard nodes == copies * first.nodes.count else { return nil }
    return Result(
      name: "memory", size: size, unit: .bytes, baseline: nil,
      measured: Double(after - before) / Double(nodes), hold: 500)
  }
}

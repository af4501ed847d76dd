import TroupePlan
import TroupeRuntime

/// The place of an attempt in a run: the nodes from the plan's root down to its own, and which
/// take, round or element of each it belongs to.
struct Visit: Sendable {
  /// One node on the way down.
  struct Level: Sendable, Equatable {
    let node: Int
    /// The production of a container, counted from 1.
    var take = 1
    /// The round or element, counted from 1; 0 for what does not repeat.
    var ordinal = 0
  }

  /// From the root to the attempt's own node.
  let levels: [Level]

  init(_ address: Address, parents: [Int?]) {
    var levels: [Level] = []
    var node: Int? = address.node
    while let current = node {
      levels.append(Level(node: current))
      node = parents[current]
    }
    levels.reverse()
    var instance = address.instance
    while let current = instance {
      if let depth = levels.firstIndex(where: { $0.node == current.node }) {
        switch current.selector {
        case .take(let number): levels[depth].take = number
        case .round(let number), .item(let number): levels[depth].ordinal = number
        }
      }
      instance = current.parent
    }
    self.levels = levels
  }
}

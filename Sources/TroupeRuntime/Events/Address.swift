public import TroupePlan

/// The place of something in a run: the path of its node, with a selector at each repeating
/// ancestor.
///
/// Written `launch-post/review/rounds[2]/critic`, `each/items[17]/summarise`, `post/write~2/draft`;
/// all ordinals count from 1, and a first take is not written.
public struct Address: Sendable, CustomStringConvertible {
  /// The node's position in the plan.
  public let node: Int
  /// The node's path in the plan, the same for all rounds, elements and takes.
  public var path: Path { plan[node].path }

  private let plan: [Node]
  package let instance: Instance?

  package init(node: Int, in instance: Instance?, plan: [Node]) {
    self.node = node
    self.instance = instance
    self.plan = plan
  }

  /// The address as text, as journals and reports write it.
  public var description: String {
    guard instance != nil else { return path.description }
    let components = path.components
    var suffixes = Array(repeating: "", count: components.count)
    var current = instance
    while let instance = current {
      let depth = plan[instance.node].path.components.count - 1
      let selector =
        switch instance.selector {
        case .round(let number): "/rounds[\(number)]"
        case .item(let number): "/items[\(number)]"
        case .take(let number): "~\(number)"
        }
      if depth < suffixes.count { suffixes[depth] = selector + suffixes[depth] }
      current = instance.parent
    }
    return zip(components, suffixes).map { $0 + $1 }.joined(separator: "/")
  }
}

extension Address: Hashable {
  /// Addresses are equal where they are written the same.
  public static func == (left: Address, right: Address) -> Bool {
    left.node == right.node
      && (left.instance === right.instance || left.description == right.description)
  }

  /// Hashes the node, which addresses that are equal share.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(node)
  }
}

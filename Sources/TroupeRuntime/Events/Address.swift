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
    guard let instance else { return path.description }
    var text = ""
    let written = instance.write(to: &text, plan)
    text += path.description.utf8.dropFirst(written).text
    return text
  }
}

extension Instance {
  /// Writes the path down to the instance with all selectors, and gives how many bytes of the
  /// node's bare path are in it.
  fileprivate func write(to text: inout String, _ plan: [Node]) -> Int {
    let written = parent?.write(to: &text, plan) ?? 0
    let path = plan[node].path.description.utf8
    text += path.dropFirst(written).text
    switch selector {
    case .round(let number): text += "/rounds[\(number)]"
    case .item(let number): text += "/items[\(number)]"
    case .take(let number): text += "~\(number)"
    }
    return path.count
  }
}

extension Substring.UTF8View {
  fileprivate var text: Substring { Substring(self) }
}

extension Address: Hashable {
  /// Addresses are equal where they are written the same.
  public static func == (left: Address, right: Address) -> Bool {
    left.node == right.node && Instance.areSame(left.instance, right.instance)
  }

  /// Hashes the node and which visit of it is meant.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(node)
    instance?.hash(into: &hasher)
  }
}

extension Instance {
  /// Whether two visits are written the same.
  fileprivate static func areSame(_ left: Instance?, _ right: Instance?) -> Bool {
    guard let left, let right, left !== right else { return left === right }
    return left.node == right.node && left.selector == right.selector
      && areSame(left.parent, right.parent)
  }

  fileprivate func hash(into hasher: inout Hasher) {
    hasher.combine(node)
    hasher.combine(selector)
    parent?.hash(into: &hasher)
  }
}

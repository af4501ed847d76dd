/// Finds signals with two types of payload, and waits that may last for ever.
enum SignalCheck {
  static func problems(in nodes: [Node], _ shape: PlanShape) -> [Problem] {
    guard nodes.contains(where: { $0.awaited != nil }) else { return [] }
    var problems: [Problem] = []
    var firsts: [String: Int] = [:]
    // For each node, whether something around what stands in it ends that in time; a fallback has
    // of its own step only the deadline.
    var isLimited: [Bool] = []
    var isInstanceLimited: [Bool] = []
    for node in nodes {
      let parent = shape.parent(of: node.id)
      let outer =
        parent.map { nodes[$0].hasAside(node.id) ? isInstanceLimited[$0] : isLimited[$0] }
        ?? false
      isInstanceLimited.append(outer || node.policies.deadline != nil)
      isLimited.append(
        isInstanceLimited[node.id] || node.policies.timeout != nil || node.kind == .race)
      guard let awaited = node.awaited else { continue }
      if awaited.within == nil, !isLimited[node.id] {
        problems.append(.waitsForever(wait: node.id))
      }
      guard let first = firsts[awaited.name] else {
        firsts[awaited.name] = node.id
        continue
      }
      if nodes[first].awaited?.payload != awaited.payload {
        problems.append(.twoPayloads(first: first, second: node.id))
      }
    }
    return problems
  }
}

extension Node {
  /// The signal that the node waits for, if it does.
  package var awaited: Awaited? {
    if case .wait(.signal(let signal)) = kind { signal } else { nil }
  }
}

/// Which children of a dataflow wait for which, and for what.
///
/// A child's nodes are a contiguous part of the plan, because its nodes stand in pre-order.
package struct Dependencies: Sendable {
  /// For each child, the artifacts that it reads and another child writes.
  package private(set) var slots: [[Int]] = []
  /// For each child, how many others it waits for.
  package private(set) var counts: [Int] = []
  /// For each child, the others that wait for it, in order of declaration.
  package private(set) var dependents: [[Int]] = []

  package init(of node: Int, in plan: Plan, _ layout: Layout) {
    let children = plan.nodes[node].children
    let end = Self.end(of: node, in: plan)
    var writers: [Int: [Int]] = [:]
    for (index, child) in children.enumerated() {
      for id in child..<(index + 1 < children.count ? children[index + 1] : end) {
        guard let slot = layout.write(id), writers[slot]?.last != index else { continue }
        writers[slot, default: []].append(index)
      }
    }
    dependents = Array(repeating: [], count: children.count)
    for (index, child) in children.enumerated() {
      var needed: [Int] = []
      var seen: Set<Int> = []
      var waits: Set<Int> = []
      for id in child..<(index + 1 < children.count ? children[index + 1] : end) {
        for slot in layout.reads(id) where seen.insert(Int(slot)).inserted {
          let others = (writers[Int(slot)] ?? []).filter { $0 != index }
          if others.isEmpty { continue }
          needed.append(Int(slot))
          for other in others where waits.insert(other).inserted {
            dependents[other].append(index)
          }
        }
      }
      slots.append(needed)
      counts.append(waits.count)
    }
  }

  /// The first node after a node's children, and all that is in them.
  private static func end(of node: Int, in plan: Plan) -> Int {
    if let aside = plan.nodes[node].asides.first { return aside }
    var last = node
    while let deeper = plan.nodes[last].asides.last ?? plan.nodes[last].children.last {
      last = deeper
    }
    return last + 1
  }
}

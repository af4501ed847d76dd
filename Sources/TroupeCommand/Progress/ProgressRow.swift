import TroupePlan
import TroupeRuntime

/// A step in the order and depth in which progress shows it.
struct ProgressRow: Sendable, Equatable {
  /// The node.
  let node: Int
  /// How deep it stands, from 0 for a step of the workflow's body.
  let depth: Int
  /// Whether it is shown only once it has begun: it is a fallback, or the review of a gate.
  let isAside: Bool
  /// The row after the last one inside this one.
  fileprivate(set) var end: Int

  /// The rows of a plan, without the root and without what is inside fan-outs.
  static func of(_ plan: Plan) -> [ProgressRow] {
    var rows: [ProgressRow] = []
    func visit(_ id: Int, depth: Int, isAside: Bool) {
      let index = rows.count
      let node = plan.nodes[id]
      rows.append(ProgressRow(node: id, depth: depth, isAside: isAside, end: 0))
      if !node.isFanOut {
        for child in node.children { visit(child, depth: depth + 1, isAside: false) }
      }
      for aside in node.asides { visit(aside, depth: depth + 1, isAside: true) }
      rows[index].end = rows.count
    }
    for child in plan.nodes.first?.children ?? [] { visit(child, depth: 0, isAside: false) }
    return rows
  }
}

extension Node {
  /// Whether the node runs its children once for each element of a list.
  var isFanOut: Bool {
    if case .fanOut = kind { true } else { false }
  }

  /// The rounds that a loop may go; 1 for what is none.
  var rounds: Int {
    if case .repeat(let loop) = kind { loop.limit } else { 1 }
  }

  /// Whether the node is a stage without policies, of which no opening and closing is told.
  var isPlainStage: Bool { kind == .stage && policies.isEmpty && fallback == nil }

  /// Whether the node waits for a signal or for time.
  var isWait: Bool {
    if case .wait = kind { true } else { false }
  }

  /// Whether the node is a wait without policies, of which no opening and closing is told.
  var isPlainWait: Bool { isWait && policies.isEmpty && fallback == nil }

  /// Whether an event says that the node, a wait, has what it waited for.
  func isOver(by kind: Event.Kind) -> Bool {
    switch kind {
    case .consumed: true
    case .passed: awaited == nil
    default: false
    }
  }
}

/// Finds neighbours in an order that do not depend on each other and could run at once.
///
/// Only neighbours in which a role works are looked at: what agents and people do takes time, so
/// that doing it at once is worth a change, while code between them rarely is. Neighbours with an
/// effect are left in their order too, because what an effect changes stands in no artifact.
struct IndependenceCheck {
  private let nodes: [Node]
  private let layout: Layout
  private let shape: PlanShape
  private(set) var problems: [Problem] = []

  /// For each node, whether a role works in it and nothing in it has only an effect.
  private var isWorth: [Bool]
  /// Which artifacts the present run of neighbours reads and writes, by the run's number.
  private var read: [Int32]
  private var written: [Int32]
  private var run: Int32 = 0

  init(_ plan: Plan, _ layout: Layout, _ shape: PlanShape) {
    nodes = plan.nodes
    self.layout = layout
    self.shape = shape
    isWorth = Array(repeating: false, count: nodes.count)
    read = []
    written = []
    guard !plan.roles.isEmpty else { return }
    read = Array(repeating: 0, count: layout.count)
    written = read
    findWorth()
    for id in nodes.indices where runsInOrder(id) { check(id) }
  }

  private mutating func findWorth() {
    var hasEffect = isWorth
    for id in nodes.indices.reversed() {
      if case .stage = nodes[id].kind {
        isWorth[id] = nodes[id].role != nil
        hasEffect[id] = nodes[id].writes.isEmpty
      }
      guard let parent = shape.parent(of: id) else { continue }
      hasEffect[parent] = hasEffect[parent] || hasEffect[id]
      isWorth[parent] = isWorth[parent] || isWorth[id]
    }
    for id in nodes.indices where hasEffect[id] { isWorth[id] = false }
  }

  private func runsInOrder(_ id: Int) -> Bool {
    switch nodes[id].kind {
    case .sequence, .repeat, .fanOut, .call: nodes[id].children.count > 1
    default: false
    }
  }

  /// Runs of neighbours, each as long as it goes from its first.
  private mutating func check(_ id: Int) {
    var steps: [Int] = []
    for child in nodes[id].children {
      if isWorth[child], !steps.isEmpty, isIndependent(child) {
        steps.append(child)
      } else {
        close(&steps)
        guard isWorth[child] else { continue }
        run += 1
        steps = [child]
      }
      join(child)
    }
    close(&steps)
  }

  private mutating func close(_ steps: inout [Int]) {
    if steps.count > 1 { problems.append(.independent(steps: steps)) }
    steps = []
  }

  private func isIndependent(_ child: Int) -> Bool {
    for id in shape.part(of: child) {
      for slot in layout.reads(id) where written[Int(slot)] == run { return false }
      if let slot = layout.write(id), written[slot] == run || read[slot] == run { return false }
    }
    return true
  }

  private mutating func join(_ child: Int) {
    for id in shape.part(of: child) {
      for slot in layout.reads(id) { read[Int(slot)] = run }
      if let slot = layout.write(id) { written[slot] = run }
    }
  }
}

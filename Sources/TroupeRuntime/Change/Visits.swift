import TroupePlan

/// What has happened at each node of a plan, over all its visits.
struct Visits {
  let plan: Plan
  /// The visits of each node that has begun, by its identity.
  private(set) var histories: [Int: [NodeHistory]] = [:]
  /// For each loop, the highest round that has begun.
  private(set) var rounds: [Int: Int] = [:]
  /// The containers in which something has come to its end, in words: no step may be added there.
  private(set) var sealed: [Int: String] = [:]
  /// For each node, the node that it stands in; `-1` for the root.
  let parents: [Int]

  init(_ plan: Plan, _ recall: Recall) {
    self.plan = plan
    var parents = Array(repeating: -1, count: plan.nodes.count)
    for node in plan.nodes {
      node.forEachPart { parents[$0] = node.id }
    }
    self.parents = parents
    let traits = NodeTraits.of(plan)
    let reader = AddressReader(plan)
    var ended: Set<Int> = []
    for (place, history) in recall.nodes {
      guard let address = reader.address(place) else { continue }
      let node = address.node
      histories[node, default: []].append(history)
      var instance = address.instance
      while let current = instance {
        if case .round(let round) = current.selector {
          rounds[current.node] = max(rounds[current.node] ?? 0, round)
        }
        instance = current.parent
      }
      let parent = parents[node]
      if parent >= 0, case .fanOut = plan.nodes[parent].kind,
        history.completion(history.form(traits[node])) != nil,
        history.hasFailed || node == plan.nodes[parent].children.last
      {
        ended.insert(parent)
      }
    }
    for (node, histories) in histories {
      sealed[node] = Self.seal(histories, hasEndedElement: ended.contains(node))
    }
    if let snapshot = recall.snapshot { add(snapshot, reader) }
  }

  /// Takes in what happened in rounds and elements whose records are gone.
  private mutating func add(_ snapshot: Snapshot, _ reader: AddressReader) {
    for node in plan.nodes {
      guard let branches = snapshot.begun[node.path.description] else { continue }
      histories[node.id, default: []] += branches.map { branch in
        var history = NodeHistory()
        history.choice = .some(branch)
        return history
      }
      sealed[node.id] = sealed[node.id] ?? "has ended"
    }
    for (place, passed) in snapshot.loops {
      guard let node = reader.address(place)?.node else { continue }
      rounds[node] = max(rounds[node] ?? 0, passed.count)
      sealed[node] = sealed[node] ?? "has finished a round"
    }
    for place in snapshot.fanOuts.keys {
      guard let node = reader.address(place)?.node else { continue }
      sealed[node] = sealed[node] ?? "has finished an element"
    }
  }

  private static func seal(_ histories: [NodeHistory], hasEndedElement: Bool) -> String? {
    if histories.contains(where: { $0.closed != nil }) { return "has ended" }
    if histories.contains(where: { !$0.rounds.isEmpty }) { return "has finished a round" }
    if histories.contains(where: { !$0.verdicts.isEmpty }) { return "has finished a take" }
    return hasEndedElement ? "has finished an element" : nil
  }

  /// Whether a node has begun.
  func hasBegun(_ node: Int) -> Bool { histories[node] != nil }
}

import TroupePlan

/// What elements of a fan-out came to before the run was resumed.
extension Execution {
  /// The elements that had ended before the run was resumed: first those about which it was decided
  /// then, in that order and with what was decided, then the others in the order of their records.
  func considered(_ elements: Elements) -> [(index: Int, isEnough: Bool?)] {
    let ended = ended(elements)
    guard !ended.isEmpty, let history = history(address(elements.id, in: elements.instance)) else {
      return []
    }
    // What has failed and is to be done again has not ended, whatever was decided when it had.
    let now = Set(ended.map(\.index))
    let decided = history.considered.filter { now.contains($0.element - 1) }
      .map { (index: $0.element - 1, isEnough: Bool?($0.isEnough)) }
    let known = Set(decided.map(\.index))
    return decided + ended.filter { !known.contains($0.index) }.map { ($0.index, nil) }
  }

  /// The elements that had ended before the run was resumed, in the order of their records.
  func ended(_ elements: Elements) -> [(index: Int, record: Int)] {
    guard recall != nil else { return [] }
    return elements.items.indices.compactMap { index in
      ending(of: index, elements).map { (index, $0) }
    }
    .sorted { $0.record < $1.record }
  }

  /// The number of the record by which an element came to its end, if it has: that of the step that
  /// failed, or of the last one.
  private func ending(of index: Int, _ elements: Elements) -> Int? {
    if let passed = passedElement(index + 1, of: address(elements.id, in: elements.instance)) {
      return passed.record
    }
    let instance = Instance(in: elements.instance, node: elements.id, .item(index + 1))
    var last: Int?
    for child in plan.nodes[elements.id].children {
      guard let end = completion(child, in: instance) else { return nil }
      last = end.record
      if end.hasFailed { break }
    }
    return last
  }

  func abandon(_ elements: Elements, unless isEnded: [Bool]) throws {
    for index in elements.items.indices where isEnded.isEmpty || !isEnded[index] {
      let instance = Instance(in: elements.instance, node: elements.id, .item(index + 1))
      for child in plan.nodes[elements.id].children { try abandon(child, in: instance) }
    }
  }
}

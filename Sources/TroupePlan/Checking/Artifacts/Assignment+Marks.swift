/// Marking what is written, and what each kind of container makes of its children's marks.
extension Assignment {
  mutating func mark(_ slot: Int) {
    guard !isWritten[slot] else { return }
    isWritten[slot] = true
    trail.append(Int32(slot))
  }

  /// Takes the marks since a point of the trail back, and keeps them as pending.
  mutating func takeBack(to start: Int) {
    for slot in trail[start...] {
      isWritten[Int(slot)] = false
      pending.append(slot)
    }
    trail.removeLast(trail.count - start)
  }

  /// Forgets the marks since a point of the trail: they were those of an inner scope.
  mutating func forget(to start: Int) {
    for slot in trail[start...] { isWritten[Int(slot)] = false }
    trail.removeLast(trail.count - start)
  }

  /// Marks what is pending since a point.
  mutating func markAll(from base: Int) {
    for index in base..<pending.count { mark(Int(pending[index])) }
    pending.removeLast(pending.count - base)
  }

  /// Marks what is pending from each of a number of alternatives.
  mutating func markCommon(from base: Int, of alternatives: Int) {
    for slot in pending[base...] { counts[Int(slot)] += 1 }
    for index in base..<pending.count {
      let slot = Int(pending[index])
      if counts[slot] == alternatives { mark(slot) }
      counts[slot] = 0
    }
    pending.removeLast(pending.count - base)
  }

  mutating func checkReads(_ id: Int) {
    for slot in layout.reads(id) where !isWritten[Int(slot)] {
      problems.append(.unwritten(reader: id, slot: Int(slot)))
    }
  }

  /// Marks what a node itself writes.
  mutating func write(_ id: Int) {
    guard let slot = layout.write(id) else { return }
    if slot < surroundings.floor {
      problems.append(
        .writesSurroundings(fanOut: surroundings.fanOut, writer: id, slot: slot))
    }
    mark(slot)
  }

  /// Branches or contestants, of which one is taken or wins.
  mutating func alternatives(_ id: Int, orNone: Bool) {
    let (start, base) = (trail.count, pending.count)
    for child in nodes[id].children {
      visit(child)
      takeBack(to: start)
    }
    markCommon(from: base, of: nodes[id].children.count + (orNone ? 1 : 0))
  }

  mutating func fanOut(_ id: Int) {
    checkReads(id)
    let outer = surroundings
    let start = trail.count
    let (element, result) = layout.crossing(id)
    surroundings = (id, element)
    mark(element)
    visitAll(id)
    let isSure =
      element == result
      ? nodes[id].children.contains { Sureness(nodes: nodes, layout: layout).writes($0, result) }
      : isWritten[result]
    if !isSure { problems.append(.unwrittenResult(fanOut: id, slot: result)) }
    forget(to: start)
    surroundings = outer
    write(id)
  }

  mutating func call(_ id: Int) {
    checkReads(id)
    let start = trail.count
    let (input, output) = layout.crossing(id)
    mark(input)
    visitAll(id)
    if !isWritten[output] { problems.append(.unwrittenOutput(scope: id, slot: output)) }
    forget(to: start)
    write(id)
  }
}

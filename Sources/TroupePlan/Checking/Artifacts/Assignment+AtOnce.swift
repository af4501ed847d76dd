/// Containers whose children may run at once.
extension Assignment {
  /// A child by its index, and an artifact.
  struct Claim: Hashable {
    var child: Int
    var slot: Int
  }

  mutating func parallel(_ id: Int) {
    let twice = enterWriters(id)
    let excuses = readersBesideWriters(id, twice)
    let (start, base) = (trail.count, pending.count)
    var next = 0
    for (index, child) in nodes[id].children.enumerated() {
      // Said once, as a reader beside a writer; that it is also unwritten follows from it.
      var excused: [Int] = []
      while next < excuses.count, excuses[next].child == index {
        let slot = excuses[next].slot
        if !isWritten[slot] { excused.append(slot) }
        isWritten[slot] = true
        next += 1
      }
      visit(child)
      takeBack(to: start)
      for slot in excused { isWritten[slot] = false }
    }
    markAll(from: base)
  }

  /// Notes which child writes what; gives the claims on what another child already writes.
  mutating func enterWriters(_ id: Int) -> Set<Claim> {
    writers.begin()
    var twice: Set<Claim> = []
    for (index, child) in nodes[id].children.enumerated() {
      for node in shape.part(of: child) {
        guard let slot = layout.write(node),
          let first = writers.enter(slot, child: index, node: node),
          twice.insert(Claim(child: index, slot: slot)).inserted
        else { continue }
        problems.append(.twoWriters(container: id, first: first, second: node, slot: slot))
      }
    }
    return twice
  }

  private mutating func readersBesideWriters(_ id: Int, _ twice: Set<Claim>) -> [Claim] {
    var excuses: [Claim] = []
    for (index, child) in nodes[id].children.enumerated() {
      for node in shape.part(of: child) {
        for slot in layout.reads(node) {
          let claim = Claim(child: index, slot: Int(slot))
          guard let writer = writers.writer(of: Int(slot)), writer.child != index,
            twice.isEmpty || !twice.contains(claim)
          else { continue }
          problems.append(
            .readerBesideWriter(
              container: id, reader: node, writer: writer.node, slot: Int(slot)))
          excuses.append(claim)
        }
      }
    }
    return excuses
  }

  mutating func dataflow(_ id: Int) {
    _ = enterWriters(id)
    checkBound(id)
    let order = DataflowOrder(of: id, nodes, layout, shape, writers)
    problems += order.problems
    let children = nodes[id].children
    for index in order.order {
      var excused: [Int] = []
      for slot in order.excuses[index] ?? [] where !isWritten[slot] {
        excused.append(slot)
        isWritten[slot] = true
      }
      visit(children[index])
      for slot in excused { isWritten[slot] = false }
    }
  }

  /// What is written before a dataflow must not be written in it: a reader could mean either.
  private mutating func checkBound(_ id: Int) {
    var said: Set<Claim> = []
    for (index, child) in nodes[id].children.enumerated() {
      for node in shape.part(of: child) {
        guard let slot = layout.write(node), isWritten[slot],
          said.insert(Claim(child: index, slot: slot)).inserted
        else { continue }
        problems.append(.writesBound(dataflow: id, writer: node, slot: slot))
      }
    }
  }
}

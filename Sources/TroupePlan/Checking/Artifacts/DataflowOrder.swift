/// An order in which each child of a dataflow comes after those whose artifacts it reads.
///
/// Kahn's algorithm ("Topological sorting of large networks", 1962). Where children wait for each
/// other, the way round is noted, and its first child goes ahead as if it did not wait.
struct DataflowOrder {
  /// The children by their index, in an order in which they could run one after the other.
  private(set) var order: [Int] = []
  /// What children that had to go ahead read from children after them.
  private(set) var excuses: [Int: [Int]] = [:]
  /// The ways round, one for each child that had to go ahead.
  private(set) var problems: [Problem] = []

  /// What each child waits for, the writing child and the artifact, one child after the other.
  private var waits: [(child: Int, slot: Int)] = []
  private var starts: [Int] = [0]
  /// How many waits of a child are not over.
  private var open: [Int]
  private var isDone: [Bool]
  /// The children that wait for a child, one child after the other.
  private var dependents: [Int] = []
  private var firstDependents: [Int] = []
  /// How much of the order has released those who waited for it.
  private var released = 0

  init(
    of id: Int, _ nodes: [Node], _ layout: Layout, _ shape: PlanShape, _ writers: WriterTable
  ) {
    let children = nodes[id].children
    isDone = Array(repeating: false, count: children.count)
    open = isDone.map { _ in 0 }
    order.reserveCapacity(children.count)
    for (index, child) in children.enumerated() {
      for node in shape.part(of: child) {
        for slot in layout.reads(node) {
          guard let writer = writers.writer(of: Int(slot)), writer.child != index else { continue }
          waits.append((writer.child, Int(slot)))
        }
      }
      open[index] = waits.count - starts[index]
      starts.append(waits.count)
    }
    turnRound(children.count)
    for index in children.indices where open[index] == 0 { finish(index) }
    release()
    for index in children.indices where !isDone[index] {
      // What follows in the circle of an earlier child has been released with it.
      while !isDone[index] { goAhead(from: index, of: id, children) }
    }
  }

  /// Sorts the waits by the child that is waited for.
  private mutating func turnRound(_ count: Int) {
    firstDependents = Array(repeating: 0, count: count + 1)
    for wait in waits { firstDependents[wait.child + 1] += 1 }
    for index in 0..<count { firstDependents[index + 1] += firstDependents[index] }
    var next = firstDependents
    dependents = Array(repeating: 0, count: waits.count)
    for index in 0..<count {
      for wait in waits[starts[index]..<starts[index + 1]] {
        dependents[next[wait.child]] = index
        next[wait.child] += 1
      }
    }
  }

  private mutating func finish(_ index: Int) {
    isDone[index] = true
    order.append(index)
  }

  private mutating func release() {
    while released < order.count {
      let index = order[released]
      released += 1
      for dependent in dependents[firstDependents[index]..<firstDependents[index + 1]]
      where !isDone[dependent] {
        open[dependent] -= 1
        if open[dependent] == 0 { finish(dependent) }
      }
    }
  }

  /// Finds a way round from a child that waits in vain, and lets the first child on it go ahead.
  private mutating func goAhead(from start: Int, of id: Int, _ children: [Int]) {
    var way: [(child: Int, slot: Int)] = []
    var places: [Int: Int] = [:]
    var index = start
    while places[index] == nil {
      guard let wait = waits[starts[index]..<starts[index + 1]].first(where: { !isDone[$0.child] })
      else { return finish(index) }
      places[index] = way.count
      way.append((index, wait.slot))
      index = wait.child
    }
    way.removeFirst(places[index] ?? 0)
    let lowest = way.indices.min { way[$0].child < way[$1].child } ?? 0
    way = Array(way[lowest...] + way[..<lowest])
    problems.append(
      .cycle(
        dataflow: id, way: way.map { Problem.Wait(child: children[$0.child], slot: $0.slot) }))
    let first = way[0].child
    excuses[first] = waits[starts[first]..<starts[first + 1]].filter { !isDone[$0.child] }
      .map(\.slot)
    finish(first)
    release()
  }
}

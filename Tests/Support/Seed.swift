import TroupePlan
import TroupeSimulation

/// Grows random plans, the same ones from the same number.
///
/// The first step in each scope is one that may be skipped and names all its artifacts, so that it
/// does not depend on the order of the nodes in which scope a name is looked for.
package struct Seed {
  private var random: SeededGenerator
  private var scopes = 0

  package init(_ number: Int) {
    random = SeededGenerator(seed: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// A whole plan's root.
  package mutating func grow() -> Sprout {
    var root = body(own: names(in: 0), visible: [], depth: 0)
    _ = root.number(from: 0)
    return root
  }

  private mutating func next(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func pick(_ names: [String]) -> String { names[next(names.count)] }

  private func names(in scope: Int) -> [String] {
    ["in", "out", "p", "q", "r", "s"].map { "\(scope):\($0)" }
  }

  private mutating func body(own: [String], visible: [String], depth: Int) -> Sprout {
    let naming = Sprout(
      kind: .choose(.skip),
      children: [
        Sprout(kind: .sequence, children: own.map { Sprout(kind: .stage, writes: $0) })
      ])
    let steps = (0...next(4)).map { _ in step(own: own, visible: visible, depth: depth) }
    return Sprout(kind: .sequence, children: [naming] + steps)
  }

  private mutating func step(own: [String], visible: [String], depth: Int) -> Sprout {
    var step = bareStep(own: own, visible: visible, depth: depth)
    if next(8) == 0, depth < 4 {
      step.fallback = [sequence(own: own, visible: visible, depth: depth + 1)]
    }
    if next(8) == 0 { step.judges = [pick(own)] }
    return step
  }

  private mutating func sequence(own: [String], visible: [String], depth: Int) -> Sprout {
    Sprout(
      kind: .sequence,
      children: (0...next(3)).map { _ in step(own: own, visible: visible, depth: depth) })
  }

  private mutating func bareStep(own: [String], visible: [String], depth: Int) -> Sprout {
    let all = own + visible
    guard depth < 4 else { return stage(own: own, all: all) }
    let kinds: [Sprout.Kind] = [
      .sequence, .parallel, .dataflow, .race, .repeat, .choose(.skip), .choose(.fail),
      .choose(.branch),
    ]
    switch next(16) {
    case 0..<8:
      return stage(own: own, all: all)
    case 8..<14:
      let kind = kinds[next(kinds.count)]
      var container = sequence(own: own, visible: visible, depth: depth + 1)
      container.kind = kind
      switch kind {
      case .choose, .repeat: container.reads = [pick(all)]
      default: break
      }
      return container
    case 14:
      // A fan-out's names must not hide those around it; a called workflow's may be the same.
      let inner = scope().map { "\($0)\(scopes)" }
      var fanOut = body(own: inner, visible: all, depth: depth + 1)
      fanOut.kind = .fanOut(element: inner[0], result: inner[1])
      fanOut.reads = [pick(all)]
      fanOut.writes = pick(own)
      return fanOut
    default:
      let inner = scope()
      var call = body(own: inner, visible: [], depth: depth + 1)
      call.kind = .call(input: inner[0], output: inner[1])
      call.reads = [pick(all)]
      call.writes = pick(own)
      return call
    }
  }

  /// The names of a scope of its own.
  private mutating func scope() -> [String] {
    scopes += 1
    return names(in: scopes)
  }

  private mutating func stage(own: [String], all: [String]) -> Sprout {
    let reads = (0..<next(3)).map { _ in pick(all) }
    // Now and then into the surroundings, which an element must not.
    let writes = next(10) == 0 ? nil : next(20) == 0 ? pick(all) : pick(own)
    return Sprout(kind: .stage, reads: reads, writes: writes)
  }
}

import TroupePlan
import TroupeSimulation
import TroupeTestSupport

/// A random plan that is edited at random; its steps keep their names, which are their numbers when
/// they were grown.
struct EditedSprout {
  var root: Sprout
  /// The steps that have a timeout.
  var timed: Set<Int> = []
  private var random: SeededGenerator
  private var fresh = 10_000

  init(_ number: Int) {
    var seed = SoundSeed(number)
    root = seed.grow()
    random = SeededGenerator(seed: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    for step in root.all where next(8) == 0 { timed.insert(step.id) }
  }

  mutating func next(_ bound: Int) -> Int { Int(random.next() % UInt64(max(bound, 1))) }

  /// Changes something somewhere.
  mutating func edit() {
    let steps = root.all
    let target = steps[next(steps.count)].id
    let model = steps[next(steps.count)]
    let kind = next(8)
    let (first, second) = (next(100), next(100))
    fresh += 2
    let new = Sprout(
      id: fresh, kind: .stage, reads: model.reads, writes: kind < 2 ? "0:new\(fresh)" : nil)
    if kind == 7 { timed.formSymmetricDifference([target]) }
    root.change(target) { step in
      switch kind {
      case 0...2:
        guard step.kind != .stage else { return }
        if case .choose = step.kind { return }
        step.children.insert(new, at: first % (step.children.count + 1))
      case 3:
        guard step.children.count > 1 else { return }
        step.children.remove(at: first % step.children.count)
      case 4:
        guard !step.children.isEmpty else { return }
        step.children.swapAt(first % step.children.count, second % step.children.count)
      case 5:
        if case .choose = step.kind {
          step.kind = .choose([.skip, .fail, .branch][first % 3])
        } else if step.kind == .stage {
          step.reads = model.reads
        }
      case 6 where step.kind == .stage:
        if step.fallback.isEmpty {
          let instead = Sprout(id: new.id + 1, kind: .stage, reads: step.reads, writes: step.writes)
          step.fallback = [Sprout(id: new.id, kind: .sequence, children: [instead])]
        } else {
          step.fallback = []
        }
      default: break
      }
    }
  }

  /// The program, with paths as a compiled one has them.
  var program: Program {
    let bodies = root.all.map { Behaviour.body($0) }
    var nodes: [Node] = []
    add(root, Path(root: "random"), to: &nodes)
    var plan = root.plan
    plan.nodes = nodes
    return Program(
      plan: plan, diagnostics: [], input: ValueType(of: String.self),
      output: ValueType(of: String.self), bodies: bodies, layout: Layout(plan))
  }

  private func add(_ step: Sprout, _ path: Path, to nodes: inout [Node]) {
    let id = nodes.count
    var node = step.plan.nodes[0]
    (node.id, node.path, node.name) = (id, path, String(path.last))
    if timed.contains(step.id), step.kind != .stage || step.fallback.isEmpty {
      node.policies.timeout = .seconds(3_600)
    }
    nodes.append(node)
    nodes[id].children = []
    nodes[id].fallback = nil
    for child in step.children {
      nodes[id].children.append(nodes.count)
      add(child, path.appending("\(child.id)"), to: &nodes)
    }
    for fallback in step.fallback {
      nodes[id].fallback = nodes.count
      add(fallback, Path(text: "\(path)/@fallback"), to: &nodes)
    }
  }
}

extension Sprout {
  /// Changes the step with a number, wherever it is.
  fileprivate mutating func change(_ id: Int, _ body: (inout Sprout) -> Void) {
    if self.id == id { body(&self) }
    for index in children.indices { children[index].change(id, body) }
    for index in fallback.indices { fallback[index].change(id, body) }
  }
}

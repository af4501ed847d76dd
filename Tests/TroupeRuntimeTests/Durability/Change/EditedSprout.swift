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
    // What undoes a step stays as simple as it must be.
    let undoing = Set(root.all.flatMap(\.undo).map(\.id))
    let steps = root.all.filter { !undoing.contains($0.id) }
    let target = steps[next(steps.count)].id
    let model = steps[next(steps.count)]
    let kind = next(11)
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
      case 8: step.starts = step.starts == nil ? 5_000 : nil
      case 9 where step.kind == .stage:
        step.undo = step.undo.isEmpty ? [Sprout(id: new.id, kind: .stage)] : []
      case 10: step.ladder = step.ladder.isEmpty ? [.retry, .abort] : []
      default: break
      }
    }
  }

  /// The program.
  var program: Program {
    let program = Behaviour.program(of: root)
    var plan = program.plan
    for (node, step) in zip(plan.nodes, root.all)
    where timed.contains(step.id) && (step.kind != .stage || step.fallback.isEmpty) {
      plan.nodes[node.id].policies.timeout = .seconds(3_600)
    }
    return Program(
      plan: plan, diagnostics: [], input: program.input, output: program.output,
      bodies: program.bodies, layout: program.layout)
  }
}

extension Sprout {
  /// Changes the step with a number, wherever it is.
  fileprivate mutating func change(_ id: Int, _ body: (inout Sprout) -> Void) {
    if self.id == id { body(&self) }
    changeParts { $0.change(id, body) }
  }
}

import TroupePlan
import TroupeSimulation

/// Grows random plans in which nothing is wrong, the same ones from the same number: every step
/// reads only what is surely written before it, and writes a name of its own.
package struct SoundSeed {
  private var random: SeededGenerator
  private var names = 0
  private var scopes = 0

  package init(_ number: Int) {
    var numbers = SeededGenerator(seed: UInt64(number))
    random = SeededGenerator(seed: numbers.next())
  }

  /// A whole plan's root.
  package mutating func grow() -> Sprout {
    var root = body(scope: 0, given: ["0:in"], result: "0:out", depth: 0)
    _ = root.number(from: 0)
    return root
  }

  private mutating func next(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func fresh(_ scope: Int) -> String {
    names += 1
    return "\(scope):a\(names)"
  }

  private mutating func stage(_ given: [String], writes: String?) -> Sprout {
    let reads = (0..<next(3)).map { _ in given[next(given.count)] }
    var stage = Sprout(kind: .stage, reads: reads, writes: writes)
    if let writes, next(6) == 0 { stage.judges = [writes] }
    if next(6) == 0 {
      let instead = Sprout(kind: .stage, reads: reads, writes: writes)
      stage.fallback = [Sprout(kind: .sequence, children: [instead])]
    }
    if next(5) == 0 { stage.undo = [Sprout(kind: .stage)] }
    return answeredFor(stage, given, writes: [writes].compactMap(\.self))
  }

  /// The step, sometimes with a ladder or a budget of its own.
  private mutating func answeredFor(_ step: Sprout, _ given: [String], writes: [String]) -> Sprout {
    var step = step
    if next(8) == 0 { step.starts = 10_000 }
    guard next(8) == 0 else { return step }
    for _ in 0...next(2) { step.ladder.append([.retry, .notify][next(2)]) }
    if !writes.isEmpty, next(3) > 0 {
      let instead = writes.map { name in
        Sprout(kind: .stage, reads: [given[next(given.count)]], writes: name)
      }
      step.ladder.append(.fallback(Sprout(kind: .sequence, children: instead)))
    }
    if next(3) == 0 { step.ladder.append(.abort) }
    return step
  }

  /// Some steps in order, the last of which writes the result.
  private mutating func body(
    scope: Int, given: [String], result: String, depth: Int
  ) -> Sprout {
    var known = given
    var children: [Sprout] = []
    for _ in 0...next(4) {
      let (step, writes) = step(scope: scope, given: known, depth: depth)
      children.append(step)
      known += writes
    }
    children.append(stage(known, writes: result))
    return Sprout(kind: .sequence, children: children)
  }

  /// A step, and what it surely writes.
  private mutating func step(
    scope: Int, given: [String], depth: Int
  ) -> (step: Sprout, writes: [String]) {
    let (step, writes) = plainStep(scope: scope, given: given, depth: depth)
    return (step.kind == .stage ? step : answeredFor(step, given, writes: writes), writes)
  }

  private mutating func plainStep(
    scope: Int, given: [String], depth: Int
  ) -> (step: Sprout, writes: [String]) {
    let result = fresh(scope)
    func single(_ kind: Sprout.Kind, _ children: [Sprout], reads: [String] = []) -> (
      step: Sprout, writes: [String]
    ) {
      (Sprout(kind: kind, reads: reads, children: children), [result])
    }
    let any = given[next(given.count)]
    switch depth < 3 ? next(12) : 0 {
    case 0..<3: return (stage(given, writes: result), [result])
    case 3:
      return single(.sequence, [body(scope: scope, given: given, result: result, depth: depth + 1)])
    case 4..<7:
      return together(scope: scope, given: given, depth: depth)
    case 7:
      let contestants = (0...next(3)).map { _ in
        body(scope: scope, given: given, result: result, depth: depth + 1)
      }
      return single(.race, contestants)
    case 8:
      let branches = (0...next(3)).map { _ in
        body(scope: scope, given: given, result: result, depth: depth + 1)
      }
      return single(.choose(.branch), branches, reads: [any])
    case 9:
      return single(
        .repeat, [body(scope: scope, given: given, result: result, depth: depth + 1)],
        reads: [any])
    case 10:
      let inner = innerScope()
      let (element, own) = ("\(inner):element\(inner)", "\(inner):result\(inner)")
      var fanOut = body(scope: inner, given: given + [element], result: own, depth: depth + 1)
      fanOut.kind = .fanOut(element: element, result: own)
      (fanOut.reads, fanOut.writes) = ([any], result)
      return (fanOut, [result])
    default:
      let inner = innerScope()
      let (input, output) = ("\(inner):in", "\(inner):out")
      var call = body(scope: inner, given: [input], result: output, depth: depth + 1)
      call.kind = .call(input: input, output: output)
      (call.reads, call.writes) = ([any], result)
      return (call, [result])
    }
  }

  /// Some steps at once, or each as soon as what it reads is written.
  private mutating func together(
    scope: Int, given: [String], depth: Int
  ) -> (step: Sprout, writes: [String]) {
    let isDataflow = next(2) == 0
    var (children, writes): ([Sprout], [String]) = ([], [])
    for _ in 0...next(4) {
      let known = isDataflow ? given + writes : given
      let (step, own) = step(scope: scope, given: known, depth: depth + 1)
      children.append(step)
      writes += own
    }
    if isDataflow { children.reverse() }
    return (Sprout(kind: isDataflow ? .dataflow : .parallel, children: children), writes)
  }

  private mutating func innerScope() -> Int {
    scopes += 1
    return scopes
  }
}

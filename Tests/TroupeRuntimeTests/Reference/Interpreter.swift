import TroupePlan
import TroupeTestSupport

/// What a plan means, said in the most obvious way: one thing after the other, artifacts in
/// dictionaries. Races are left out, because their outcome is the winner's.
struct Interpreter {
  struct Failed: Error {}
  /// A ladder has ended without a decision.
  struct Aborted: Error {}
  /// What becomes of it depends on which of several steps at once comes first.
  struct Undecided: Error {}
  /// An artifact is read that is not there, which a sound plan never does.
  struct Unbound: Error {
    let name: String
  }

  typealias Bindings = [String: String]

  /// What a plan's run comes to; `nil` if that depends on what comes first.
  static func outcome(of root: Sprout) -> Result<String, any Error>? {
    let outcome = Result { try perform(root, ["0:in": "start"])["0:out"] ?? "start" }
    if case .failure(is Undecided) = outcome { return nil }
    return outcome
  }

  /// Performs a step on what it is given, and gives what it wrote.
  static func perform(_ step: Sprout, _ given: Bindings) throws -> Bindings {
    do {
      return try workOrFallback(step, given)
    } catch let failed as Failed {
      if step.ladder.isEmpty { throw failed }
      // What failed fails again.
      for instead in step.ladder.compactMap(\.steps) {
        do {
          return try perform(instead, given)
        } catch is Failed {}
      }
      throw Aborted()
    }
  }

  private static func workOrFallback(_ step: Sprout, _ given: Bindings) throws -> Bindings {
    do {
      return try work(step, given)
    } catch let failed as Failed {
      guard let fallback = step.fallback.first else { throw failed }
      return try perform(fallback, given)
    }
  }

  private static func work(_ step: Sprout, _ given: Bindings) throws -> Bindings {
    let reads = try step.reads.map { name in
      guard let value = given[name] else { throw Unbound(name: name) }
      return value
    }
    switch step.kind {
    case .stage:
      if Behaviour.fails(step.id, reads) { throw Failed() }
      return step.writes.map { [$0: Behaviour.output(step.id, reads)] } ?? [:]
    case .sequence: return try inOrder(step.children, given)
    case .parallel: return try together(step.children.map { ($0, given) })
    case .dataflow: return try inOrder(sorted(step.children), given)
    case .race: throw Unbound(name: "races are left out")
    case .repeat: return try rounds(step, given)
    case .choose(let unmatched):
      // What names a scope's artifacts chooses by nothing.
      guard let value = reads.first else { return [:] }
      let conditions = step.children.count - (unmatched == .branch ? 1 : 0)
      for index in 0..<conditions where Behaviour.matches(value, branch: index) {
        return try perform(step.children[index], given)
      }
      switch unmatched {
      case .branch: return try step.children.last.map { try perform($0, given) } ?? [:]
      case .skip: return [:]
      case .fail: throw Failed()
      }
    case .fanOut(let element, let result):
      let ends = Behaviour.split(reads[0]).map { item in
        Result {
          try inOrder(step.children, given.merging([element: item]) { $1 }, [element: item])
        }
      }
      let results = try whole(ends).map { $0[result] ?? "" }
      return step.writes.map { [$0: Behaviour.join(results)] } ?? [:]
    case .call(let input, let output):
      let inside = try inOrder(step.children, [input: reads[0]], [input: reads[0]])
      return step.writes.map { [$0: inside[output] ?? ""] } ?? [:]
    }
  }

  private static func inOrder(
    _ steps: [Sprout], _ given: Bindings, _ first: Bindings = [:]
  ) throws -> Bindings {
    try steps.reduce(into: first) { own, step in
      own.merge(try perform(step, given.merging(own) { $1 })) { $1 }
    }
  }

  private static func together(_ steps: [(Sprout, Bindings)]) throws -> Bindings {
    try whole(steps.map { step, given in Result { try perform(step, given) } })
      .reduce(into: [:]) { own, bindings in own.merge(bindings) { $1 } }
  }

  /// What steps at once have come to.
  private static func whole(_ ends: [Result<Bindings, any Error>]) throws -> [Bindings] {
    let errors = ends.compactMap { end -> (any Error)? in
      if case .failure(let error) = end { error } else { nil }
    }
    let fails = errors.contains { $0 is Failed }
    if fails, errors.contains(where: { $0 is Aborted }) { throw Undecided() }
    if let error = errors.first(where: { $0 is Undecided }) { throw error }
    return try ends.map { try $0.get() }
  }

  private static func rounds(_ step: Sprout, _ given: Bindings) throws -> Bindings {
    var own: Bindings = [:]
    for _ in 1...3 {
      own.merge(try inOrder(step.children, given.merging(own) { $1 })) { $1 }
      let judged = own[step.reads[0]] ?? given[step.reads[0]] ?? ""
      if Behaviour.isEnough(judged) { return own }
    }
    throw Failed()
  }

  /// Each step after those that write what it reads.
  private static func sorted(_ steps: [Sprout]) -> [Sprout] {
    var left = steps
    var sorted: [Sprout] = []
    while let next = left.firstIndex(where: { step in
      let reads = Set(step.all.flatMap(\.reads))
      return !left.contains { other in
        other.id != step.id && !reads.isDisjoint(with: other.all.compactMap(\.writes))
      }
    }) {
      sorted.append(left.remove(at: next))
    }
    return sorted + left
  }
}

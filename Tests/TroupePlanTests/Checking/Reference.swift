import TroupePlan
import TroupeTestSupport

/// What is wrong with a random plan, found in the most obvious way: with sets, copied at will.
struct Reference {
  private(set) var problems: Set<String> = []
  /// Whether children of a dataflow are so tangled that what they are given is not defined.
  private(set) var isTangled = false
  /// The dataflows with two writers of one artifact; which of them a reader waits for is open.
  private(set) var ambiguous: Set<Int> = []

  init(_ root: Sprout) {
    let after = walk(root, ["0:in"], elementScope: nil)
    if !after.contains("0:out") { problems.insert("output 0") }
  }

  /// What is surely written after a step.
  private mutating func walk(
    _ step: Sprout, _ before: Set<String>, elementScope: String?
  ) -> Set<String> {
    var after = work(step, before, elementScope)
    if let fallback = step.fallback.first {
      after.formIntersection(walk(fallback, before, elementScope: elementScope))
    }
    let seen = step.kind == .stage ? step.reads : []
    for artifact in step.judges
    where !Self.surelyWrites(step, artifact) && !seen.contains(artifact) {
      problems.insert("gate \(step.id)")
    }
    return after
  }

  private mutating func work(
    _ step: Sprout, _ before: Set<String>, _ elementScope: String?
  ) -> Set<String> {
    func scope(_ artifact: String) -> String { String(artifact.prefix { $0 != ":" }) }
    if let written = step.writes, let elementScope, scope(written) != elementScope {
      problems.insert("surroundings \(step.id)")
    }
    if step.kind != .repeat { read(step, before) }
    var after = before
    switch step.kind {
    case .stage: break
    case .sequence, .repeat:
      for child in step.children { after = walk(child, after, elementScope: elementScope) }
    case .parallel:
      checkAtOnce(step, readersToo: true)
      for child in step.children {
        let excused = Self.reads(child).filter { artifact in
          !Self.writes(child).contains(artifact)
            && step.children.contains { Self.writes($0).contains(artifact) }
        }
        let own = walk(child, before.union(excused), elementScope: elementScope)
        after.formUnion(own.subtracting(excused))
      }
    case .dataflow:
      after = dataflow(step, before, elementScope)
    case .race, .choose:
      var common: Set<String>?
      for child in step.children {
        let own = walk(child, before, elementScope: elementScope)
        common = common?.intersection(own) ?? own
      }
      after = step.kind == .choose(.skip) ? before : common ?? before
    case .fanOut(let element, let result):
      var inner = before.union([element])
      for child in step.children { inner = walk(child, inner, elementScope: scope(element)) }
      if !inner.contains(result) { problems.insert("result \(step.id)") }
    case .call(let input, let output):
      var inner: Set<String> = [input]
      for child in step.children { inner = walk(child, inner, elementScope: nil) }
      if !inner.contains(output) { problems.insert("output \(step.id)") }
    }
    if step.kind == .repeat { read(step, after) }
    if let written = step.writes { after.insert(written) }
    return after
  }

  private mutating func read(_ step: Sprout, _ before: Set<String>) {
    for artifact in step.reads where !before.contains(artifact) {
      problems.insert("unwritten \(step.id)")
    }
  }

  private mutating func dataflow(
    _ step: Sprout, _ before: Set<String>, _ elementScope: String?
  ) -> Set<String> {
    checkAtOnce(step, readersToo: false)
    for child in step.children {
      for artifact in Self.writes(child) where before.contains(artifact) {
        problems.insert("bound \(Self.firstWriter(of: artifact, in: child))")
      }
    }
    let children = step.children
    let waits = children.indices.map { index in
      Set(
        children.indices.filter { other in
          other != index
            && !Self.writes(children[other]).isDisjoint(with: Self.reads(children[index]))
        })
    }
    for start in children.indices {
      var reached = waits[start]
      while case let more = reached.union(reached.flatMap { waits[$0] }), more != reached {
        reached = more
      }
      if reached.contains(start), !ambiguous.contains(step.id) {
        problems.insert("cycle \(step.id)")
        isTangled = true
      }
    }
    var after = before
    for child in children {
      let given = Self.reads(child).filter { artifact in
        children.contains { $0.id != child.id && Self.surelyWrites($0, artifact) }
      }
      let own = walk(child, before.union(given), elementScope: elementScope)
      after.formUnion(own.subtracting(given))
      after.formUnion(Self.writes(child).filter { Self.surelyWrites(child, $0) })
    }
    return after
  }

  private mutating func checkAtOnce(_ step: Sprout, readersToo: Bool) {
    for (index, child) in step.children.enumerated() {
      let earlier = step.children[..<index].reduce(into: Set()) { $0.formUnion(Self.writes($1)) }
      for artifact in Self.writes(child) where earlier.contains(artifact) {
        problems.insert("twice \(Self.firstWriter(of: artifact, in: child))")
        if !readersToo { (_, isTangled) = (ambiguous.insert(step.id), true) }
      }
      guard readersToo else { continue }
      let others = step.children.filter { $0.id != child.id }
      for reader in child.all {
        for artifact in reader.reads
        where !Self.writes(child).contains(artifact)
          && others.contains(where: { Self.writes($0).contains(artifact) })
        {
          problems.insert("beside \(reader.id)")
        }
      }
    }
  }

  private static func reads(_ step: Sprout) -> Set<String> { Set(step.all.flatMap(\.reads)) }

  private static func writes(_ step: Sprout) -> Set<String> { Set(step.all.compactMap(\.writes)) }

  private static func firstWriter(of artifact: String, in step: Sprout) -> Int {
    step.all.first { $0.writes == artifact }?.id ?? -1
  }

  /// Whether every path through a step writes an artifact.
  private static func surelyWrites(_ step: Sprout, _ artifact: String) -> Bool {
    let own: Bool
    switch step.kind {
    case .stage, .fanOut, .call: own = step.writes == artifact
    case .choose(.skip): own = false
    case .choose, .race: own = step.children.allSatisfy { surelyWrites($0, artifact) }
    default: own = step.children.contains { surelyWrites($0, artifact) }
    }
    return own && step.fallback.allSatisfy { surelyWrites($0, artifact) }
  }
}

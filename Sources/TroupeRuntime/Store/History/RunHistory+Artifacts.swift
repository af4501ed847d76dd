import TroupePlan

extension RunHistory {
  /// The versions of artifacts that have been published, in the order in which they were; the
  /// run's input is the first.
  public var artifacts: [Version] { VersionFold(self).versions }
}

/// Finds the versions of artifacts in a journal.
private struct VersionFold {
  private struct Name: Hashable {
    let scope: String
    let artifact: String
  }

  private let plan: Plan
  private let places: PlaceList
  private var parents: [Int?]
  private var found: [(version: RunHistory.Version, places: [PlaceList.Place])] = []
  /// What stages gave that their gates have not yet let pass, by their addresses.
  private var pending: [String: (payload: Payload, member: String?)] = [:]
  /// Who gave the answers that are not yet what stages gave.
  private var answerers: [String: String] = [:]
  private var latest: [Name: (record: Int, source: RunHistory.Version.Source)] = [:]
  /// The child that won, by the address of its race.
  private var winners: [String: Int] = [:]
  /// The takes that were rejected, by the addresses of containers.
  private var rejected: [String: Int] = [:]
  private var counts: [String: Int] = [:]
  private var fellBack: Set<String> = []
  /// By the addresses of steps what their ladders have put in their place: a node, or `nil` for
  /// what somebody supplied.
  private var replaced: [String: Int?] = [:]
  private let snapshot: Snapshot?
  private let revisions: [String: Snapshot.Binding]
  /// The payloads of signals, by the numbers of the records that say they came.
  private var signals: [Int: JSONValue] = [:]

  init(_ history: RunHistory) {
    plan = history.plan
    snapshot = history.recall.snapshot
    revisions = history.recall.revisions
    places = PlaceList(plan)
    parents = Array(repeating: nil, count: plan.nodes.count)
    for node in plan.nodes {
      node.forEachPart { parents[$0] = node.id }
    }
    publish(
      plan.input.name, scope: "", .value(history.accepted.input), record: 1, author: nil, [])
    var records = history.journal[...]
    for event in history.events {
      while let record = records.first, record.sequence < event.sequence { records.removeFirst() }
      if let record = records.first { apply(event, record) }
    }
  }

  /// All of them, numbered.
  var versions: [RunHistory.Version] {
    var numbers: [Name: Int] = [:]
    let inOrder = found.enumerated().sorted { left, right in
      (left.element.version.record, left.offset) < (right.element.version.record, right.offset)
    }
    return inOrder.map { _, element in
      let places = element.places
      var version = element.version
      guard !isGivenUp(places) else { return version }
      let name = Name(scope: version.scope, artifact: version.artifact)
      numbers[name, default: 0] += 1
      version.number = numbers[name]
      return version
    }
  }

  private mutating func apply(_ event: Event, _ record: JournalRecord) {
    let node = plan.nodes[event.address.node]
    let address = event.address.description
    switch event.kind {
    case .finished(let attempt, _):
      if let payload = Payload("output", of: record.members) {
        let person = answerers.removeValue(forKey: address)
        pending[address] = (payload, person ?? attempt.member)
      }
      if node.isPlain { complete(node, event) }
    case .answered(_, let answering): answerers[address] = answering.by
    case .examined(_, .finished), .examined(_, .overridden):
      if let payload = Payload("output", of: record.members) {
        let person = event.kind.isOverride ? RecordReader(record.members).text("by") : nil
        pending[address] = (payload, person)
      }
      if node.isPlain { complete(node, event) }
    case .received(_, _, let payload): signals[event.sequence] = payload
    case .consumed(let signal):
      if let payload = signals[signal] { pending[address] = (.inline(payload), nil) }
      if node.isPlain { complete(node, event) }
    case .judged(_, _, .rework):
      pending[address] = nil
      rejected[address, default: 0] += 1
    case .fellBack:
      pending[address] = nil
      fellBack.insert(address)
    case .escalated:
      rejected[address] = RecordReader(record.members).integer("take")
    case .reached(let rung, _):
      let take = RecordReader(record.members).integer("take")
      if take > 0 { rejected[address] = take - 1 }
      replaced[address] = nil
      if let standIn = node.policies.escalation?.standIn(rung) {
        pending[address] = nil
        replaced[address] = .some(standIn)
      }
    case .resolved(_, let resolution, let member):
      switch resolution.decision {
      case .retry: rejected[address] = RecordReader(record.members).integer("take") - 1
      case .supply:
        pending[address] = Payload("value", of: record.members).map { ($0, member) }
        replaced[address] = .some(nil)
      case .accept, .abort: break
      }
    case .judged(_, _, .waive):
      if let rejected = rejected[address] {
        let take = RecordReader(record.members).integer("take")
        self.rejected[address] = take > 0 ? min(rejected, take - 1) : rejected
      }
    case .fannedOut(let count): counts[address] = count
    case .closed(.completed): complete(node, event)
    case .snapshot: passed()
    case .forked: revised()
    default: break
    }
  }

  /// What rounds and elements came to whose records are gone.
  private mutating func passed() {
    guard let snapshot else { return }
    for (loop, rounds) in snapshot.loops.sorted(by: { $0.key < $1.key }) {
      let along = places.places(along: loop)
      let scope = along.last { isScope($0.node) }?.inside ?? ""
      for (name, binding) in rounds.bindings.sorted(by: { $0.value.record < $1.value.record }) {
        publish(
          name, scope: scope, .value(binding.value), record: binding.record, author: nil, along)
      }
    }
    for (fanOut, elements) in snapshot.fanOuts {
      let along = places.places(along: fanOut)
      guard let last = along.last, case .fanOut(let spread) = plan.nodes[last.node].kind else {
        continue
      }
      for (item, binding) in elements {
        let name = Name(scope: "\(last.inside)/items[\(item)]", artifact: spread.result.name)
        note(.value(binding.value), record: binding.record, as: name)
      }
    }
  }

  /// What was set anew when the run was forked.
  private mutating func revised() {
    for (name, revision) in revisions.sorted(by: { $0.key < $1.key }) {
      // What stands in a file stands there with all the others.
      var source = RunHistory.Version.Source.derived
      if case .inline = revision.value { source = .value(revision.value) }
      publish(name, scope: "", source, record: revision.record, author: nil, [])
    }
  }

  /// A step is done: what it wrote is published.
  private mutating func complete(_ node: Node, _ event: Event) {
    let address = event.address.description
    let along = places.places(along: address)
    if along.count > 1, case .race = plan.nodes[along[along.count - 2].node].kind {
      let race = along[along.count - 2].address
      winners[race] = winners[race] ?? node.id
    }
    // A review is told of as its gate's verdict.
    // A decision as what came of it.
    let isAside = parents[node.id].map { parent in
      plan.nodes[parent].gate(reviewedBy: node.id) != nil
        || plan.nodes[parent].isQuestion(node.id)
    }
    guard let artifact = node.writes.first?.name, isAside != true else { return }
    let scope = along.dropLast().last { isScope($0.node) }?.inside ?? ""
    let source: RunHistory.Version.Source
    var member: String?
    switch node.kind {
    case .stage, .wait:
      // Of a step whose fallback was taken, what wrote the artifact is in the fallback.
      guard let output = pending.removeValue(forKey: address) else { return }
      source = .value(output.payload)
      member = output.member
    case .fanOut(let spread):
      source = collected(spread, inside: along.last?.inside ?? address, counts[address] ?? 0)
    case .call(let invocation):
      let name = Name(scope: along.last?.inside ?? address, artifact: invocation.output.name)
      source = latest[name]?.source ?? .derived
    default: return
    }
    publish(
      artifact, scope: scope, source, record: event.sequence, author: event.address,
      member: member, along)
  }

  private mutating func publish(
    _ artifact: String, scope: String, _ source: RunHistory.Version.Source, record: Int,
    author: Address?, member: String? = nil, _ along: [PlaceList.Place]
  ) {
    let version = RunHistory.Version(
      artifact: artifact, scope: scope, number: nil, record: record, author: author,
      member: member, source: source)
    found.append((version, along))
    note(source, record: record, as: Name(scope: scope, artifact: artifact))
  }

  /// A snapshot tells of rounds that ended before some of the records that it keeps.
  private mutating func note(
    _ source: RunHistory.Version.Source, record: Int, as name: Name
  ) {
    if let known = latest[name], known.record > record { return }
    latest[name] = (record, source)
  }

  private func isScope(_ node: Int) -> Bool {
    switch plan.nodes[node].kind {
    case .fanOut, .call: true
    default: false
    }
  }

  /// The results of a fan-out's elements, where bare results are collected and all are known.
  private func collected(
    _ spread: Node.Spread, inside: String, _ count: Int
  ) -> RunHistory.Version.Source {
    guard !spread.collectsOutcomes, count > 0 else { return count == 0 ? .list([]) : .derived }
    var payloads: [Payload] = []
    for item in 1...count {
      let name = Name(scope: "\(inside)/items[\(item)]", artifact: spread.result.name)
      guard case .value(let payload)? = latest[name]?.source else { return .derived }
      payloads.append(payload)
    }
    return .list(payloads)
  }

  /// Whether a step that something is inside of does not hand on what that wrote.
  private func isGivenUp(_ along: [PlaceList.Place]) -> Bool {
    for (outer, inner) in zip(along, along.dropFirst()) {
      if let place = replaced[outer.address], place != inner.node { return true }
      let isFallback = plan.nodes[outer.node].isStandIn(inner.node)
      if fellBack.contains(outer.address), !isFallback { return true }
      if !isFallback, outer.take <= rejected[outer.address] ?? 0 { return true }
      if case .race = plan.nodes[outer.node].kind, let winner = winners[outer.address],
        winner != inner.node
      {
        return true
      }
    }
    return false
  }
}

extension Event.Kind {
  fileprivate var isOverride: Bool {
    if case .examined(_, .overridden) = self { true } else { false }
  }
}

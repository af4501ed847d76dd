extension Node {
  /// The node in a few words: `stage by writer, reads brief, writes draft`.
  var summary: String {
    var text = kind.name
    if let role { text += " by \(role)" }
    if !reads.isEmpty { text += ", reads \(reads.map(\.name).joined(separator: ", "))" }
    if !writes.isEmpty { text += ", writes \(writes.map(\.name).joined(separator: ", "))" }
    return text
  }

  /// How the node of the same path in another plan differs from this one.
  func differences(from new: Node, in plan: Plan, _ newPlan: Plan) -> [String] {
    var parts: [String] = []
    func compare(_ what: String, _ old: String, _ new: String) {
      if old != new { parts.append("\(what) \(old) → \(new)") }
    }
    compare("kind", kind.name, new.kind.name)
    compare("name", "'\(name)'", "'\(new.name)'")
    compare("role", role ?? "none", new.role ?? "none")
    compare("reads", Self.text(reads), Self.text(new.reads))
    compare("writes", Self.text(writes), Self.text(new.writes))
    if kind.name == new.kind.name {
      compare("\(kind.name)", kind.detailText, new.kind.detailText)
    }
    compare("retry", policies.retry.text, new.policies.retry.text)
    parts += Self.change(of: "timeout", policies.timeout, new.policies.timeout)
    parts += Self.change(of: "deadline", policies.deadline, new.policies.deadline)
    parts += gateDifferences(from: new)
    let order = children.map { plan.nodes[$0].path }.filter { path in
      new.children.contains { newPlan.nodes[$0].path == path }
    }
    let newOrder = new.children.map { newPlan.nodes[$0].path }.filter { order.contains($0) }
    if order != newOrder { parts.append("its steps are in another order") }
    return parts.isEmpty ? otherDifferences(from: new) : parts
  }

  private static func change(of what: String, _ old: Duration?, _ new: Duration?) -> [String] {
    guard old != new else { return [] }
    let texts = [old, new].map { $0.map(DurationText.short) ?? "none" }
    // Where a person's form rounds the difference away, the exact one is shown.
    let exact = [old, new].map { $0.map(DurationText.iso) ?? "none" }
    let shown = texts[0] == texts[1] ? exact : texts
    return ["\(what) \(shown[0]) → \(shown[1])"]
  }

  /// What has no words of its own: the members of the plan's JSON that are not the same.
  private func otherDifferences(from new: Node) -> [String] {
    guard case .object(let old) = json(locations: false),
      case .object(let other) = new.json(locations: false)
    else { return [] }
    return Set(old.keys).union(other.keys).sorted().compactMap { key in
      guard !["children", "fallback", "id"].contains(key), old[key] != other[key] else {
        return nil
      }
      let texts = [old[key], other[key]].map { $0?.canonicalText ?? "none" }
      return "\(key) \(texts[0]) → \(texts[1])"
    }
  }

  private func gateDifferences(from new: Node) -> [String] {
    var parts: [String] = []
    for gate in policies.gates {
      guard let other = new.policies.gates.first(where: { $0.name == gate.name }) else {
        parts.append("gate '\(gate.name)' removed")
        continue
      }
      if gate.judges != other.judges {
        parts.append(
          "gate '\(gate.name)' judges \(Self.text(gate.judges)) → \(Self.text(other.judges))")
      }
      if gate.otherwise != other.otherwise {
        parts.append("gate '\(gate.name)' \(gate.otherwise.text) → \(other.otherwise.text)")
      }
    }
    for gate in new.policies.gates where !policies.gates.contains(where: { $0.name == gate.name }) {
      parts.append("gate '\(gate.name)' added")
    }
    let order = policies.gates.map(\.name)
    let newOrder = new.policies.gates.map(\.name)
    if order != newOrder, order.sorted() == newOrder.sorted() {
      parts.append("gates in the order \(newOrder.map { "'\($0)'" }.joined(separator: ", "))")
    }
    return parts
  }

  private static func text(_ uses: [ArtifactUse]) -> String {
    uses.isEmpty ? "nothing" : uses.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
  }
}

extension Node.Kind {
  /// What a person would say about the kind beside its name.
  package var detailText: String {
    switch self {
    case .stage, .sequence, .parallel, .dataflow, .race: return ""
    case .choose(let choice):
      switch choice.unmatched {
      case .fail: return "fails if nothing matches"
      case .skip: return "skips if nothing matches"
      case .branch: return "has an otherwise"
      }
    case .repeat(let repetition):
      let end = repetition.exhausted == .accept ? ", then accepts" : ""
      return "at most \(repetition.limit) \(repetition.limit == 1 ? "round" : "rounds")\(end)"
    case .fanOut(let spread):
      var parts: [String] = []
      if let width = spread.width { parts.append("\(width) at once") }
      if spread.tolerated > 0 { parts.append("tolerates \(spread.tolerated)") }
      if spread.endsEarly { parts.append("ends early") }
      return parts.joined(separator: ", ")
    case .call(let invocation):
      return invocation.version.map { "\(invocation.workflow) \($0)" } ?? invocation.workflow
    }
  }
}

extension Rejection {
  /// `fail`, `accept`, `rework up to 3`, `rework up to 3, then accept`.
  package var text: String {
    switch self {
    case .fail: "fail"
    case .accept: "accept"
    case .rework(let limit, .fail): "rework up to \(limit)"
    case .rework(let limit, .accept): "rework up to \(limit), then accept"
    }
  }
}

extension Retry? {
  /// `3 attempts, from 1 s`, or `none`.
  package var text: String {
    guard let self else { return "none" }
    let pause =
      self.backoff.initial > .zero ? ", from \(DurationText.short(self.backoff.initial))" : ""
    return "\(self.attempts) attempts\(pause)"
  }
}

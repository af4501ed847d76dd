extension Node {
  /// The node in a few words: `stage by writer, reads brief, writes draft`.
  var summary: String {
    var text = kind.name
    if let role { text += " by \(role)" }
    if !reads.isEmpty { text += ", reads \(reads.map(\.name).joined(separator: ", "))" }
    if !writes.isEmpty { text += ", writes \(writes.map(\.name).joined(separator: ", "))" }
    return text
  }

  /// How the node of the same path in another plan differs from this one: in words, and where
  /// these leave something out, by the members of the plan's JSON.
  func differences(from new: Node, in plan: Plan, _ newPlan: Plan) -> [String] {
    var parts: [String] = []
    // This node with all that has been told; what it still differs in has not been.
    var told = self
    (told.id, told.children, told.fallback) = (new.id, new.children, new.fallback)
    func compare<Part>(
      _ what: String, _ part: WritableKeyPath<Node, Part>, _ text: (Part) -> String
    ) {
      let texts = (text(self[keyPath: part]), text(new[keyPath: part]))
      guard texts.0 != texts.1 else { return }
      parts.append("\(what) \(texts.0) → \(texts.1)")
      told[keyPath: part] = new[keyPath: part]
    }
    if kind.name != new.kind.name { compare("kind", \.kind, \.text) }
    compare("name", \.name) { "'\($0)'" }
    compare("role", \.role) { $0 ?? "none" }
    compare("reads", \.reads, Self.text)
    compare("writes", \.writes, Self.text)
    if kind.name == new.kind.name, kind.detailText != new.kind.detailText {
      let details = [kind, new.kind].map { $0.detailText.isEmpty ? "plain" : $0.detailText }
      parts.append("\(kind.name) \(details[0]) → \(details[1])")
      told.kind = told.kind.takingOver(new.kind)
    }
    parts += Retry.differences(policies.retry, new.policies.retry)
    parts += Self.change(of: "timeout", policies.timeout, new.policies.timeout)
    parts += Self.change(of: "deadline", policies.deadline, new.policies.deadline)
    if policies.occurrence != new.policies.occurrence {
      parts.append("\(policies.occurrence.text) → \(new.policies.occurrence.text)")
    }
    if policies.priority != new.policies.priority {
      let texts = [policies.priority, new.policies.priority].map { $0.map(String.init) ?? "none" }
      parts.append("priority \(texts[0]) → \(texts[1])")
    }
    parts += Self.change(of: "budget", policies.budget, new.policies.budget)
    parts += Self.change(of: "estimate", policies.estimate, new.policies.estimate)
    parts += escalationDifferences(from: new, in: plan, newPlan)
    if policies.compensation != new.policies.compensation {
      let texts = [policies, new.policies].map { $0.compensation?.text ?? "nothing" }
      parts.append("undoes \(texts[0]) → \(texts[1])")
    }
    if policies.onFailure != new.policies.onFailure {
      let texts = [policies, new.policies].map(\.onFailure.rawValue)
      parts.append("on failure \(texts[0]) → \(texts[1])")
    }
    let gates = gateDifferences(from: new)
    parts += gates
    var policies = new.policies
    if gates.isEmpty { policies.gates = self.policies.gates }
    told.policies = policies
    let order = children.map { plan.nodes[$0].path }.filter { path in
      new.children.contains { newPlan.nodes[$0].path == path }
    }
    let newOrder = new.children.map { newPlan.nodes[$0].path }.filter { order.contains($0) }
    if order != newOrder { parts.append("its steps are in another order") }
    return parts + told.otherDifferences(from: new)
  }

  private static func change(of what: String, _ old: Duration?, _ new: Duration?) -> [String] {
    guard old != new else { return [] }
    let texts = DurationText.distinct(old, new)
    return ["\(what) \(texts.0) → \(texts.1)"]
  }

  private static func change(
    of what: String, _ old: (some Equatable)?, _ new: (some Equatable)?
  ) -> [String] {
    let texts = [old.map { "\($0)" }, new.map { "\($0)" }].map { $0 ?? "none" }
    return texts[0] == texts[1] ? [] : ["\(what) \(texts[0]) → \(texts[1])"]
  }

  /// What has no words of its own: the members of the plan's JSON that are not the same.
  private func otherDifferences(from new: Node) -> [String] {
    guard self != new, case .object(let old) = json(locations: false),
      case .object(let other) = new.json(locations: false)
    else { return [] }
    return Set(old.keys).union(other.keys).sorted().compactMap { key in
      guard old[key] != other[key] else { return nil }
      let texts = [old[key], other[key]].map { $0?.canonicalText ?? "none" }
      return "\(key) \(texts[0]) → \(texts[1])"
    }
  }

  private func escalationDifferences(from new: Node, in plan: Plan, _ newPlan: Plan) -> [String] {
    guard policies.escalation != new.policies.escalation else { return [] }
    func text(_ node: Node, _ plan: Plan) -> String {
      guard let escalation = node.policies.escalation else { return "nothing" }
      return escalation.rules.map { plan.text(of: $0) }.joined(separator: "; ")
    }
    return ["escalates \(text(self, plan)) → \(text(new, newPlan))"]
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
      let (review, otherReview) = (gate.reviewText, other.reviewText)
      if review != otherReview { parts.append("gate '\(gate.name)' \(review) → \(otherReview)") }
      if gate.otherwise != other.otherwise {
        parts.append("gate '\(gate.name)' \(gate.otherwise.text) → \(other.otherwise.text)")
      }
    }
    for gate in new.policies.gates where !policies.gates.contains(where: { $0.name == gate.name }) {
      parts.append("gate '\(gate.name)' added")
    }
    let (names, newNames) = (policies.gates.map(\.name), new.policies.gates.map(\.name))
    if names.filter(newNames.contains) != newNames.filter(names.contains) {
      parts.append("gates in the order \(newNames.map { "'\($0)'" }.joined(separator: ", "))")
    }
    return parts
  }

  private static func text(_ uses: [ArtifactUse]) -> String {
    uses.isEmpty ? "nothing" : uses.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
  }
}

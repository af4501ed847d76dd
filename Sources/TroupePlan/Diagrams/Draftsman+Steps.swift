/// Steps without steps inside.
extension Draftsman {
  mutating func stage(_ node: Node) -> Fragment {
    let kind: Drawing.Shape.Kind
    var details: [String] = []
    if let role = node.role {
      kind = .stage(role: roleNumbers[role])
      details.append(role)
    } else {
      kind = node.writes.isEmpty ? .effect : .stage(role: nil)
    }
    return single(shape(kind, node.name, details: details + limits(node)), node)
  }

  mutating func wait(_ node: Node, _ waiting: Node.Waiting) -> Fragment {
    var details: [String] = []
    switch waiting {
    case .signal(let signal):
      let name = signal.name == node.name ? "" : " \(signal.name)"
      let limit = signal.within.map { " · within \(DurationText.short($0))" } ?? ""
      details.append("signal\(name)\(limit)")
    case .instant:
      let reads = node.reads.map(\.name).joined(separator: ", ")
      details.append(reads.isEmpty ? "until an instant" : "until \(reads)")
    case .span(let length): details.append("for \(DurationText.short(length))")
    }
    return single(shape(.wait, node.name, details: details + limits(node)), node)
  }

  /// What a node became that is one shape.
  private func single(_ shape: Drawing.Shape, _ node: Node) -> Fragment {
    let written = showsArtifacts ? node.writes.map(\.name).joined(separator: ", ") : ""
    return Fragment(
      elements: [.shape(shape)], entry: shape.id, exits: [Exit(id: shape.id, label: written)])
  }

  func limits(_ node: Node) -> [String] {
    let policies = node.policies
    var parts: [String] = []
    if let retry = policies.retry { parts.append("\(retry.attempts) attempts") }
    if let timeout = policies.timeout { parts.append("timeout \(DurationText.short(timeout))") }
    if let deadline = policies.deadline { parts.append("deadline \(DurationText.short(deadline))") }
    if policies.occurrence != .atLeastOnce { parts.append(policies.occurrence.text) }
    if policies.compensation != nil { parts.append("compensated") }
    if let priority = policies.priority { parts.append("priority \(priority)") }
    if let budget = policies.budget { parts.append("budget \(budget)") }
    if let estimate = policies.estimate { parts.append("estimate \(estimate)") }
    return parts.isEmpty ? [] : [parts.joined(separator: " · ")]
  }
}

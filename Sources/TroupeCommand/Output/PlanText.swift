import TroupePlan

/// A plan as a tree for people: each step with its kind, its role, what it reads and writes, and
/// below it what holds for it.
struct PlanText {
  private let plan: Plan

  /// A line of the tree before its columns are aligned.
  private enum Line {
    case step(branch: String, name: String, kind: String, artifacts: String)
    case policy(branch: String, text: String)
  }

  /// The lines, with a line end after each.
  static func of(_ plan: Plan) -> String {
    PlanText(plan: plan).text
  }

  private var text: String {
    var head = "\(plan.workflow)" + (plan.version.map { " \($0)" } ?? "")
    head += ": \(typed(plan.input)) → \(typed(plan.output))"
    var texts = [Printable.line(head)]
    if let parameters { texts.append("  with " + Printable.line(parameters)) }
    var lines: [Line] = []
    if let root = plan.nodes.first {
      addPolicies(of: root, branch: "", to: &lines)
      addChildren(of: root, branch: "", to: &lines)
    }
    texts += aligned(lines)
    return texts.map { $0 + "\n" }.joined()
  }

  private var parameters: String? {
    guard case .object(let members) = plan.parameters else { return "\(plan.parameters)" }
    guard !members.isEmpty else { return nil }
    return members.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
      .joined(separator: ", ")
  }

  private func typed(_ use: ArtifactUse) -> String { "\(use.name) (\(use.type))" }

  private func addChildren(of node: Node, branch: String, to lines: inout [Line]) {
    let inside = node.children + node.standIns
    for (index, id) in inside.enumerated() {
      let child = plan.nodes[id]
      let isLast = index == inside.count - 1
      lines.append(
        .step(
          branch: branch + (isLast ? "└─ " : "├─ "), name: Printable.line(child.name),
          kind: Printable.line(kind(child, in: node)), artifacts: Printable.line(artifacts(child))))
      let below = branch + (isLast ? "   " : "│  ")
      let hasChildren = !child.children.isEmpty || !child.standIns.isEmpty
      addPolicies(of: child, branch: below + (hasChildren ? "│  " : "   "), to: &lines)
      addChildren(of: child, branch: below, to: &lines)
    }
  }

  private func kind(_ node: Node, in parent: Node) -> String {
    let word = node.word(in: parent)
    if let role = node.role { return "\(word) by \(role)" }
    let detail = node.kind.detailText
    return detail.isEmpty ? word : "\(word), \(detail)"
  }

  private func artifacts(_ node: Node) -> String {
    let reads = Count.some(node.reads.map(\.name), limit: 4)
    let writes = node.writes.map(\.name).joined(separator: ", ")
    if writes.isEmpty { return reads }
    return reads.isEmpty ? "→ \(writes)" : "\(reads) → \(writes)"
  }

  private func addPolicies(of node: Node, branch: String, to lines: inout [Line]) {
    let policies = node.policies
    let limits = limitText(policies)
    if !limits.isEmpty { lines.append(.policy(branch: branch, text: limits)) }
    addGates(of: node, branch: branch, to: &lines)
    for rule in policies.escalation?.rules ?? [] {
      lines.append(.policy(branch: branch, text: Printable.line(plan.text(of: rule))))
    }
    if let compensation = policies.compensation {
      let parts = compensation.nodes.map { limitText(plan.nodes[$0].policies) }.filter {
        !$0.isEmpty
      }
      let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
      lines.append(.policy(branch: branch, text: "undoes \(compensation.text)\(detail)"))
    }
    if policies.onFailure == .stop {
      lines.append(.policy(branch: branch, text: "on failure: stop, and undo nothing"))
    }
  }

  /// `retry: 3 attempts; timeout: 1 min`, or nothing.
  private func limitText(_ policies: Policies) -> String {
    var limits: [String] = []
    if policies.retry != nil { limits.append("retry: \(policies.retry.text)") }
    if let timeout = policies.timeout { limits.append("timeout: \(DurationText.short(timeout))") }
    if let deadline = policies.deadline {
      limits.append("deadline: \(DurationText.short(deadline))")
    }
    if policies.occurrence != .atLeastOnce { limits.append(policies.occurrence.text) }
    if let priority = policies.priority { limits.append("priority \(priority)") }
    if let budget = policies.budget { limits.append("budget: \(budget)") }
    if let estimate = policies.estimate { limits.append("estimate: \(estimate)") }
    return limits.joined(separator: "; ")
  }

  private func addGates(of node: Node, branch: String, to lines: inout [Line]) {
    for gate in node.policies.gates {
      let judged =
        node.kind == .stage ? "" : " on \(gate.judges.map(\.name).joined(separator: ", "))"
      let text = "gate '\(gate.name)'\(judged)\(reviewer(gate)), otherwise \(gate.otherwise.text)"
      lines.append(.policy(branch: branch, text: Printable.line(text)))
    }
  }

  /// ` by editor passing 0.8 within 24 h`, or nothing for a gate of code.
  private func reviewer(_ gate: Gate) -> String {
    guard let review = gate.review else { return "" }
    let node = plan.nodes[review.node]
    let limit = node.policies.deadline.map { " within \(DurationText.short($0))" } ?? ""
    let score = review.passing.map { " passing \($0)" } ?? ""
    let quorum = review.quorum.map { "\($0.text) " } ?? ""
    return " by \(quorum)\(review.adjective)\(plan.reviewer(of: gate) ?? "")\(score)\(limit)"
  }

  private func aligned(_ lines: [Line]) -> [String] {
    var (nameWidth, kindWidth) = (0, 0)
    for case .step(let branch, let name, let kind, _) in lines {
      nameWidth = max(nameWidth, ColumnWidth.of(branch) + ColumnWidth.of(name))
      kindWidth = max(kindWidth, ColumnWidth.of(kind))
    }
    return lines.map { line in
      switch line {
      case .policy(let branch, let text): return "\(branch)  \(text)"
      case .step(let branch, let name, let kind, let artifacts):
        let first = ColumnWidth.pad(branch + name, to: nameWidth)
        guard !artifacts.isEmpty else { return "\(first)  \(kind)" }
        return "\(first)  \(ColumnWidth.pad(kind, to: kindWidth))  \(artifacts)"
      }
    }
  }
}

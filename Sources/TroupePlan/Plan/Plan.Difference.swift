extension Plan {
  /// What differs between two plans, in words that a person can read.
  public struct Difference: Sendable, Hashable, CustomStringConvertible {
    /// One difference.
    public struct Change: Sendable, Hashable, CustomStringConvertible {
      /// What happened to it.
      public enum Kind: String, Sendable, Hashable {
        /// It is only in the new plan.
        case added = "+"
        /// It is only in the old plan.
        case removed = "-"
        /// It is in both, and not the same.
        case changed = "~"
      }

      /// What happened to it.
      public let kind: Kind
      /// What it is: a node's path, or a part of the plan.
      public let subject: String
      /// How it differs; empty where it was added or removed without more to say.
      public let detail: String

      /// `~ launch-post/write/draft: timeout 10 min → 5 min`
      public var description: String {
        detail.isEmpty ? "\(kind.rawValue) \(subject)" : "\(kind.rawValue) \(subject): \(detail)"
      }
    }

    /// The differences: the plan's own parts, then its nodes in the order of the new plan, each
    /// removed node after what stood before it.
    public let changes: [Change]

    /// Whether the plans mean the same.
    public var isEmpty: Bool { changes.isEmpty }

    /// One line for each difference.
    public var description: String { changes.map(\.description).joined(separator: "\n") }
  }

  /// What is different in another plan, seen from this one. Source locations do not count.
  public func diff(_ new: Plan) -> Difference {
    var changes: [Difference.Change] = []
    func note(_ kind: Difference.Change.Kind, _ subject: String, _ detail: String) {
      changes.append(Difference.Change(kind: kind, subject: subject, detail: detail))
    }
    func compare(_ subject: String, _ old: String?, _ new: String?) {
      guard old != new else { return }
      note(.changed, subject, "\(old ?? "none") → \(new ?? "none")")
    }
    compare("workflow", workflow, new.workflow)
    compare("version", version, new.version)
    compare("input", input.summary, new.input.summary)
    compare("output", output.summary, new.output.summary)
    if case .object = parameters, case .object = new.parameters {
      for key in keys(of: parameters, new.parameters) {
        compare(
          "parameter '\(key)'", parameters[key]?.canonicalText, new.parameters[key]?.canonicalText)
      }
    } else {
      compare("parameters", parameters.canonicalText, new.parameters.canonicalText)
    }
    compareRoles(new, note)
    compareNodes(new, note)
    // So that "no difference" is never said of plans that are not the same.
    if changes.isEmpty, self != new { note(.changed, workflow, "the order of roles or nodes") }
    return Difference(changes: changes)
  }

  private func keys(of objects: JSONValue...) -> [String] {
    var keys: Set<String> = []
    for case .object(let members) in objects { keys.formUnion(members.keys) }
    return keys.sorted()
  }

  private func compareRoles(
    _ new: Plan, _ note: (Difference.Change.Kind, String, String) -> Void
  ) {
    for role in roles where new.role(role.id) == nil { note(.removed, "role '\(role.id)'", "") }
    for role in new.roles {
      guard let old = self.role(role.id) else {
        note(.added, "role '\(role.id)'", "")
        continue
      }
      guard old != role else { continue }
      var parts: [String] = []
      if old.skills != role.skills {
        parts.append("skills \(old.skills.listed) → \(role.skills.listed)")
      }
      if old.instructions != role.instructions { parts.append("other instructions") }
      if old.reportsTo != role.reportsTo {
        parts.append("reports to \(old.reportsTo ?? "nobody") → \(role.reportsTo ?? "nobody")")
      }
      note(.changed, "role '\(role.id)'", parts.joined(separator: ", "))
    }
  }

  private func compareNodes(
    _ new: Plan, _ note: (Difference.Change.Kind, String, String) -> Void
  ) {
    let olds = Dictionary(nodes.map { ($0.path, $0) }) { first, _ in first }
    let news = Dictionary(new.nodes.map { ($0.path, $0) }) { first, _ in first }
    // Removed nodes are told after the last node before them that is still there.
    var removed: [Path?: [Node]] = [:]
    var last: Path?
    for node in nodes {
      if news[node.path] == nil {
        removed[last, default: []].append(node)
      } else {
        last = node.path
      }
    }
    for node in removed[nil] ?? [] { note(.removed, node.path.description, node.summary) }
    for node in new.nodes {
      if let old = olds[node.path] {
        let details = old.differences(from: node, in: self, new)
        if !details.isEmpty {
          note(.changed, node.path.description, details.joined(separator: ", "))
        }
      } else {
        note(.added, node.path.description, node.summary)
      }
      for node in removed[node.path] ?? [] {
        note(.removed, node.path.description, node.summary)
      }
    }
  }
}

extension [String] {
  fileprivate var listed: String { isEmpty ? "none" : joined(separator: ", ") }
}

extension ArtifactUse {
  fileprivate var summary: String { "'\(name)' of type '\(type)'" }
}

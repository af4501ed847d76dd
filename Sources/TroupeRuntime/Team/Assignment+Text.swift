import TroupePlan

extension Assignment {
  /// The whole assignment as one text, for agents that read text: the role's instructions, the
  /// prompt, what was wrong before, and the form of the answer.
  public var text: String {
    var parts: [String] = []
    if !role.instructions.isEmpty { parts.append(role.instructions) }
    parts.append(prompt)
    if !feedback.isEmpty {
      let lines = feedback.map { feedback in
        let rejected = feedback.rejected.map { "\n  what was rejected: \($0)" } ?? ""
        return "- \(feedback.source): \(feedback.reason)\(rejected)"
      }
      parts.append("What was wrong with earlier answers:\n" + lines.joined(separator: "\n"))
    }
    if let schema {
      parts.append("Answer with JSON only, valid against this JSON Schema:\n\(schema)")
    }
    return parts.joined(separator: "\n\n")
  }
}

extension Feedback.Source: CustomStringConvertible {
  /// `gate 'long enough'`, or `the form of the answer`.
  public var description: String {
    switch self {
    case .gate(let name): "gate '\(name)'"
    case .decoding: "the form of the answer"
    case .escalation: "the decision to do it again"
    }
  }
}

import TroupePlan

/// What a reviewer is asked where the workflow does not say it in words of its own.
enum ReviewPrompt {
  /// Shows what is to be reviewed: text as it is, the rest as JSON.
  static func text(
    gate: String, passing: Double?, _ artifacts: [(name: String, type: ValueType)],
    _ values: Body.Values
  ) throws -> String {
    let names = artifacts.map { "'\($0.name)'" }.joined(separator: ", ")
    var text = "Review \(names) for the gate '\(gate)': decide whether it may pass, and say in "
    text += "comments what is to be changed."
    if let passing {
      text +=
        " Give a score from 0 to 1; from \(JSONValue.number(passing).canonicalText) on it passes."
    }
    for (artifact, value) in zip(artifacts, values) {
      let shown = try value as? String ?? artifact.type.encode(value).canonicalText
      text += "\n\n\(artifact.name):\n\(shown)"
    }
    return text
  }
}

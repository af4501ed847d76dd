/// What somebody is told who decides about a step that cannot get further by itself.
public struct Trouble: Codable, Sendable, Hashable {
  /// The address of the step about which is to be decided.
  public var step: String
  /// What led up the ladder, in words: `timeout`, `gate rejected`, `concern about security` …
  public var trigger: String
  /// What happened, with the address of the step inside in which it did.
  public var reason: String
  /// What the step wrote last, as JSON; `nil` if it wrote nothing.
  public var output: JSONValue?
  /// What may be decided.
  public var decisions: [Resolution.Decision]
  /// What is done if nothing is decided, in words.
  public var otherwise: String

  /// Creates a description.
  public init(
    step: String, trigger: String, reason: String, output: JSONValue?,
    decisions: [Resolution.Decision], otherwise: String
  ) {
    self.step = step
    self.trigger = trigger
    self.reason = reason
    self.output = output
    self.decisions = decisions
    self.otherwise = otherwise
  }
}

extension Trouble {
  /// The name under which the stage of an `Ask` reads it.
  package static let artifact = "@trouble"

  /// What a role is asked where the workflow does not say it in words of its own.
  package var prompt: String {
    var text = "'\(step)' cannot get further by itself (\(trigger)): \(reason)\n\nDecide:"
    for decision in decisions { text += "\n- \(decision.rawValue): \(Self.meaning(of: decision))" }
    text += "\n\nWithout a decision: \(otherwise)."
    if let output { text += "\n\nWhat it wrote:\n\(output.shown)" }
    return text
  }

  private static func meaning(of decision: Resolution.Decision) -> String {
    switch decision {
    case .retry: "it is done once more; give guidance in 'reason'"
    case .supply: "give its output in 'value'"
    case .accept: "what it wrote is used as it is; say why in 'reason'"
    case .abort: "the run ends; say why in 'reason'"
    }
  }
}

extension JSONValue {
  fileprivate var shown: String {
    if case .string(let text) = self { text } else { canonicalText }
  }
}

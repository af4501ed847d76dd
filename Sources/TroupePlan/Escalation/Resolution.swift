/// What somebody decides who is asked about a step that cannot get further by itself.
///
/// Agents and people that an `Ask` asks answer with this; its schema goes to them.
public struct Resolution: Codable, Sendable, Hashable {
  /// What is decided.
  public enum Decision: String, Codable, Sendable, CaseIterable {
    /// The step is done once more; the reason is told to those who do it.
    case retry
    /// The value is used as the step's output.
    case supply
    /// What the step wrote is used as it is, although gates have rejected it.
    case accept
    /// The run ends for good.
    case abort
  }

  /// What is decided.
  public var decision: Decision
  /// Why; of a retry the guidance for those who do the step again.
  public var reason: String?
  /// The output that is supplied: JSON of the type that the step writes; of a step with several
  /// outputs an object with them by the names of their artifacts.
  public var value: JSONValue?

  /// Creates a decision; the functions that are named after the decisions are easier to read.
  public init(_ decision: Decision, reason: String? = nil, value: JSONValue? = nil) {
    self.decision = decision
    self.reason = reason
    self.value = value
  }

  /// The step is done once more.
  ///
  /// - Parameter guidance: What those who do it are told; without it they are asked the same again.
  public static func retry(guidance: String? = nil) -> Resolution {
    Resolution(.retry, reason: guidance)
  }

  /// A value is used as the step's output, once the step's gates let it pass.
  ///
  /// - Parameters:
  ///   - value: JSON of the type that the step writes; `null` for a step that writes nothing.
  ///   - reason: Why.
  public static func supply(_ value: JSONValue, reason: String? = nil) -> Resolution {
    Resolution(.supply, reason: reason, value: value)
  }

  /// What the step wrote is used as it is. The gate that rejected it is waived; those behind it
  /// still hold.
  ///
  /// - Parameter reason: Why.
  public static func accept(reason: String) -> Resolution { Resolution(.accept, reason: reason) }

  /// The run ends for good.
  ///
  /// - Parameter reason: Why.
  public static func abort(reason: String) -> Resolution { Resolution(.abort, reason: reason) }
}

extension Resolution {
  /// What is decided, in words: `retry: shorter`, `accept: good enough`.
  package var text: String { reason.map { "\(decision.rawValue): \($0)" } ?? decision.rawValue }

  /// A decision as JSON, as journals hold it.
  package init?(json: JSONValue?) {
    guard let json, let resolution = try? json.decode(as: Resolution.self) else { return nil }
    self = resolution
  }

  /// The decision as journals hold it.
  package var json: JSONValue {
    var members: [String: JSONValue] = ["decision": .string(decision.rawValue)]
    if let reason { members["reason"] = .string(reason) }
    if let value { members["value"] = value }
    return .object(members)
  }
}

public import TroupePlan

/// What an agent delivers: text, JSON or a Swift value, and what it used up.
public struct Delivery: Sendable {
  /// What is delivered.
  public enum Content: Sendable {
    /// Text; where the stage wants something else than text, it must hold its JSON.
    case text(String)
    /// JSON of the stage's type.
    case json(JSONValue)
    /// A value of the stage's type.
    case value(any Sendable)
  }

  /// What is delivered.
  public let content: Content
  /// What it used up.
  public let usage: Usage

  /// Creates a delivery.
  public init(_ content: Content, usage: Usage = Usage()) {
    self.content = content
    self.usage = usage
  }

  /// A delivery of text.
  public static func text(_ text: String, usage: Usage = Usage()) -> Delivery {
    Delivery(.text(text), usage: usage)
  }

  /// A delivery of JSON.
  public static func json(_ json: JSONValue, usage: Usage = Usage()) -> Delivery {
    Delivery(.json(json), usage: usage)
  }

  /// A delivery of a Swift value, which must have the stage's type.
  public static func value(_ value: some Sendable, usage: Usage = Usage()) -> Delivery {
    Delivery(.value(value), usage: usage)
  }
}

/// A JSON value that does not fit the Swift type it is read as.
public struct JSONMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where: `sections[2].title`; empty for the whole value.
  public let keyPath: String
  /// What the type takes there.
  public let expected: String
  /// What stood there: its kind and a short form of its value.
  public let found: String
  /// What to do about it, or what the type itself said, if there is more to say.
  public let hint: String?

  package init(keyPath: String, expected: String, found: String, hint: String? = nil) {
    self.keyPath = keyPath
    self.expected = expected
    self.found = found
    self.hint = hint
  }

  /// `sections[2].title: expected a string, found the number 7`.
  public var description: String {
    let place = keyPath.isEmpty ? "" : "\(keyPath): "
    let more = hint.map { "; \($0)" } ?? ""
    return "\(place)expected \(expected), found \(found)\(more)"
  }
}

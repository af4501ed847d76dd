import TroupePlan

/// The output of a run as text.
enum ResultText {
  /// Text as it is, a type with a description of its own as that, and all else as JSON on several
  /// lines; with a line end.
  ///
  /// - Parameter isShown: Whether it goes to a terminal, which must not be commanded by it; else
  ///   text is left as it is.
  static func of(
    _ output: any Sendable, _ type: ValueType, asJSON: Bool, isShown: Bool = false
  ) throws -> String {
    let text: String
    if !asJSON, let own = own(output) {
      text = isShown ? Printable.text(own) : own
    } else {
      text = Printable.json(try type.encode(output).prettyText)
    }
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  private static func own(_ output: any Sendable) -> String? {
    if let text = output as? String { return text }
    // The standard library's collections describe themselves in Swift, which is for programmers.
    switch Mirror(reflecting: output).displayStyle {
    case .collection, .dictionary, .set, .optional, .tuple: return nil
    default: return (output as? any CustomStringConvertible)?.description
    }
  }
}

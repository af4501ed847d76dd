/// A part of a type that the schema probe could not see through, and what to do about it.
package struct SchemaFinding: Hashable, Sendable, CustomStringConvertible {
  /// The name of the type that could not be seen through.
  package let type: String
  /// Where it stands in the probed type (`sections[].kind`); empty for the probed type itself.
  package let keyPath: String
  /// Why it could not be seen through, as a clause: `it is an enum with payloads`.
  package let reason: String
  /// What to do about it.
  package let remedy: String
  /// The names of the types of which the rest is not seen, because they need a value of this one;
  /// from the innermost outward.
  package internal(set) var hidden: [String] = []

  /// `'Newsroom.Kind' at 'sections[].kind': …; …`.
  package var description: String {
    let place = keyPath.isEmpty ? "" : " at '\(keyPath)'"
    let names = hidden.map { "'\($0)'" }.joined(separator: ", ")
    let rest = hidden.isEmpty ? "" : "; what is read after it is not seen in \(names)"
    return "'\(type)'\(place): \(reason)\(rest); \(remedy)"
  }
}

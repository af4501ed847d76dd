/// The name of a Swift type as plans, schemas and messages give it, the same in every process.
///
/// `String(reflecting:)` with the address of a private or local context removed, the standard
/// library's prefix left out, arrays, dictionaries and optionals in their short form, and
/// Foundation called by one name on every platform.
package enum TypeName {
  /// The name, with its module: `Newsroom.Draft`, `[Newsroom.Draft]`, `String?`.
  package static func of(_ type: Any.Type) -> String {
    let name = withoutContexts(String(reflecting: type))
    var reader = Reader(rest: name[...])
    guard let short = reader.type(), reader.rest.isEmpty else { return name }
    return short
  }

  /// The name without its module and without what encloses it: `Draft`.
  package static func short(of type: Any.Type) -> String {
    String(describing: type)
  }

  private static func withoutContexts(_ name: String) -> String {
    let opening = "(unknown context at "
    let pieces = name.split(separator: opening, omittingEmptySubsequences: false)
    guard let first = pieces.first else { return name }
    return pieces.dropFirst().reduce(into: String(first)) { text, piece in
      let afterAddress = piece.drop { $0 != ")" }.dropFirst()
      text += afterAddress.first == "." ? afterAddress.dropFirst() : afterAddress
    }
  }

  /// Reads nominal types with generic arguments; gives up on tuples, functions and extensions.
  private struct Reader {
    var rest: Substring

    mutating func type() -> String? {
      var name = ""
      var arguments: [String] = []
      while true {
        let part = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        guard !part.isEmpty else { return nil }
        rest = rest.dropFirst(part.count)
        // A dotted part that goes on after generic arguments belongs to an enclosing type.
        if !arguments.isEmpty { name += "<\(arguments.joined(separator: ", "))>" }
        name += part
        arguments = []
        guard rest.first == "<" else { break }
        guard let list = argumentList() else { return nil }
        arguments = list
        guard rest.first == "." else { break }
      }
      return Self.sugar(name, arguments)
    }

    private mutating func argumentList() -> [String]? {
      var list: [String] = []
      repeat {
        rest = rest.dropFirst()
        if rest.first == " " { rest = rest.dropFirst() }
        guard let argument = type() else { return nil }
        list.append(argument)
      } while rest.first == ","
      guard rest.first == ">" else { return nil }
      rest = rest.dropFirst()
      return list
    }

    private static func sugar(_ name: String, _ arguments: [String]) -> String {
      switch (name, arguments.count) {
      case ("Swift.Array", 1): return "[\(arguments[0])]"
      case ("Swift.Dictionary", 2): return "[\(arguments[0]): \(arguments[1])]"
      case ("Swift.Optional", 1): return "\(arguments[0])?"
      default: break
      }
      var plain = name
      if name.hasPrefix("Swift.") {
        plain = String(name.dropFirst("Swift.".count))
      } else if name.hasPrefix("FoundationEssentials.") {
        plain = "Foundation." + name.dropFirst("FoundationEssentials.".count)
      }
      return arguments.isEmpty ? plain : "\(plain)<\(arguments.joined(separator: ", "))>"
    }
  }
}

/// Paths into JSON as people write them: `sections[2].title`, `["odd key"].name`.
package enum KeyPathText {
  /// One step of a path.
  package enum Step: Hashable, Sendable {
    /// Into an object.
    case key(String)
    /// Into an array, from 0.
    case index(Int)
    /// Into every element of an array.
    case elements
  }

  /// The steps as text; empty for no steps.
  package static func text(_ steps: some Sequence<Step>) -> String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key) where isPlain(key): text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\(JSONValue.string(key))]"
      case .index(let index): text += "[\(index)]"
      case .elements: text += "[]"
      }
    }
    return text
  }

  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }
}

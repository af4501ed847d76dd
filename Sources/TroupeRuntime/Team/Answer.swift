package import TroupePlan

/// Reads what an agent delivers as a value of the stage's type.
package enum Answer {
  /// How often an agent is asked within one attempt, the first time included.
  static let turns = 3

  /// An answer that cannot be used, and why.
  struct Unusable: Error {
    let reason: String
    let answer: String?
  }

  /// What was delivered, as a value of a type.
  ///
  /// - Throws: `Unusable`, or `WrongDelivery` for a value of another type.
  package static func value(of delivery: Delivery, as type: ValueType) throws -> any Sendable {
    switch delivery.content {
    case .value(let value):
      guard Swift.type(of: value) == type.type else {
        throw WrongDelivery(expected: type.name, found: TypeName.of(Swift.type(of: value)))
      }
      return value
    case .json(let json): return try decode(json, as: type, answer: nil)
    case .text(let text) where type.isText: return text
    case .text(let text):
      var reason: String?
      for candidate in candidates(in: text) {
        do {
          return try decode(try JSONValue(parsing: candidate), as: type, answer: text)
        } catch let unusable as Unusable {
          return try { throw unusable }()
        } catch {
          reason = reason ?? "\(error)"
        }
      }
      throw Unusable(reason: "it holds no JSON: \(reason ?? "it is empty")", answer: text)
    }
  }

  private static func decode(
    _ json: JSONValue, as type: ValueType, answer: String?
  ) throws -> any Sendable {
    do {
      return try type.decode(json)
    } catch {
      throw Unusable(reason: "\(error)", answer: answer ?? json.canonicalText)
    }
  }

  /// Where in a text its JSON may stand: the whole, a fenced block, or from the first bracket to
  /// the last.
  static func candidates(in text: String) -> [String] {
    var candidates = [text]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if let open = lines.firstIndex(where: { $0.hasPrefix("```") }),
      let close = lines[(open + 1)...].firstIndex(where: { $0.hasPrefix("```") })
    {
      candidates.append(lines[(open + 1)..<close].joined(separator: "\n"))
    }
    if let first = text.firstIndex(where: { $0 == "{" || $0 == "[" }),
      let last = text.lastIndex(where: { $0 == "}" || $0 == "]" }), first < last
    {
      candidates.append(String(text[first...last]))
    }
    return candidates
  }
}

/// An agent of the team gave a Swift value of another type than the stage's.
struct WrongDelivery: Error, CustomStringConvertible {
  let expected: String
  let found: String
  var description: String {
    "the agent delivered a value of type '\(found)' where the stage needs '\(expected)'; "
      + "that is for the agent's code to mend"
  }
}

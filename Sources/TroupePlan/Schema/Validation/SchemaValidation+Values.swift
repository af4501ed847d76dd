/// Keywords about a value by itself: of any kind, a number or text.
extension SchemaValidation {
  mutating func checkKind(
    _ value: JSONValue, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    if let type = keywords["type"] {
      let names: [String] =
        if case .string(let name) = type { [name] } else { try names(type, of: "type") }
      var kinds: [JSONValue.Kind] = []
      for name in names {
        guard let kind = JSONValue.Kind(rawValue: name) else {
          throw unusable("'type' cannot be '\(name)'")
        }
        kinds.append(kind)
      }
      let kind = value.kind
      if !kinds.contains(kind), !(kind == .integer && kinds.contains(.number)) {
        violate("is \(value.summary), not of the type \(names.joined(separator: " or "))")
      }
    }
    if let constant = keywords["const"], constant != value {
      violate("is \(value.summary), not \(constant.summary)")
    }
    if let values = keywords["enum"] {
      guard case .array(let values) = values else {
        throw unusable("'enum' is a list of values, not \(values.summary)")
      }
      if !values.contains(value) {
        let allowed = values.map(\.canonicalText).joined(separator: ", ")
        violate("is \(value.summary), none of \(allowed)")
      }
    }
  }

  mutating func checkNumber(
    _ value: JSONValue, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    guard let number = value.double else { return }
    let limits: [(String, String, (Double, Double) -> Bool)] = [
      ("minimum", "less than the minimum", { $0 < $1 }),
      ("exclusiveMinimum", "not more than", { $0 <= $1 }),
      ("maximum", "more than the maximum", { $0 > $1 }),
      ("exclusiveMaximum", "not less than", { $0 >= $1 }),
    ]
    for (keyword, words, isBeyond) in limits {
      guard let limit = keywords[keyword] else { continue }
      guard let other = limit.double else {
        throw unusable("'\(keyword)' is a number, not \(limit.summary)")
      }
      if isBeyond(number, other) {
        violate("is \(value.summary), \(words) \(limit.canonicalText)")
      }
    }
    if let step = keywords["multipleOf"] {
      guard let divisor = step.double, divisor > 0 else {
        throw unusable("'multipleOf' is a number above 0, not \(step.summary)")
      }
      if !value.isMultiple(of: step) {
        violate("is \(value.summary), not a multiple of \(step.canonicalText)")
      }
    }
  }

  mutating func checkText(
    _ value: JSONValue, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    guard case .string(let text) = value else { return }
    // The specification counts Unicode characters as RFC 8259 does: code points.
    let length = text.unicodeScalars.count
    if let least = try count("minLength", keywords), length < least {
      violate("has \(length) characters, fewer than \(least)")
    }
    if let most = try count("maxLength", keywords), length > most {
      violate("has \(length) characters, more than \(most)")
    }
    if let pattern = keywords["pattern"] {
      guard case .string(let expression) = pattern else {
        throw unusable("'pattern' is text, not \(pattern.summary)")
      }
      if try !matches(text, expression) {
        violate("is \(value.summary), which does not match the pattern \(pattern.canonicalText)")
      }
    }
  }
}

extension JSONValue {
  fileprivate var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  fileprivate func isMultiple(of step: JSONValue) -> Bool {
    if case .integer(let integer) = self, case .integer(let step) = step {
      return integer.isMultiple(of: step)
    }
    guard let value = double, let step = step.double else { return false }
    // What is written with a decimal point is not exact: 0.3 is a multiple of 0.1 all the same.
    let quotient = value / step
    return abs(quotient - quotient.rounded()) <= 4 * quotient.ulp
  }
}

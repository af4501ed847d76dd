public import TroupePlan

/// A check that is ready made, for a gate of code.
///
/// ```swift
/// Stage("draft", by: .writer, reads: brief, writes: draft) { … }
///   .gate("not empty", .notEmpty)
///   .gate("long enough", .length(600...), otherwise: .rework(upTo: 3))
/// ```
public struct Check<Value: Sendable>: Sendable {
  /// What is looked at beside the value.
  let others: [Mention]
  let judge: @Sendable (Value, ArraySlice<any Sendable>) async throws -> Verdict

  init(
    beside others: [Mention] = [],
    _ judge: @escaping @Sendable (Value, ArraySlice<any Sendable>) async throws -> Verdict
  ) {
    self.others = others
    self.judge = judge
  }

  init(_ problem: @escaping @Sendable (Value) throws -> String?) {
    self.init { value, _ in try problem(value).map { .rejected($0) } ?? .accepted }
  }
}

extension Check where Value: Collection {
  /// There is something in it.
  public static var notEmpty: Self {
    Self { $0.isEmpty ? "it is empty" : nil }
  }

  /// It has so many elements: `.length(1...10)`, `.length(2...)`; of text, characters.
  public static func length(_ range: some RangeExpression<Int> & Sendable) -> Self {
    Self { value in
      let count = value.count
      return range.contains(count) ? nil : "it has the length \(count), not \(Self.words(range))"
    }
  }

  private static func words(_ range: some RangeExpression<Int>) -> String {
    switch range {
    case let range as ClosedRange<Int>: "\(range.lowerBound) to \(range.upperBound)"
    case let range as Range<Int>: "\(range.lowerBound) to \(range.upperBound - 1)"
    case let range as PartialRangeFrom<Int>: "\(range.lowerBound) or more"
    case let range as PartialRangeThrough<Int>: "\(range.upperBound) or less"
    case let range as PartialRangeUpTo<Int>: "less than \(range.upperBound)"
    default: "\(range)"
    }
  }
}

extension Check where Value: StringProtocol {
  /// There is something in it beside white space.
  public static var notBlank: Self {
    Self { $0.allSatisfy(\.isWhitespace) ? "there is nothing in it but white space" : nil }
  }
}

extension Check where Value == String {
  /// A regular expression matches somewhere in it: `.matches(/^# /)`.
  ///
  /// - Parameters:
  ///   - expression: The expression, made anew for each check because it cannot be shared between
  ///     threads.
  ///   - reason: What is wrong where it does not match, told to whoever does the work again.
  public static func matches<Output>(
    _ expression: @autoclosure @escaping @Sendable () throws -> Regex<Output>,
    else reason: String = "what the gate looks for is not in it"
  ) -> Self {
    Self { try expression().firstMatch(in: $0) == nil ? reason : nil }
  }

  /// It is JSON that satisfies a schema.
  public static func isJSON(satisfying schema: JSONSchema = .anything) -> Self {
    Self { text in
      let value: JSONValue
      do {
        value = try JSONValue(parsing: Array(text.utf8))
      } catch {
        return "it is not JSON: \(error)"
      }
      return try schema.problem(of: value)
    }
  }
}

extension Check where Value: Encodable {
  /// Its JSON satisfies a schema: what the type alone does not say, as the least number of
  /// elements.
  public static func satisfies(_ schema: JSONSchema) -> Self {
    Self { try schema.problem(of: JSONValue(encoding: $0)) }
  }
}

extension Check {
  /// It agrees with another artifact.
  ///
  /// - Parameters:
  ///   - artifact: The other artifact; a stage must read it, a container write it.
  ///   - reason: What is wrong where it does not, told to whoever does the work again.
  ///   - agrees: Whether the two agree; free of effects.
  public static func agrees<Other>(
    with artifact: Artifact<Other>, else reason: String? = nil,
    by agrees: @escaping @Sendable (Value, Other) throws -> Bool
  ) -> Self {
    let reading = Reading(artifact)
    let said = reason ?? "it does not agree with '\(artifact.name)'"
    return Self(beside: reading.mentions) { [gathering = reading.gathering] value, others in
      var arguments = try Arguments(Array(others), gathering)
      return try agrees(value, arguments.next(Other.self)) ? .accepted : .rejected(said)
    }
  }
}

extension Check where Value: Equatable & Codable {
  /// It is the same as another artifact, which a stage must read and a container write.
  public static func agrees(with artifact: Artifact<Value>) -> Self {
    agrees(with: artifact) { $0 == $1 }
  }
}

extension JSONSchema {
  /// What is wrong with a value; `nil` if it satisfies the schema.
  fileprivate func problem(of value: JSONValue) throws -> String? {
    let violations = try violations(in: value)
    guard !violations.isEmpty else { return nil }
    let shown = violations.prefix(5).map(\.description).joined(separator: "; ")
    let rest = violations.count - 5
    return rest > 0 ? "\(shown); and \(rest) more" : shown
  }
}

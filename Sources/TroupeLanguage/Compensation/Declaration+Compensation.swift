import TroupePlan

extension Declaration {
  /// Declares a part of the step that undoes its work.
  mutating func addCompensation(
    _ part: WritableKeyPath<Modifiers, [Declaration]?>, _ modifier: String, reads: [Mention],
    _ retry: Retry?, _ timeout: Duration?, at location: SourceLocation,
    _ undo: @escaping @Sendable (Body.Values) async throws -> Void
  ) {
    var undoing = Declaration(
      .stage, name: "compensation", reads: reads, work: .effect(undo), location: location)
    if let retry { undoing.modify { $0.retry = retry } }
    if let timeout { undoing.modify { $0.timeout = timeout } }
    modify { $0.set(part, modifier, to: [undoing], at: location) }
  }
}

/// What closures are given that undo work.
enum Undoing {
  /// The first of the values.
  static func output<Value>(of values: Body.Values, as type: Value.Type) throws -> Value {
    guard let value = values.first as? Value else {
      throw TypeMismatch(expected: "\(Value.self)", found: values.first ?? "nothing")
    }
    return value
  }
}

/// Says why a type's `init(from:)` refused the probe's values, and what its author can do.
enum ProbeAdvice {
  static let conform = "let it conform to SchemaProviding"

  static func advice(
    for type: any Decodable.Type, error: any Error
  ) -> (reason: String, remedy: String) {
    if type is any CaseIterable.Type {
      return ("its cases do not decode from what they encode to or from their raw values", conform)
    }
    if type is any RawRepresentable.Type {
      return (
        "its raw values cannot be listed",
        "let it conform to CaseIterable, or else to SchemaProviding"
      )
    }
    if case DecodingError.typeMismatch(_, let context) = error,
      context.debugDescription == enumWithPayloads
    {
      return (
        "it is an enum with payloads or without raw values, so that its cases cannot be listed",
        conform
      )
    }
    return ("its 'init(from:)' refuses the values it was tried with (\(text(of: error)))", conform)
  }

  /// What the `init(from:)` that the compiler writes for an enum says when no case is named.
  private static let enumWithPayloads = "Invalid number of keys found, expected one."

  private static func text(of error: any Error) -> String {
    switch error {
    case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
      DecodingError.valueNotFound(_, let context), DecodingError.keyNotFound(_, let context):
      context.debugDescription
    default: "\(error)"
    }
  }
}

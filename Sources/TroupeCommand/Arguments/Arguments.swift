/// The arguments of a command, parsed.
struct Arguments: Sendable, Equatable {
  /// The words that are no options, in order.
  var operands: [String] = []
  /// The values of each option that was given; a flag has one empty value.
  var options: [String: [String]] = [:]

  /// Whether an option was given.
  func has(_ option: String) -> Bool { options[option] != nil }

  /// The value of an option that may be given once, or `nil` if it was not.
  subscript(option: String) -> String? { options[option]?.last }

  /// The values of an option that may be given several times, in order.
  func all(_ option: String) -> [String] { options[option] ?? [] }
}

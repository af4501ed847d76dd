import TroupePlan

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

  /// Why, as an option says; `nil` if it was not given or is blank, which says nothing.
  func reason(_ option: String) -> String? { self[option].flatMap { $0.isBlank ? nil : $0 } }

  /// Why, as an option says that has to be given.
  ///
  /// - Parameters:
  ///   - use: What the reason is for, in words.
  ///   - subject: What needs it, if it is not the command as such.
  /// - Throws: `UsageError` if it was not given or is blank.
  func reason(
    _ option: String, of command: Subcommand, for use: String, _ subject: String? = nil
  ) throws(UsageError) -> String {
    if let reason = reason(option) { return reason }
    throw UsageError(
      has(option)
        ? "option '--\(option)' is blank: \(use)"
        : "'\(subject ?? command.name)' needs '--\(option)': \(use)", of: command)
  }

  /// The values of an option that may be given several times, in order.
  func all(_ option: String) -> [String] { options[option] ?? [] }
}

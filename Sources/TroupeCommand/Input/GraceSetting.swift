import TroupePlan

/// How long what is at work in kept runs may take to come to its end when they are to stop.
enum GraceSetting {
  /// The time if nobody says anything else.
  static let usual = Duration.seconds(10)

  /// The time that `--grace` says.
  ///
  /// - Throws: `UsageError` if it is none.
  static func of(_ arguments: Arguments, _ command: Subcommand) throws(UsageError) -> Duration {
    guard let text = arguments["grace"] else { return usual }
    guard let grace = DurationText.parse(text), grace >= .zero else {
      throw UsageError(
        "option '--grace' takes a time like '30 s', not \(Printable.quoted(text))", of: command)
    }
    return grace
  }
}

extension Option {
  /// How long a stop may take.
  static let grace = value(
    "grace", "TIME",
    "When asked to stop: how long what is at work in a kept\nrun may take to come to its end; "
      + "10 s if left out.")
}

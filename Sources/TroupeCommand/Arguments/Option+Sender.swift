extension Option {
  /// Who says something to a run.
  static let from = value(
    "from", "WHO", "Who says so, for the run's journal; the user of the\nsystem if left out.")

  /// The identity of what is said.
  static let letterID = value(
    "id", "ID",
    "An identity for it: what is sent again under it comes\nonce. One of its own if left out.")

  /// Whether to wait for the run.
  static let waitForRun = flag(
    "wait", "Wait until the run has taken it, or has refused it\n(exit code 1).")
}

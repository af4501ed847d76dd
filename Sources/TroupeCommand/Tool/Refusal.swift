/// A command that did not do its work, for a reason that is no wrong usage.
struct Refusal: Error, Sendable {
  /// What is wrong and what to do about it, in complete lines without the last line's end.
  let message: String
  /// What the executable ends with.
  let code: ExitCode

  init(_ message: String, code: ExitCode = .usage) {
    self.message = message
    self.code = code
  }
}

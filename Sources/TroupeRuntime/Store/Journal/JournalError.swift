/// A journal that could not be written any further.
///
/// What was being written may be in the file in part or as a whole; whoever opens it next finds
/// out. Nothing that waited for it has happened.
package struct JournalError: Error, Sendable, CustomStringConvertible {
  /// The journal's file.
  package let path: String
  /// What the system said.
  package let cause: SystemError

  package init(path: String, cause: SystemError) {
    self.path = path
    self.cause = cause
  }

  /// What happened, where, and what to do.
  package var description: String {
    let remedy = cause.remedy ?? "make sure that its disk is sound"
    return "'\(cause.place ?? path)' cannot be written: \(cause); \(remedy), then resume the run"
  }
}

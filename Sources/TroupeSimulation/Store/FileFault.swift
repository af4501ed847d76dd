package import TroupeRuntime

/// A step on files that is to fail.
package struct FileFault: Sendable {
  /// Which kind of step; `nil` for any.
  package let action: FileAction?
  /// The end of the path of what it is done to; empty for any.
  package let path: String
  /// Which one of those steps, counted from 1.
  package let number: Int
  /// How it fails.
  package let cause: SystemError.Cause
  /// Whether all later ones fail as well.
  package let isLasting: Bool
  /// How many bytes are written before a write fails; at most all but one.
  package let written: Int

  /// - Parameters:
  ///   - action: Which kind of step fails; `nil` for any.
  ///   - path: The end of the path of what it is done to, such as a file's name; empty for any.
  ///   - number: Which one of those steps, counted from 1.
  ///   - cause: How it fails.
  ///   - isLasting: Whether all later ones fail as well.
  ///   - written: How many bytes are written before a write fails.
  package init(
    _ action: FileAction? = nil, of path: String = "", number: Int = 1,
    failsFor cause: SystemError.Cause, isLasting: Bool = false, written: Int = 0
  ) {
    self.action = action
    self.path = path
    self.number = number
    self.cause = cause
    self.isLasting = isLasting
    self.written = written
  }
}

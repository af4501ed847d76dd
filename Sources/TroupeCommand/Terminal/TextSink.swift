/// Where text goes: a descriptor of the process, or a buffer in tests.
package protocol TextSink: Sendable {
  /// Writes all of a text.
  ///
  /// - Throws: `BrokenPipe` if nobody reads any more, `Refusal` if it cannot be written.
  func write(_ text: String) throws
}

/// Whoever read our output has gone: a reason to end, and nothing to complain about.
package struct BrokenPipe: Error, Sendable {
  package init() {}
}

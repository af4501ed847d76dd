#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a journal tells of a wait.
struct WaitHistory: Sendable {
  /// The number of the record that says it was opened, by which waits are served in order.
  let opened: Int
  /// The name of the signal that it waits for; `nil` if it waits for time alone.
  let signal: String?
  /// When it ends at the latest.
  let until: Date?
  /// The signal that it took, by the number of the record that says it came.
  var consumed: Int?
  /// The number of the record that says it is done: it has its signal, or its time has come.
  var ended: Int?
  /// The number of the record that says its time is over without a signal.
  var missed: Int?
}

/// When a member that keeps failing gets no assignments for a while.
///
/// Failures are attempts whose agent threw an error, answered in a form that cannot be used, or
/// took longer than the stage's timeout; what a gate rejects is none. After so many in a row the
/// breaker opens: the member gets nothing until the pause is over. Then it gets one assignment as a
/// trial. If that is done, the breaker closes; if it fails, the next pause begins.
///
/// A breaker belongs to the process that runs, is shared by all runs of a runtime, and is closed
/// after a restart.
public struct Breaker: Sendable, Hashable {
  /// The failures in a row after which it opens.
  public let failures: Int
  /// How long the member gets nothing.
  public let pause: Duration

  /// Creates a breaker.
  package init(after failures: Int, pause: Duration) {
    self.failures = failures
    self.pause = pause
  }
}

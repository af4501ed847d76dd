/// A run was to begin in a runtime that has been stopped; nothing of it has begun.
public struct RuntimeIsStopped: Error, Sendable, CustomStringConvertible {
  /// What has happened, and what to do.
  public var description: String {
    "the runtime was stopped, and begins no run any more; a kept run goes on in another runtime"
  }
}

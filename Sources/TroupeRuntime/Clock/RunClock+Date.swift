#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension RunClock {
  /// Waits until the wall clock has reached an instant, and never returns before it.
  ///
  /// The wall clock may be moved, and the machine may have slept: it is looked at whenever this
  /// wakes up, and that is at least once a minute.
  ///
  /// - Throws: `CancellationError` at once when the task is cancelled.
  public func sleep(untilDate instant: Date) async throws {
    while true {
      try Task.checkCancellation()
      let left = instant.timeIntervalSince(date)
      guard left > 0 else { return }
      // At least so long that it shows in a date, which has no finer fractions.
      try await sleep(until: now + .seconds(min(max(left, 1e-6), 60)))
    }
  }
}

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Where a runtime takes its time from.
///
/// Spans (timeouts, pauses between attempts) are measured with `now`, which never goes back;
/// `date` is for people and for deadlines that hold across restarts.
public protocol RunClock: Sendable {
  /// The time since a fixed moment that only this clock knows; it never goes back.
  var now: Duration { get }

  /// The wall-clock time.
  var date: Date { get }

  /// Waits until `now` has reached an instant.
  ///
  /// - Throws: `CancellationError` at once when the task is cancelled.
  func sleep(until instant: Duration) async throws

  /// Waits until `date` has reached an instant, and never returns before it.
  ///
  /// The wall clock may be moved, and the machine may sleep. By default it is looked at once a
  /// minute at least; a clock that knows when it is moved can do with less.
  ///
  /// - Throws: `CancellationError` at once when the task is cancelled.
  func sleep(untilDate instant: Date) async throws
}

/// The machine's own clock, which goes on while the machine sleeps.
public struct SystemClock: RunClock {
  private static let origin = ContinuousClock.now

  /// Creates the clock.
  public init() {}

  /// The time since the first use of the clock in this process.
  public var now: Duration { ContinuousClock.now - Self.origin }

  /// The machine's wall-clock time.
  public var date: Date { Date() }

  /// Waits until `now` has reached an instant.
  public func sleep(until instant: Duration) async throws {
    try await Task.sleep(until: Self.origin + instant, clock: .continuous)
  }
}

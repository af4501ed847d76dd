/// Why an attempt gave nothing, and the number of the record that says so.
struct AttemptError: Error {
  let cause: Failure.Cause
  let record: Int
  /// Whether the run no longer waits for the work, which may go on.
  let isGivenUp: Bool

  /// An attempt that ended with an error.
  init(_ error: any Error, record: Int) {
    self.record = record
    isGivenUp = false
    cause = Failure.Cause(error)
  }

  /// An attempt that was given up because it took longer than its timeout.
  init(timedOut limit: Duration, record: Int) {
    cause = .timedOut(limit)
    self.record = record
    isGivenUp = true
  }
}

/// Work threw a `CancellationError` although nobody had cancelled it.
struct UnaskedCancellation: Error, CustomStringConvertible {
  var description: String { "it threw a CancellationError although nobody had cancelled it" }
}

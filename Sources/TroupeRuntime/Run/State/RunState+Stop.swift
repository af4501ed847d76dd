extension RunState {
  /// The number of the last record that an earlier process wrote; 0 if the run begins here.
  package var past: Int { execution.log.past }
}

extension Execution {
  /// Asks the run to stop: nothing new begins, what is in flight is cancelled. A durable run can be
  /// resumed afterwards; any other is cancelled for good.
  func stop() {
    control.stop()
    if journal != nil { compensations?.interrupt() }
    nursery.cancelAll()
  }

  /// Lets no attempt begin any more, and stops the run when none is at work. One that is not kept
  /// is cancelled at once: nothing of it would be left.
  func windDown() {
    if let activity { activity.windDown() } else { cancel() }
  }
}

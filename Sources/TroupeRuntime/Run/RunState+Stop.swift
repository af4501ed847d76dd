extension RunState {
  /// Asks the run to stop: nothing new begins, what is in flight is cancelled. A durable run can be
  /// resumed afterwards; any other is cancelled for good.
  package func stop() {
    execution.control.stop()
    execution.nursery.cancelAll()
  }

  /// The number of the last record that an earlier process wrote; 0 if the run begins here.
  package var past: Int { execution.log.past }
}

/// What a probe found out about work of which nobody knew whether it was done.
public enum ProbeResult<Output: Sendable>: Sendable {
  /// It was done, and this is what it gave.
  case finished(Output)
  /// It was not done, and is not under way, so that it may be started again.
  case notDone
  /// It cannot be told: the work stays in doubt, and nothing is started again.
  case unknown
}

extension ProbeResult where Output == Void {
  /// It was done.
  public static var finished: ProbeResult { .finished(()) }
}

/// How many runs are tried that crash a second time, while they are gone on with.
public enum CrashPairs: Sendable, Hashable {
  /// None.
  case none
  /// So many, chosen by the seeds.
  case sampled(Int)
  /// Every second crash after every first one: for small workflows.
  case all
}

/// Everything that a crash at some moment leaves behind.
struct CrashSnapshot: Sendable {
  /// The point, counted from 1 in its process.
  let point: Int
  /// The sync of a file that failed in the process, which came to its own end; `nil` if none did.
  var failedSync: Int?
  /// What had just happened or was about to.
  var moment: String
  let disk: SimulatedDisk
  let history: CrashHistory
  /// How far the wall clock was from where simulations begin.
  let elapsed: Duration
}

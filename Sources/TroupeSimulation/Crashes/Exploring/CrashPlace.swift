/// Where a run crashed: its seed, and a crash in each of its processes but the last.
///
/// Written `3/17.0/5.2`: seed 3; the first process ended at its point 17, and everything it had
/// written was left; the second one at its point 5, with the machine, and what was not synced was
/// left in part, as the variant 2 decides. In `3/sync4.0/5.2` the fourth sync of a file failed in
/// the first process, which ended of it.
public struct CrashPlace: Sendable, Hashable, CustomStringConvertible {
  /// One end of a process.
  struct Crash: Sendable, Hashable {
    let point: Int
    /// What is left of what was not synced: all of it (0), or what a number decides.
    let variant: Int
    /// Whether the process came to its own end after a sync of a file had failed, of which `point`
    /// is the number.
    var isFailedSync = false
  }

  /// What decided all else that was left to chance.
  public let seed: Seed
  var crashes: [Crash]

  init(_ seed: Seed, _ crashes: [Crash] = []) {
    self.seed = seed
    self.crashes = crashes
  }

  /// A place as reports write it, or `nil` if the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let seed = parts.first.flatMap({ UInt64($0) }) else { return nil }
    crashes = []
    for part in parts.dropFirst() {
      let isFailedSync = part.hasPrefix("sync")
      let numbers = part.dropFirst(isFailedSync ? 4 : 0).split(separator: ".").map { Int($0) }
      guard numbers.count == 2, let point = numbers[0], let variant = numbers[1] else { return nil }
      crashes.append(Crash(point: point, variant: variant, isFailedSync: isFailedSync))
    }
    self.seed = Seed(seed)
  }

  /// The same with one crash more.
  func then(_ snapshot: CrashSnapshot, _ variant: Int) -> CrashPlace {
    let crash = Crash(
      point: snapshot.failedSync ?? snapshot.point, variant: variant,
      isFailedSync: snapshot.failedSync != nil)
    return CrashPlace(seed, crashes + [crash])
  }

  /// What decides all that is left to chance after the last crash.
  var next: Seed {
    Seed(
      crashes.reduce(seed.number) { number, crash in
        let kind: UInt64 = crash.isFailedSync ? 1 << 32 : 7
        return Seed(number).derived(
          for: UInt64(crash.point) &* 31 &+ UInt64(crash.variant) &+ kind)
      })
  }

  /// `3/17.0/5.2`.
  public var description: String {
    "\(seed.number)"
      + crashes.map { crash in
        "/\(crash.isFailedSync ? "sync" : "")\(crash.point).\(crash.variant)"
      }.joined()
  }
}

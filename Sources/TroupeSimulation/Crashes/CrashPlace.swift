/// Where a run crashed: its seed, and a crash in each of its processes but the last.
///
/// Written `3/17.0/5.2`: seed 3; the first process ended at its point 17, and everything it had
/// written was left; the second one at its point 5, with the machine, and what was not synced was
/// left in part, as the variant 2 decides.
public struct CrashPlace: Sendable, Hashable, CustomStringConvertible {
  /// One end of a process.
  struct Crash: Sendable, Hashable {
    let point: Int
    /// What is left of what was not synced: all of it (0), or what a number decides.
    let variant: Int
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
      let numbers = part.split(separator: ".").map { Int($0) }
      guard numbers.count == 2, let point = numbers[0], let variant = numbers[1] else { return nil }
      crashes.append(Crash(point: point, variant: variant))
    }
    self.seed = Seed(seed)
  }

  /// The same with one crash more.
  func then(_ point: Int, _ variant: Int) -> CrashPlace {
    CrashPlace(seed, crashes + [Crash(point: point, variant: variant)])
  }

  /// What decides all that is left to chance after the last crash.
  var next: Seed {
    Seed(
      crashes.reduce(seed.number) { number, crash in
        Seed(number).derived(for: UInt64(crash.point) &* 31 &+ UInt64(crash.variant) &+ 7)
      })
  }

  /// `3/17.0/5.2`.
  public var description: String {
    "\(seed.number)" + crashes.map { "/\($0.point).\($0.variant)" }.joined()
  }
}

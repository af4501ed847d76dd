/// How much of its history a run keeps that goes on for long.
///
/// The journal of a run of a million rounds would grow with each of them, and every resumption
/// would read all of it. When it has become long, its part so far is replaced by a snapshot: what
/// happened inside finished rounds and elements is left out, and what they came to is kept.
/// Everything else stays, and verdicts that are left out go to `audit.jsonl` beside the journal.
///
/// ```swift
/// let store = Store.directory(".troupe", retention: Retention(compactsAfter: 10_000, keeping: 3))
/// ```
public struct Retention: Sendable, Hashable {
  /// How many records a journal has since its last snapshot before the next one is made; `nil` if
  /// none ever is.
  public let compactsAfter: Int?
  /// How many parts of the journal stay, the one that is written included: with 2 of them one can
  /// still read what was before the last snapshot.
  public let segments: Int

  /// Creates a retention.
  ///
  /// - Parameters:
  ///   - records: The records since the last snapshot after which the next one is made, at least
  ///     1; `nil` if none ever is.
  ///   - segments: The parts of the journal that stay, at least 1.
  public init(compactsAfter records: Int? = 100_000, keeping segments: Int = 1) {
    compactsAfter = records.map { max($0, 1) }
    self.segments = max(segments, 1)
  }

  /// Everything is kept.
  public static let everything = Retention(compactsAfter: nil, keeping: .max)
}

import TroupePlan

/// What a run's time was spent on, from its end back to its start: the attempt that ended last,
/// what that waited for, and so on.
///
/// The parts add up to the makespan, so that each has a share of it.
struct CriticalPath: Sendable {
  /// What a part of the time was spent on.
  enum Activity: Sendable, Hashable {
    /// The work of an attempt.
    case work
    /// Waiting for a member.
    case queue
    /// Waiting for nothing but time: a pause before a repetition.
    case pause
  }

  /// A part of the time.
  struct Part: Sendable, Hashable {
    let node: Int
    let activity: Activity
    let length: Duration
  }

  /// The parts, the last one first.
  private(set) var parts: [Part] = []

  init(of record: RunRecord, _ succession: Succession) {
    let ended = record.attempts.filter { !$0.isIdle }
      .sorted { ($0.end, $0.endEvent) < ($1.end, $1.endEvent) }
    guard var current = ended.last else { return }
    add(current, .pause, record.makespan - current.end)
    while true {
      add(current, .work, current.end - current.start)
      add(current, .queue, current.start - current.ready)
      guard let next = Self.predecessor(of: current, among: ended, succession) else {
        add(current, .pause, current.ready)
        return
      }
      add(current, .pause, current.ready - next.end)
      current = next
    }
  }

  private mutating func add(
    _ attempt: RunRecord.Attempt, _ activity: Activity, _ length: Duration
  ) {
    guard length > .zero else { return }
    parts.append(Part(node: attempt.node, activity: activity, length: length))
  }

  /// The attempt for whose end another waited longest; the nearest in the plan where several ended
  /// at that moment, and the last of several that are as near.
  private static func predecessor(
    of attempt: RunRecord.Attempt, among ended: [RunRecord.Attempt], _ succession: Succession
  ) -> RunRecord.Attempt? {
    var best: (attempt: RunRecord.Attempt, depth: Int)?
    for candidate in ended[..<place(after: attempt.ready, in: ended)].reversed() {
      if let best, candidate.end < best.attempt.end { break }
      guard candidate.endEvent < attempt.readyEvent,
        let depth = succession.depth(
          of: candidate.visit, before: attempt.visit, touches: candidate.end == attempt.ready)
      else { continue }
      if depth > best?.depth ?? -1 { best = (candidate, depth) }
    }
    return best?.attempt
  }

  /// The place after the last attempt that had ended by a time.
  private static func place(after time: Duration, in ended: [RunRecord.Attempt]) -> Int {
    var (low, high) = (0, ended.count)
    while low < high {
      let middle = (low + high) / 2
      if ended[middle].end <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// How ready a repository is.
public struct Scorecard: Codable, Sendable, Hashable {
  /// How one check went.
  public struct Mark: Codable, Sendable, Hashable {
    /// What the check found.
    public var report: CheckReport
    /// Its score, from 0 to 100.
    public var score: Int
  }

  /// How each check went.
  public var marks: [Mark]
  /// The score of all checks by their weight, from 0 to 100.
  public var score: Int
  /// The score from which on a repository without blockers is ready.
  public var minimum: Int

  /// Scores reports.
  ///
  /// A check begins with 100 and loses 50 for each blocker, 10 for each warning and 1 for each
  /// note, down to 0.
  init(of reports: [CheckReport], minimum: Int) {
    marks = reports.map { report in
      let lost =
        50 * report.count(.blocker) + 10 * report.count(.warning) + report.count(.note)
      return Mark(report: report, score: max(0, 100 - lost))
    }
    let weights = reports.reduce(0) { $0 + $1.check.weight }
    let points = marks.reduce(0) { $0 + $1.score * $1.report.check.weight }
    score = weights == 0 ? 0 : points / weights
    self.minimum = minimum
  }

  /// The number of findings of a severity.
  public func count(_ severity: Finding.Severity) -> Int {
    marks.reduce(0) { $0 + $1.report.count(severity) }
  }

  /// Whether the repository is ready: no blockers, and a score that is high enough.
  public var isReady: Bool { count(.blocker) == 0 && score >= minimum }

  /// Why it is ready or not, in one sentence.
  public var verdict: String {
    let blockers = count(.blocker)
    if blockers > 0 { return "\(blockers) \(blockers == 1 ? "blocker" : "blockers") to mend first" }
    if score < minimum { return "the score of \(score) is below the minimum of \(minimum)" }
    let warnings = count(.warning)
    return warnings == 0
      ? "nothing stands in the way"
      : "nothing blocks, with \(warnings) \(warnings == 1 ? "warning" : "warnings")"
  }
}

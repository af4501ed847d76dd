public import Troupe

/// Says whether a Git repository is ready to be released.
///
/// It surveys the repository, checks it in seven ways at once, scores what was found, and writes a
/// report in Markdown, also when the repository is not ready. It only reads, and needs nothing but
/// `git`.
public struct ReleaseReadiness: Workflow {
  /// The thresholds.
  public struct Parameters: Codable, Sendable, Hashable {
    /// The score, from 0 to 100, from which on a repository without blockers is ready.
    public var minimumScore = 80
    /// The size in bytes from which on a file is oversized; ten times as much is a blocker.
    public var maximumFileSize = 5_000_000
    /// The TODO and FIXME marks that are fine in 1,000 lines of code.
    public var todosPerThousandLines = 5.0
    /// The findings of one check that the report shows; the rest is counted.
    public var findingsPerCheck = 20

    /// The defaults.
    public init() {}

    /// Refuses thresholds that make no sense.
    func check() throws {
      func refuse(_ name: String, _ wanted: String) -> Git.Problem {
        Git.Problem(description: "the parameter '\(name)' must be \(wanted)")
      }
      guard (0...100).contains(minimumScore) else {
        throw refuse("minimumScore", "a number from 0 to 100")
      }
      guard maximumFileSize > 0 else { throw refuse("maximumFileSize", "more than 0 bytes") }
      guard todosPerThousandLines >= 0 else {
        throw refuse("todosPerThousandLines", "0 or more")
      }
      guard findingsPerCheck >= 0 else { throw refuse("findingsPerCheck", "0 or more") }
    }
  }

  /// The thresholds.
  public var parameters = Parameters()

  /// Where the repository is.
  public let input = Artifact<RepositoryPlace>("repository")
  /// The report.
  public let output = Artifact<ReadinessReport>("report")

  let survey = Artifact<Survey>("survey")
  let scorecard = Artifact<Scorecard>("scorecard")

  /// Creates the workflow.
  public init() {}

  /// What it does, in one sentence.
  public var summary: String { "Says whether a Git repository is ready to be released" }

  /// Survey, checks at once, score, report.
  public var body: some Step {
    Stage("survey", reads: input, writes: survey) { place in
      try parameters.check()
      return try await Surveyor(of: place).survey()
    }

    Parallel("checks") {
      for check in ReadinessCheck.allCases {
        Stage(check.rawValue, reads: survey, writes: report(of: check)) { survey in
          try await Inspection(survey, parameters).report(of: check)
        }
      }
    }

    Stage("score", reads: .all(ReadinessCheck.allCases.map(report)), writes: scorecard) { reports in
      Scorecard(of: reports, minimum: parameters.minimumScore)
    }
    .gate("ready for release", otherwise: .accept) { scorecard in
      scorecard.isReady ? .accepted : .rejected(scorecard.verdict)
    }

    Stage("report", reads: survey, scorecard, writes: output) { survey, scorecard in
      ReadinessReport(survey, scorecard)
    }
  }

  private func report(of check: ReadinessCheck) -> Artifact<CheckReport> {
    Artifact("\(check.rawValue) report")
  }
}

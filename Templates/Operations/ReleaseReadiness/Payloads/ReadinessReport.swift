public import Troupe

/// Whether a repository is ready to be released, and why.
public struct ReadinessReport: Codable, Sendable, Hashable, CustomStringConvertible {
  /// Whether it is ready.
  public var isReady: Bool
  /// The score, from 0 to 100.
  public var score: Int
  /// The findings that are shown, the worst first.
  public var findings: [Finding]
  /// Who has decided that it may be released although it is not ready, and why.
  public var waivers: [Waiver]
  /// The whole report in Markdown.
  public var markdown: String

  init(_ survey: Survey, _ scorecard: Scorecard, _ waivers: [Waiver] = []) {
    self.waivers = waivers
    isReady = scorecard.isReady
    score = scorecard.score
    findings = Finding.Severity.allCases.flatMap { severity in
      scorecard.marks.flatMap { $0.report.findings.filter { $0.severity == severity } }
    }
    markdown = ReportWriter(survey: survey, scorecard: scorecard, waivers: waivers).markdown
  }

  /// The report in Markdown.
  public var description: String { markdown }
}

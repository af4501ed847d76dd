public import Troupe

/// Says whether a Git repository is ready to be released.
///
/// It surveys the repository, checks it in seven ways at once, scores what was found, and writes a
/// report in Markdown, also when the repository is not ready. It only reads, and needs nothing but
/// `git`. With `waiverHours` a release manager is asked for a waiver where it is not ready, and the
/// report says who waived what and why.
public struct ReleaseReadiness: Workflow {
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

  /// Survey, checks at once and score, which are done anew where a release manager wants that; report.
  public var body: some Step {
    let assessment = Phase("assessment") {
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

      Stage(
        "score", reads: .all(ReadinessCheck.allCases.map(report)), writes: scorecard
      ) { reports in
        Scorecard(of: reports, minimum: parameters.minimumScore)
      }
    }
    .gate(
      "ready for release", on: scorecard, otherwise: parameters.waiverHours > 0 ? .fail : .accept
    ) {
      $0.isReady ? .accepted : .rejected($0.verdict)
    }
    if parameters.waiverHours > 0 {
      assessment.escalate {
        On(.gateRejected) {
          Ask(.releaseManager, within: .hours(parameters.waiverHours)) { trouble in
            "The repository is not ready for release: \(trouble.reason)\n\n"
              + "Say whether it may be released all the same, and why: the report will hold the "
              + "reason. If not, mend it and have it looked at once more, or end the run."
          }
          Abort("nobody has waived it")
        }
      }
    } else {
      assessment
    }

    Stage("report", reads: survey, scorecard, writes: output) { survey, scorecard in
      ReadinessReport(survey, scorecard, StageContext.current?.waivers ?? [])
    }
  }

  private func report(of check: ReadinessCheck) -> Artifact<CheckReport> {
    Artifact("\(check.rawValue) report")
  }
}

extension Role {
  /// Decides whether a repository that is not ready may be released all the same.
  public static let releaseManager = Role(
    "release-manager", instructions: "Decide whether it may be released all the same, and say why.")
}

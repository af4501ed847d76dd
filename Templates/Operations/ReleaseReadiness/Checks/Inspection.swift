import TroupeRuntime

/// Carries out the checks of one repository.
struct Inspection: Sendable {
  let survey: Survey
  let parameters: ReleaseReadiness.Parameters
  let git: Git

  init(_ survey: Survey, _ parameters: ReleaseReadiness.Parameters, git: Git? = nil) {
    self.survey = survey
    self.parameters = parameters
    self.git = git ?? Git(folder: survey.root)
  }

  func report(of check: ReadinessCheck) async throws -> CheckReport {
    switch check {
    case .workTree: try await workTree()
    case .documents: try await documents()
    case .tests: try await tests()
    case .secrets: try await secrets()
    case .sizes: try await sizes()
    case .todos: try await todos()
    case .dependencies: try await dependencies()
    }
  }

  /// A collection of findings for a check of this repository.
  func findings() -> Findings { Findings(limit: parameters.findingsPerCheck) }
}

/// Collects findings: counts all, and keeps the worst and first of them.
struct Findings: Sendable {
  private let limit: Int
  private var kept: [Finding.Severity: [Finding]] = [:]
  private var counts: [Finding.Severity: Int] = [:]

  init(limit: Int) {
    self.limit = max(limit, 0)
  }

  mutating func add(
    _ severity: Finding.Severity, _ rule: String, at path: [UInt8]? = nil, line: Int? = nil,
    _ message: @autoclosure () -> String
  ) {
    counts[severity, default: 0] += 1
    guard kept[severity, default: []].count < limit else { return }
    kept[severity, default: []].append(
      Finding(
        severity: severity, rule: rule, path: path.map { PrintableText.of($0) }, line: line,
        message: message()))
  }

  func count(_ severity: Finding.Severity) -> Int { counts[severity] ?? 0 }

  func report(of check: ReadinessCheck, looked: String) -> CheckReport {
    let worst = Finding.Severity.allCases.flatMap { kept[$0] ?? [] }.prefix(limit)
    let counts = counts.map { ($0.key.rawValue, $0.value) }
    return CheckReport(
      check: check, findings: Array(worst),
      counts: Dictionary(counts, uniquingKeysWith: +), looked: looked)
  }
}

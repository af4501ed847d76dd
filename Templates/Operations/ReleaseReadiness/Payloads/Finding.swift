/// Something that a check found.
public struct Finding: Codable, Sendable, Hashable {
  /// How much a finding weighs.
  public enum Severity: String, Codable, Sendable, Hashable, CaseIterable {
    /// The repository must not be released with it.
    case blocker
    /// It should be mended.
    case warning
    /// It is good to know.
    case note
  }

  /// How much it weighs.
  public var severity: Severity
  /// The rule that found it: `aws-access-key`.
  public var rule: String
  /// The file, with what cannot be printed escaped; `nil` for the repository as a whole.
  public var path: String?
  /// The line in the file, counted from 1.
  public var line: Int?
  /// What was found.
  public var message: String
}

/// What one check found.
public struct CheckReport: Codable, Sendable, Hashable {
  /// The check.
  public var check: ReadinessCheck
  /// The worst findings, in the order of their weight and place.
  public var findings: [Finding]
  /// The number of all findings by severity, those not shown included.
  public var counts: [Finding.Severity.RawValue: Int]
  /// What the check looked at, in a few words.
  public var looked: String

  /// The number of all findings of a severity.
  public func count(_ severity: Finding.Severity) -> Int { counts[severity.rawValue] ?? 0 }
}

/// The ways in which a repository is checked.
public enum ReadinessCheck: String, Codable, Sendable, Hashable, CaseIterable {
  /// Nothing is uncommitted, and no conflict markers are left.
  case workTree = "work tree"
  /// There are a README, a licence and a change log.
  case documents
  /// There are tests.
  case tests
  /// Nothing looks like a key.
  case secrets
  /// No file is oversized.
  case sizes
  /// Not too much is left to do.
  case todos
  /// What it depends on is pinned.
  case dependencies

  /// How much the check counts in the score; all together 100.
  public var weight: Int {
    switch self {
    case .workTree: 15
    case .documents: 20
    case .tests: 20
    case .secrets: 20
    case .sizes: 10
    case .todos: 5
    case .dependencies: 10
    }
  }
}

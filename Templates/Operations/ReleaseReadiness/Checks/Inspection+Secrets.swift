import TroupeRuntime

extension Inspection {
  /// Nothing looks like a key. What is found is told by rule, place and first four characters.
  func secrets() async throws -> CheckReport {
    let collected = Lock(findings())
    try await git.grep(["-E", "-e", SecretRule.filter]) { _ in
      true
    } onHit: { hit in
      if SecretRule.isPrivateKey(hit.text) {
        collected.withLock { $0.note("private-key", .blocker, hit, "holds a private key") }
      }
      if let match = SecretScan.worst(in: hit.text) {
        collected.withLock {
          $0.note(
            match.rule.name, match.rule.severity, hit,
            "holds what looks like a key: \(match.begin)…")
        }
      }
    }
    try await git.grep(["-i", "-E", "-e", AssignedSecret.filter]) { _ in
      true
    } onHit: { hit in
      guard let begin = AssignedSecret.match(in: hit.text) else { return }
      collected.withLock {
        $0.note("assigned-secret", .warning, hit, "assigns what looks like a secret: \(begin)…")
      }
    }
    return collected.withLock { $0 }
      .report(of: .secrets, looked: "\(survey.files) tracked files, without binary ones")
  }
}

extension Findings {
  /// What others or tests say is less sure to be a secret of this repository.
  fileprivate mutating func note(
    _ rule: String, _ severity: Finding.Severity, _ hit: GrepHit, _ message: String
  ) {
    let isUnsure = PathParts.isForeign(hit.path) || PathParts.isTest(hit.path)
    let severity: Finding.Severity =
      isUnsure ? (severity == .blocker ? .warning : .note) : severity
    add(severity, rule, at: hit.path, line: hit.line, message)
  }
}

import TroupeRuntime

extension Inspection {
  /// Not too much is left to do.
  func todos() async throws -> CheckReport {
    let state = Lock((count: 0, findings: findings()))
    try await git.grep(["-w", "-E", "-e", "TODO|FIXME|XXX"]) {
      Languages.language(of: $0) != nil && !PathParts.isForeign($0)
    } onHit: { hit in
      state.withLock { state in
        state.count += 1
        state.findings.add(.note, "to-do", at: hit.path, line: hit.line, Self.excerpt(hit.text))
      }
    }
    var (count, findings) = state.withLock { $0 }
    let lines = survey.codeLines
    let density = lines == 0 ? 0 : Double(count) * 1_000 / Double(lines)
    let shown = "\(Int(density * 10) / 10).\(Int(density * 10) % 10)"
    // Single marks are no matter for a release, so they weigh nothing unless they are many.
    var report = findings.report(of: .todos, looked: "\(lines) lines of code, \(count) marks")
    if density > parameters.todosPerThousandLines {
      findings.add(
        .warning, "many-to-dos",
        "\(shown) marks in 1,000 lines, more than \(parameters.todosPerThousandLines)")
      report = findings.report(of: .todos, looked: report.looked)
    } else {
      report.findings = []
      report.counts = [:]
    }
    return report
  }

  /// A line as it may be shown: printable, and not longer than 80 characters.
  private static func excerpt(_ line: [UInt8]) -> String {
    if SecretRule.isPrivateKey(line) || SecretScan.worst(in: line) != nil {
      return "is marked as to do"
    }
    let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    let begin = Array(line.drop { blanks.contains($0) }.prefix(400))
    let text = PrintableText.of(Redaction.line(begin))
    return text.count > 80 ? text.prefix(79) + "…" : text
  }
}

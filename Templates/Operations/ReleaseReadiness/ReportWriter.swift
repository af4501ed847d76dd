import TroupeRuntime

/// Writes the report in Markdown.
struct ReportWriter {
  let survey: Survey
  let scorecard: Scorecard

  var markdown: String {
    let name = survey.root.split(separator: "/").last.map(String.init) ?? survey.root
    let state = scorecard.isReady ? "ready" : "not ready"
    var lines = [
      "# Release readiness of \(escaped(name)): \(state)",
      "",
      "Score \(scorecard.score) of 100, at least \(scorecard.minimum) needed; "
        + "\(scorecard.verdict).",
      "",
    ]
    lines += checks
    for severity in Finding.Severity.allCases { lines += findings(severity) }
    lines += about
    return lines.joined(separator: "\n") + "\n"
  }

  private var checks: [String] {
    let rows = scorecard.marks.map { mark in
      let found = Finding.Severity.allCases.compactMap { severity in
        mark.report.count(severity) == 0 ? nil : counted(mark.report.count(severity), severity)
      }
      return "| \(mark.report.check.rawValue) | \(mark.score) | "
        + "\(found.isEmpty ? "nothing" : found.joined(separator: ", ")) | \(mark.report.looked) |"
    }
    return ["| check | score | found | looked at |", "|---|---:|---|---|"] + rows + [""]
  }

  private func findings(_ severity: Finding.Severity) -> [String] {
    let total = scorecard.count(severity)
    guard total > 0 else { return [] }
    let title = severity.rawValue.prefix(1).uppercased() + severity.rawValue.dropFirst() + "s"
    var lines = ["## \(title) (\(total))", ""]
    for mark in scorecard.marks {
      let shown = mark.report.findings.filter { $0.severity == severity }
      lines += shown.map(line)
      let hidden = mark.report.count(severity) - shown.count
      if hidden > 0 { lines.append("- … and \(hidden) more of \(mark.report.check.rawValue)") }
    }
    return lines + [""]
  }

  private func line(_ finding: Finding) -> String {
    guard let path = finding.path else {
      return "- \(escaped(finding.message)) [\(finding.rule)]"
    }
    let place = finding.line.map { "\(path):\($0)" } ?? path
    return "- \(code(place)) \(escaped(finding.message)) [\(finding.rule)]"
  }

  private var about: [String] {
    var rows: [(String, String)] = [("folder", code(survey.root))]
    rows.append(("branch", survey.branch.map(code) ?? "none: the head is detached"))
    if let head = survey.head {
      rows.append(("head", "`\(head.prefix(12))`" + (survey.headDate.map { " of \($0)" } ?? "")))
      let since = survey.isShallow ? " (shallow clone: older ones are missing)" : ""
      rows.append(
        (
          "commits",
          "\(survey.commits) by \(survey.contributors) author\(survey.contributors == 1 ? "" : "s")\(since)"
        ))
    }
    if let tag = survey.lastTag {
      rows.append(("last tag", "\(code(tag)), \(survey.commitsSinceTag ?? 0) commits ago"))
    }
    let submodules =
      survey.submodules == 0 ? "" : ", and \(survey.submodules) submodules, not looked into"
    rows.append(("files", "\(survey.files) of \(ByteCount.text(survey.bytes))\(submodules)"))
    let languages = survey.languages.prefix(6).map { "\($0.name) \($0.lines)" }
    if !languages.isEmpty {
      rows.append(("lines", languages.joined(separator: ", ")))
    }
    return ["## The repository", "", "| | |", "|---|---|"]
      + rows.map { "| \($0) | \($1) |" }
  }

  private func counted(_ count: Int, _ severity: Finding.Severity) -> String {
    "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
  }

  /// Text in which Markdown sees nothing of its own (CommonMark 0.31, 2.4), nor a table its end.
  private func escaped(_ text: String) -> String {
    PrintableText.of(Array(text.utf8)).reduce(into: "") { result, character in
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
  }

  /// A code span whose fence is longer than any run of backticks inside (CommonMark 0.31, 6.1).
  private func code(_ text: String) -> String {
    let shown = PrintableText.of(Array(text.utf8)).split(
      separator: "|", omittingEmptySubsequences: false
    ).joined(separator: "\\|")
    var (longest, run) = (0, 0)
    for character in shown {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 ? " " : ""
    return "\(fence)\(pad)\(shown)\(pad)\(fence)"
  }
}

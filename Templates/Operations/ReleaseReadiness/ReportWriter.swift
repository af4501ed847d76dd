import TroupeRuntime

/// Writes the report in Markdown.
struct ReportWriter {
  let survey: Survey
  let scorecard: Scorecard
  var waivers: [Waiver] = []

  var markdown: String {
    let name = survey.root.split(separator: "/").last.map(String.init) ?? survey.root
    let state =
      scorecard.isReady ? "ready" : waivers.isEmpty ? "not ready" : "not ready, and waived"
    var lines = [
      "# Release readiness of \(escaped(name)): \(state)",
      "",
      "Score \(scorecard.score) of 100, at least \(scorecard.minimum) needed; "
        + "\(scorecard.verdict).",
      "",
    ]
    for waiver in waivers {
      lines += [
        "**\(escaped(waiver.member))** waived '\(escaped(waiver.gate))' "
          + "(\(escaped(waiver.objection))): \(escaped(waiver.reason))", "",
      ]
    }
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
    var rows: [(String, String)] = [("folder", code(survey.root, inTable: true))]
    rows.append(
      ("branch", survey.branch.map { code($0, inTable: true) } ?? "none: the head is detached"))
    if let head = survey.head {
      rows.append(("head", "`\(head.prefix(12))`" + (survey.headDate.map { " of \($0)" } ?? "")))
      let since = survey.isShallow ? " (shallow clone: older ones are missing)" : ""
      let authors = "\(survey.contributors) author\(survey.contributors == 1 ? "" : "s")"
      rows.append(("commits", "\(survey.commits) by \(authors)\(since)"))
    }
    if let tag = survey.lastTag {
      let ago = survey.commitsSinceTag.map { ", \($0) commit\($0 == 1 ? "" : "s") ago" }
      rows.append(("last tag", code(tag, inTable: true) + (ago ?? "")))
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

  /// Text in which Markdown sees nothing of its own: any ASCII punctuation may be escaped
  /// (CommonMark 0.31, 2.4). By scalars, because a mark may hide in a character with others.
  private func escaped(_ text: String) -> String {
    let scalars = Array(PrintableText.of(Array(text.utf8)).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      // A colon only where it would make a link.
      let isLink = scalar == ":" && scalars[(index + 1)...].first == "/"
      if isLink || "\\`*_[]<>|#&~@!".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// A code span whose fence is longer than any run of backticks inside (CommonMark 0.31, 6.1).
  ///
  /// - Parameter inTable: Whether a bar would end its cell.
  private func code(_ text: String, inTable: Bool = false) -> String {
    var shown = ""
    var (longest, run) = (0, 0)
    for scalar in PrintableText.of(Array(text.utf8)).unicodeScalars {
      if inTable, scalar == "|" { shown += "\\" }
      shown.unicodeScalars.append(scalar)
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 ? " " : ""
    return "\(fence)\(pad)\(shown)\(pad)\(fence)"
  }
}

import TroupeRuntime

extension Inspection {
  /// Nothing is uncommitted, and no conflict markers are left.
  func workTree() async throws -> CheckReport {
    var findings = findings()
    if survey.head == nil {
      findings.add(.blocker, "no-commits", "nothing has been committed yet")
    }
    try await changes(into: &findings)
    for hit in try await conflictMarkers() {
      findings.add(
        .blocker, "conflict-marker", at: hit.path, line: hit.line,
        "a merge conflict is not resolved")
    }
    return findings.report(of: .workTree, looked: "\(survey.files) tracked files")
  }

  /// The entries of `git status --porcelain=v2 -z`: `1` changed, `2` renamed (with the old path as
  /// a record of its own), `u` in conflict, `?` not tracked.
  private func changes(into findings: inout Findings) async throws {
    guard let git = try await git.forComparing() else {
      findings.add(
        .blocker, "not-compared",
        "the work tree was not compared with what is committed: that would run a filter that "
          + "the repository's own settings name")
      return
    }
    let state = Lock((records: Records(endingWith: 0), entries: [[UInt8]]()))
    // Without going into submodules, where it would run what these name.
    let arguments = [
      "status", "--porcelain=v2", "-z", "--untracked-files=normal", "--ignore-submodules=dirty",
    ]
    try await git.stream(arguments) { piece in
      state.withLock { state in
        var found: [[UInt8]] = []
        state.records.take(piece) { found.append($0) }
        state.entries += found
      }
    }
    var isOldPath = false
    for entry in state.withLock({ $0.entries }) {
      if isOldPath {
        isOldPath = false
        continue
      }
      switch entry.first.map({ Character(Unicode.Scalar($0)) }) {
      case "1":
        findings.add(
          .blocker, "uncommitted", at: path(entry, after: 8), "is changed and not committed")
      case "2":
        findings.add(
          .blocker, "uncommitted", at: path(entry, after: 9), "is renamed and not committed")
        isOldPath = true
      case "u":
        findings.add(
          .blocker, "unmerged", at: path(entry, after: 10), "is in a conflict of a merge")
      case "?":
        findings.add(
          .warning, "untracked", at: path(entry, after: 1), "is neither tracked nor ignored")
      default: break
      }
    }
  }

  /// What is left of an entry after some fields that end with a blank.
  private func path(_ entry: [UInt8], after fields: Int) -> [UInt8] {
    Array(
      entry.split(separator: UInt8(ascii: " "), maxSplits: fields, omittingEmptySubsequences: false)
        .last ?? [])
  }

  /// Where a file holds the begin of a conflict and after it the middle and the end. One of them
  /// alone is a heading or a quotation.
  private func conflictMarkers() async throws -> [GrepHit] {
    let state = Lock((open: GrepHit?.none, halved: false, found: [GrepHit]()))
    try await git.grep(["-E", "-e", "^(<<<<<<< |=======$|>>>>>>> )"]) { _ in
      true
    } onHit: { hit in
      state.withLock { state in
        if state.open?.path != hit.path { (state.open, state.halved) = (nil, false) }
        switch hit.text.first {
        case UInt8(ascii: "<"): (state.open, state.halved) = (hit, false)
        case UInt8(ascii: "="): state.halved = true
        default:
          if let open = state.open, state.halved { state.found.append(open) }
          (state.open, state.halved) = (nil, false)
        }
      }
    }
    return state.withLock { $0.found }
  }
}

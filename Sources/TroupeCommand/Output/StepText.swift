import TroupeRuntime

/// What has happened to one step, for people.
struct StepText {
  private let step: RunHistory.Step
  private let isLive: Bool
  private let told: Set<String>

  /// - Parameters:
  ///   - isLive: Whether what is open is at work.
  ///   - told: The reasons for failures that are told elsewhere.
  init(_ step: RunHistory.Step, isLive: Bool, told: Set<String>) {
    self.step = step
    self.isLive = isLive
    self.told = told
  }

  /// What is said of it in its line, and the lines below.
  var lines: (line: String, more: [String]) {
    var line = HistoryWords.state(step, isLive: isLive)
    if let awaited = step.awaited { line += " for \(HistoryWords.awaited(awaited))" }
    var more: [(record: Int, text: String)] = []
    if let only = step.attempts.first, step.attempts.count == 1, only.attempt.take == 1 {
      if let member = only.attempt.member { line += " by \(member)" }
      switch only.end {
      case .finished, .open, .gaveUp(.cancelled), .gaveUp(.stopped): break
      default:
        if let end = HistoryWords.end(only, isLive: isLive) { more.append((only.record, end)) }
      }
    } else {
      more += step.attempts.map { ($0.record, text($0)) }
    }
    more += step.judgements.map { ($0.record, HistoryWords.judgement($0)) }
    more += step.others.compactMap { event in
      EventText.words(event.kind).map { (event.sequence, $0) }
    }
    if let failure = step.failure, step.state == .failed, !told.contains(failure) {
      more.append((.max, failure))
    }
    return (line, more.sorted { $0.record < $1.record }.map(\.text))
  }

  /// `take 2, attempt 1 by scribe: failed: no luck`
  private func text(_ attempt: RunHistory.Attempt) -> String {
    let takes = step.takes > 1 ? "take \(attempt.attempt.take), " : ""
    let member = attempt.attempt.member.map { " by \($0)" } ?? ""
    let end = HistoryWords.end(attempt, isLive: isLive) ?? "done"
    return "\(takes)attempt \(attempt.attempt.number)\(member): \(end)"
  }
}

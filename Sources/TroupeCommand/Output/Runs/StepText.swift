import TroupeRuntime

/// What has happened to one step, for people.
struct StepText {
  private let step: RunHistory.Step
  private let isLive: Bool
  private let told: Set<String>
  private let sayings: [Int: RunHistory.Saying]

  /// - Parameters:
  ///   - isLive: Whether what is open is at work.
  ///   - told: The reasons for failures that are told elsewhere.
  ///   - sayings: Who has said what records tell of, by the numbers of these.
  init(
    _ step: RunHistory.Step, isLive: Bool, told: Set<String>,
    _ sayings: [Int: RunHistory.Saying]
  ) {
    self.step = step
    self.isLive = isLive
    self.told = told
    self.sayings = sayings
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
    more += step.judgements.map { ($0.record, SayingText.judgement($0, sayings[$0.record])) }
    more += step.others.compactMap { event in
      SayingText.words(event, sayings[event.sequence]).map { (event.sequence, $0) }
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

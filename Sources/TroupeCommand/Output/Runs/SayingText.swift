import TroupePlan
import TroupeRuntime

/// What people have said of a run, in words that name them.
enum SayingText {
  /// What happened, by whom and why: `was not done, and may start again, says Ann: no trace`.
  ///
  /// - Parameter saying: What its record holds of who said so.
  /// - Returns: `nil` for what says nothing new to a person.
  static func words(_ event: Event, _ saying: RunHistory.Saying?) -> String? {
    guard let words = EventText.words(event.kind) else { return nil }
    guard let saying else { return words }
    let why = saying.why.map { ": \($0)" } ?? ""
    let says = (saying.by.map { ", says \($0)" } ?? "") + why
    switch event.kind {
    case .examined(_, .overridden):
      return "was overridden" + (saying.by.map { " by \($0)" } ?? "") + why
    case .examined: return words + says
    // They name who wants it.
    case .cancelRequested: return words + why
    case .asked(_, let asking):
      let names = asking.members.map { "'\($0)'" }.joined(separator: " or ")
      return "is handed on to \(names)" + says
    case .answered where saying.isOverride: return "\(words) (as an operator)"
    case .received: return words + (saying.by.map { " from \($0)" } ?? "")
    case .refused: return words + (saying.by.map { " (from \($0))" } ?? "")
    case .aborted: return words + (saying.by.map { " (\($0))" } ?? "")
    default: return words
    }
  }

  /// What a gate said and what followed, with who has waived it and why.
  static func judgement(
    _ judgement: RunHistory.Judgement, _ saying: RunHistory.Saying?
  ) -> String {
    let words = HistoryWords.judgement(judgement)
    guard let saying, let by = saying.by else { return words }
    return "\(words); waived by \(by)" + (saying.why.map { ": \($0)" } ?? "")
  }

  /// Who has said something and why, as members of an object; none if nobody has.
  static func json(_ saying: RunHistory.Saying?) -> [String: JSONValue] {
    guard let saying else { return [:] }
    var members: [String: JSONValue] = [:]
    members["by"] = saying.by.map { .string($0) }
    members["why"] = saying.why.map { .string($0) }
    if saying.isOverride { members["isOverride"] = true }
    return members
  }
}

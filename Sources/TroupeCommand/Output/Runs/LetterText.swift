import TroupePlan
import TroupeRuntime

/// What has been said to a run and is not in its journal yet, in words.
enum LetterText {
  /// `its cancellation, asked for by Ann: ordered twice`
  static func words(_ letter: Letter) -> String {
    let by = letter.from.map { " by \($0)" } ?? ""
    switch letter.content {
    case .signal(let name, _): return "signal '\(name)'" + (letter.from.map { " from \($0)" } ?? "")
    case .cancel(let reason):
      return "its cancellation" + (letter.from.map { ", asked for by \($0)" } ?? "") + why(reason)
    case .answer(let request, let answer, let member):
      let answering = Event.Answering(by: member, answer: answer)
      return "the answer to request '\(request)': \(answering.text)"
    case .redirect(let request, let target, let reason):
      return "that request '\(request)' is to go to '\(target)', decided" + by + why(reason)
    case .settle(let address, let settlement, let reason):
      return "what became of '\(address)': \(words(settlement)), said" + by + why(reason)
    case .override(let address, let override, let reason):
      let what = override == .accept ? "it passes" : "it gives what was said"
      return "what was decided about '\(address)': \(what), decided" + by + why(reason)
    }
  }

  private static func words(_ settlement: Settlement) -> String {
    switch settlement {
    case .finished: "it was done"
    case .notDone: "it was not done"
    case .abort: "the run is to end"
    }
  }

  private static func why(_ reason: String?) -> String {
    reason.map { $0.isBlank ? "" : ": \($0)" } ?? ""
  }
}

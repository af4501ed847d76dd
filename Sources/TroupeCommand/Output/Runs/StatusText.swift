import TroupeRuntime

/// How a run stands, in words.
enum StatusText {
  /// The words of a table: `stopped: failure`.
  static func short(_ status: RunStatus) -> String {
    switch status {
    case .stopped(.waiting): word(status)
    case .stopped(let reason): "stopped: \(reason.rawValue)"
    case .ended(let outcome): "ended: \(outcome.rawValue)"
    default: word(status)
    }
  }

  /// One word: `stopped`.
  static func word(_ status: RunStatus) -> String {
    switch status {
    case .running: "running"
    case .interrupted: "interrupted"
    case .waiting, .stopped(.waiting): "waiting"
    case .stopped: "stopped"
    case .ended: "ended"
    case .damaged: "damaged"
    }
  }

  /// Why it is so, where that is a word of its own: `failure`.
  static func reason(_ status: RunStatus) -> String? {
    switch status {
    case .stopped(.waiting): nil
    case .stopped(let reason): reason.rawValue
    case .ended(let outcome): outcome.rawValue
    default: nil
    }
  }

  /// A sentence without its end: `interrupted: no process runs it`.
  static func long(_ status: RunStatus) -> String {
    switch status {
    case .running(let holder):
      "running" + by(holder)
    case .waiting(let holder): "waiting for nothing but people, signals and time" + by(holder)
    case .interrupted: "interrupted: it has not come to its end, and no process runs it"
    case .stopped(.failure): "stopped, because a step failed; 'resume' does that step again"
    case .stopped(.idle):
      "stopped, because it was opened again and again and did not get further; 'resume' tries again"
    case .stopped(.inDoubt):
      "stopped, because nobody knows whether something was done that must not be done twice; "
        + "'settle' says what became of it"
    case .stopped(.waiting): "waiting for nothing but people, signals and time; no process runs it"
    case .stopped: "stopped, because it was asked to; 'resume' goes on with it"
    case .ended(.completed): "ended with its output"
    case .ended(.cancelled): "ended: it was cancelled, which is for good"
    case .ended(.aborted): "ended for good: it was aborted"
    case .damaged(let reason): "damaged: \(Printable.line(reason))"
    }
  }

  private static func by(_ holder: String) -> String {
    holder.isEmpty ? "" : ", by \(Printable.line(holder))"
  }
}

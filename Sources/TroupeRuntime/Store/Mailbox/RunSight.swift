import TroupePlan

/// What can be seen of a run without its lock.
struct RunSight: Sendable {
  let id: String
  let history: RunHistory
  /// What lies in its mailbox and is not in its journal yet.
  let letters: [Letter]

  /// Whether something else was handed in before under the identity of a letter, as far as that is
  /// known.
  func isOther(than letter: Letter) -> Bool {
    if let before = letters.first(where: { $0.id == letter.id }) {
      return before.content != letter.content
    }
    guard history.recall.received.contains(letter.id),
      let record = history.journal.last(where: { $0.members["id"] == .string(letter.id) })
    else { return false }
    // An operator may have answered in the place of those who were asked.
    let isAnswer = record.type == "answered" && record.members["override"] == nil
    guard case .answer(_, let answer, _) = letter.content else { return isAnswer }
    return !isAnswer || record.members["decision"] != .string(answer.decision.rawValue)
  }

  /// Checks whether the run would take a letter, as far as that can be told now: it may still end
  /// before it does.
  ///
  /// - Parameter program: The program of the run's workflow, if it is known.
  /// - Returns: How it stands with what says the same already; `nil` if nothing does.
  /// - Throws: `SignalRefused`, `SettlementRefused`, `AnswerRefused`, `OverrideRefused`,
  ///   `RunHasEnded`.
  func check(_ letter: Letter, _ program: Program?) throws -> Store.Handing? {
    switch letter.content {
    case .signal(let name, let payload):
      let known = history.plan.signals
      guard known.contains(name) else { throw SignalRefused(name, .unknown(known: known)) }
      guard history.recall.outcome == nil, !isToEnd else { throw SignalRefused(name, .ended) }
      do {
        _ = try program?.signals[name]?.decode(payload)
      } catch {
        throw SignalRefused(name, .wrongPayload("\(error)"))
      }
    case .answer(let request, let answer, let member):
      if let outcome = history.recall.outcome { throw RunHasEnded(id: id, outcome: outcome) }
      return try check(answer, to: request, as: member, program)
    case .redirect(let request, _, _):
      if let outcome = history.recall.outcome { throw RunHasEnded(id: id, outcome: outcome) }
      try checkOpen(request)
    case .cancel:
      if let outcome = history.recall.outcome { throw RunHasEnded(id: id, outcome: outcome) }
    case .settle(let address, let settlement, _):
      if let outcome = history.recall.outcome { throw RunHasEnded(id: id, outcome: outcome) }
      try history.recall.check(
        settlement, at: address, history.addresses, program,
        isLive: history.status.holder != nil)
      for earlier in letters {
        guard case .settle(address, let before, _) = earlier.content else { continue }
        guard before == settlement else {
          throw SettlementRefused(address: address, reason: .superseded)
        }
        return .handedIn
      }
    case .override(let address, let override, let why):
      if let outcome = history.recall.outcome { throw RunHasEnded(id: id, outcome: outcome) }
      try history.recall.check(override, at: address, why: why, history.addresses, program)
      for earlier in letters {
        guard case .override(address, let before, _) = earlier.content else { continue }
        guard before == override else {
          throw OverrideRefused(address, "another decision about it has been handed in")
        }
        return .handedIn
      }
    }
    return nil
  }

  /// Whether somebody has already asked for the end of the run.
  var isToEnd: Bool {
    history.recall.isCancelRequested || history.recall.abortion != nil
      || letters.contains { letter in
        switch letter.content {
        case .cancel, .settle(_, .abort, _): true
        case .signal, .settle, .answer, .redirect, .override: false
        }
      }
  }
}

extension Plan {
  /// The names of the signals that its steps wait for, sorted.
  fileprivate var signals: [String] {
    let names = nodes.compactMap { node in
      if case .wait(.signal(let signal)) = node.kind { signal.name } else { nil }
    }
    return Set(names).sorted()
  }
}

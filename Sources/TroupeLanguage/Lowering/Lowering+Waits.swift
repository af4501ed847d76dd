import TroupePlan

/// What can be told from a declaration alone of waits, and of work that happens at most once.
extension Lowering {
  func isWait(_ id: Int) -> Bool {
    if case .wait = nodes[id].kind { true } else { false }
  }

  mutating func checkWait(_ waiting: Declaration.Waiting, at id: Int) {
    switch waiting {
    case .signal(let payload, let within):
      if payload.name.isEmpty, !nodes[id].name.isEmpty {
        report(
          .error, "\(label(id)) waits for a signal with an empty name",
          remedy: "give the signal a name: whoever sends it goes by it", at: id)
      }
      if let within, within <= .zero {
        report(
          .error, "\(label(id)) has a 'within:' of \(DurationText.short(within))",
          remedy: "give it a time longer than zero, or leave 'within:' out", at: id)
      }
    case .span(let length) where length <= .zero:
      report(
        .error, "\(label(id)) lasts \(DurationText.short(length))",
        remedy: "let it last longer than zero, or leave the wait out", at: id)
    case .span, .instant: break
    }
  }

  /// Modifiers that are about work, of which a wait has none.
  mutating func checkWaiting(_ modifiers: Modifiers, at id: Int) {
    guard case .wait(let waiting) = nodes[id].kind else { return }
    if modifiers.retry != nil {
      report(
        .error, "\(label(id)) has a '.retry', which repeats attempts of a stage",
        remedy: "leave it out: a wait goes on until it is over", at: id)
    }
    guard modifiers.timeout != nil else { return }
    var remedy = "leave it out, or let the wait compete in a Race"
    if case .signal = waiting { remedy = "say how long it may wait: 'within: .hours(48)'" }
    report(
      .error, "\(label(id)) has a '.timeout', which limits work, of which a wait has none",
      remedy: remedy, at: id)
  }

  mutating func checkOccurrence(_ modifiers: Modifiers, at id: Int) {
    if let location = modifiers.secondOccurrence {
      report(
        .error, "\(label(id)) has both '.atMostOnce()' and '.probe'",
        remedy: "keep '.probe': what it does not know is not started again either", at: id,
        location: location)
    }
    if modifiers.occurrence == .atMostOnce, nodes[id].kind != .stage {
      report(
        .error, "\(label(id)) has an '.atMostOnce()', which is about the work of a stage",
        remedy: isWait(id)
          ? "leave it out: a wait does no work" : "put it on the stages inside that need it", at: id
      )
    }
  }
}

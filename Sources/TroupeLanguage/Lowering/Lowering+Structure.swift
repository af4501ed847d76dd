import TroupePlan

/// What is wrong with how steps, calls and roles stand to each other.
extension Lowering {
  /// Calls that never end: names the way from a workflow to itself.
  mutating func reportEndlessCalls() {
    var firsts: [String: Int] = [:]
    for (index, call) in calls.enumerated() {
      if let first = firsts[call.workflow] {
        let way = calls[first...index].map(\.workflow)
        report(
          .error, "workflow '\(call.workflow)' calls itself: \(way.joined(separator: " → "))",
          remedy: "a plan is finite: use a Repeat for work that is done again, or end the calls "
            + "within \(Self.depthLimit)",
          at: call.node)
        return
      }
      firsts[call.workflow] = index
    }
    let names = calls.prefix(3).map(\.workflow) + ["…"] + calls.suffix(2).map(\.workflow)
    report(
      .error, "calls nest more than \(Self.depthLimit) deep: \(names.joined(separator: " → "))",
      remedy: "a plan holds the steps of every call: let one workflow call several in turn",
      at: calls[1].node)
  }

  mutating func reportEmpty(at id: Int) {
    reportIncomplete(
      "\(label(id)) has no steps",
      remedy: "its 'if's or 'for's left nothing: add a step, or 'Nothing()' if that is meant",
      at: id)
  }

  mutating func reportNoContestants(at id: Int) {
    report(
      .error, "\(label(id)) has no contestants, and so nobody who could win",
      remedy: "add a step, or leave the race out", at: id)
  }

  mutating func reportSameName(_ second: Declaration, first: SourceLocation?, at id: Int) {
    let place = first.map { ", the first at \($0.shown)" } ?? ""
    guard let name = second.name else {
      let (kind, type) = Self.unnamed(second.kind)
      report(
        .error, "two \(kind) of one body have no name\(place)",
        remedy: "give this one a name: \(type)(\"…\")", at: id)
      return
    }
    var remedy = "give one of them another name"
    switch second.kind {
    case .call: remedy += ": Call(…, as: \"…\")"
    case .wait(.signal): remedy += ": Wait(\"…\", for: …)"
    default: break
    }
    report(.error, "two steps of one body are named '\(name)'\(place)", remedy: remedy, at: id)
  }

  /// What steps without a name are called in Swift.
  private static func unnamed(_ kind: Declaration.Kind) -> (plural: String, type: String) {
    switch kind {
    case .parallel: ("Parallels", "Parallel")
    case .dataflow: ("Dataflows", "Dataflow")
    case .choose: ("Chooses", "Choose")
    case .fanOut: ("FanOuts", "FanOut")
    case .race: ("Races", "Race")
    case .repeat: ("Repeats", "Repeat")
    case .wait: ("Waits", "Wait")
    case .nothing, .stage, .sequence, .call: ("groups of steps", "Phase")
    }
  }

  mutating func reportTwoRoles(_ known: Role, _ other: Role, first: Int, at id: Int) {
    var differences: [String] = []
    if known.skills != other.skills { differences.append("skills") }
    if known.instructions != other.instructions { differences.append("instructions") }
    if known.reportsTo != other.reportsTo { differences.append("reportsTo") }
    let place = nodes[first].location.map { " at \($0.shown)" } ?? ""
    report(
      .error,
      "role '\(other.id)' of \(label(id)) differs in \(differences.joined(separator: " and ")) "
        + "from the role '\(known.id)' used\(place)",
      remedy: "declare a role once, as a static member of Role, and use it everywhere", at: id)
  }
}

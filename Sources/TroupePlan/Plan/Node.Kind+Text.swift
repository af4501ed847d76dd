extension Node.Kind {
  /// What a person would say about the kind beside its name.
  package var detailText: String {
    switch self {
    case .stage, .sequence, .parallel, .dataflow, .race: return ""
    case .choose(let choice):
      switch choice.unmatched {
      case .fail: return "fails if nothing matches"
      case .skip: return "skips if nothing matches"
      case .branch: return "has an otherwise"
      }
    case .repeat(let repetition):
      let end = repetition.exhausted == .fail ? "" : ", then \(repetition.exhausted.rawValue)s"
      return "at most \(repetition.limit) \(repetition.limit == 1 ? "round" : "rounds")\(end)"
    case .fanOut(let spread):
      var parts: [String] = []
      if let width = spread.width { parts.append("\(width) at once") }
      if spread.tolerated > 0 { parts.append("tolerates \(spread.tolerated)") }
      if spread.endsEarly { parts.append("ends early") }
      return parts.joined(separator: ", ")
    case .call(let invocation):
      return invocation.version.map { "\(invocation.workflow) \($0)" } ?? invocation.workflow
    case .wait(.signal(let signal)):
      let limit = signal.within.map { ", within \(DurationText.short($0))" } ?? ""
      return "for signal '\(signal.name)'\(limit)"
    case .wait(.instant): return "until an instant"
    case .wait(.span(let length)): return "for \(DurationText.short(length))"
    }
  }

  /// The kind with what there is to say about it: `fan-out, 4 at once`.
  var text: String { detailText.isEmpty ? name : "\(name), \(detailText)" }

  /// This kind with what `detailText` tells of another one of its name.
  func takingOver(_ other: Self) -> Self {
    switch (self, other) {
    case (.fanOut(var spread), .fanOut(let other)):
      spread.width = other.width
      spread.tolerated = other.tolerated
      spread.endsEarly = other.endsEarly
      return .fanOut(spread)
    case (.call(var invocation), .call(let other)):
      invocation.workflow = other.workflow
      invocation.version = other.version
      return .call(invocation)
    case (.wait(.signal(var signal)), .wait(.signal(let other))):
      signal.name = other.name
      // What the text rounds away is told by the plan's JSON.
      if signal.within.map(DurationText.short) != other.within.map(DurationText.short) {
        signal.within = other.within
      }
      return .wait(.signal(signal))
    default: return other
    }
  }
}

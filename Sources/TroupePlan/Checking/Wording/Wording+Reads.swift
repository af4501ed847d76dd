/// Messages about artifacts that are read before they are surely written.
extension Wording {
  mutating func unwritten(_ reader: Int, _ slot: Int) -> Finding {
    let (reason, remedy) = reason(reader, slot)
    return finding(
      .error, "\(label(reader)) reads \(name(slot)), which \(reason)", remedy, at: reader)
  }

  typealias Reason = (reason: String, remedy: String)

  private mutating func reason(_ reader: Int, _ slot: Int) -> Reason {
    var writers = scopes.writers[slot]
    if writers.isEmpty { writers = writersAround(reader, slot) }
    if writers.isEmpty { return otherScope(reader, slot) ?? nothing(reader, slot) }
    var nearest: (relation: Relation, writer: Int)?
    for writer in writers {
      let relation = relation(of: writer, to: reader)
      if let nearest, nearest.relation <= relation { continue }
      nearest = (relation, writer)
    }
    guard let (relation, writer) = nearest else { return nothing(reader, slot) }
    return reason(relation, reader, writer, slot)
  }

  private func reason(_ relation: Relation, _ reader: Int, _ writer: Int, _ slot: Int) -> Reason {
    let meeting = shape.meeting(writer, reader)
    switch relation {
    case .before:
      let step = meeting == reader ? reader : shape.step(from: meeting, towards: writer)
      return ("is not written on every path", somePaths(step, slot))
    case .nextRound:
      let source =
        writer == reader
        ? "only \(label(writer)) itself writes it"
        : "\(label(writer)) writes it later in the round\(place(writer))"
      return (
        "nothing writes before the first round", "\(source): write a first version before the loop"
      )
    case .itself:
      return (
        "nothing before it writes",
        "it writes \(name(slot)) itself: let a step before it write a first version"
      )
    case .after:
      return (
        "nothing before it writes",
        "\(label(writer)) writes it later\(place(writer)): move that before \(label(reader)), "
          + "or put both into a Dataflow"
      )
    case .inside:
      return (
        "nothing before it writes",
        "\(label(writer)) inside it does\(place(writer)): let a step before it write "
          + name(slot)
      )
    case .around:
      return (
        "\(label(writer)) writes only when all its elements are done",
        "read it after \(label(writer))"
      )
    case .otherBranch:
      return (
        "only another branch writes",
        "one branch is taken, so write it in this one too, or before \(label(meeting))"
      )
    case .otherContestant:
      return (
        "only another contestant writes",
        "contestants do not see each other's artifacts: write it before \(label(meeting))"
      )
    case .besides:
      return (
        "\(label(writer)) writes at the same time",
        "move \(label(reader)) behind \(label(meeting))"
      )
    case .replaced:
      return (
        "only the step that it stands in for writes",
        "a fallback is given what \(label(meeting)) was given: read something written before it"
      )
    case .replacement:
      return ("only a fallback writes", "let a step before it write \(name(slot))")
    }
  }

  private mutating func nothing(_ reader: Int, _ slot: Int) -> Reason {
    if let meant = suggestion(for: slot, at: reader) {
      return ("nothing writes", "did you mean '\(meant)'?")
    }
    return ("nothing writes", "let a step before it write \(name(slot))")
  }
}

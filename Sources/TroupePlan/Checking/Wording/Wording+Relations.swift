/// Finding out how a writer stands to a reader.
extension Wording {
  func relation(of writer: Int, to reader: Int) -> Relation {
    if writer == reader { return isInLoop(shape.parent(of: reader), reader) ? .nextRound : .itself }
    let meeting = shape.meeting(writer, reader)
    if meeting == writer { return .around }
    if meeting == reader { return relation(ofInner: writer, to: reader) }
    let step = shape.step(from: meeting, towards: reader)
    for standIn in nodes[meeting].standIns {
      if step == standIn { return .replaced }
      if shape.part(of: standIn, contains: writer) { return .replacement }
    }
    switch nodes[meeting].kind {
    case .choose: return .otherBranch
    case .race: return .otherContestant
    case .parallel: return .besides
    case .dataflow: return .before
    case .sequence, .repeat, .fanOut, .call, .stage, .wait:
      if writer < reader { return .before }
      return isInLoop(meeting, step) ? .nextRound : .after
    }
  }

  /// A loop reads after its children, anything else before them.
  private func relation(ofInner writer: Int, to reader: Int) -> Relation {
    let isInFallback = nodes[reader].isStandIn(shape.step(from: reader, towards: writer))
    if case .repeat = nodes[reader].kind, !isInFallback { return .before }
    return isInLoop(shape.parent(of: reader), reader) ? .nextRound : .inside
  }

  /// Whether a part of a node is done in rounds of one scope.
  private func isInLoop(_ node: Int?, _ part: Int) -> Bool {
    var (node, part) = (node, part)
    while let current = node {
      if !nodes[current].isStandIn(part) {
        switch nodes[current].kind {
        case .repeat: return true
        case .fanOut, .call: return false
        default: break
        }
      }
      (node, part) = (shape.parent(of: current), current)
    }
    return false
  }
}

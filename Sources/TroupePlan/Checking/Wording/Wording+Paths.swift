/// Which path leaves an artifact out, of a step that writes it only on some.
extension Wording {
  /// Names the path through a step that does not write an artifact, and what to do.
  func somePaths(_ step: Int, _ slot: Int) -> String {
    "\(culprit(step, slot).reason), or write it earlier"
  }

  /// The path through a step that does not write an artifact, what to do about it, and the node to
  /// which it belongs.
  func culprit(_ step: Int, _ slot: Int) -> (node: Int, reason: String) {
    if sureness.works(step, slot),
      let standIn = nodes[step].standIns.first(where: { !sureness.writes($0, slot) })
    {
      return leaf(standIn, slot) ?? culprit(standIn, slot)
    }
    switch nodes[step].kind {
    case .choose(let choice):
      if let branch = nodes[step].children.first(where: { !sureness.writes($0, slot) }) {
        return leaf(branch, slot) ?? culprit(branch, slot)
      }
      if choice.unmatched == .skip {
        return (
          step,
          "\(label(step)) writes nothing when it is skipped: "
            + "replace 'Otherwise(.skip)' by an 'Otherwise { … }' that writes it"
        )
      }
    case .race:
      if let contestant = nodes[step].children.first(where: { !sureness.writes($0, slot) }) {
        return leaf(contestant, slot) ?? culprit(contestant, slot)
      }
    case .sequence, .parallel, .dataflow, .repeat:
      if let child = nodes[step].children.first(where: { mentions($0, slot) }) {
        return culprit(child, slot)
      }
    case .stage, .fanOut, .call, .wait: break
    }
    return (step, "\(label(step)) itself does not write it: let it write it too")
  }

  /// A step that never writes an artifact, with the container that makes it one of several paths.
  private func leaf(_ step: Int, _ slot: Int) -> (node: Int, reason: String)? {
    guard !mentions(step, slot) else { return nil }
    let parent = shape.parent(of: step)
    let owner = parent.map { nodes[$0].fallback == step ? "" : " of \(label($0))" } ?? ""
    return (step, "\(label(step))\(owner) does not write it: write it there too")
  }

  private func mentions(_ step: Int, _ slot: Int) -> Bool {
    shape.part(of: step).contains { layout.write($0) == slot }
  }
}

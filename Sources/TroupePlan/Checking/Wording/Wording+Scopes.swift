/// Messages about artifacts of other scopes and about names that are nearly right.
extension Wording {
  /// Where an artifact of this name has a value that the reader cannot see, if anywhere.
  mutating func otherScope(_ reader: Int, _ slot: Int) -> Reason? {
    let scopes = scopes
    let others = scopes.slots[artifacts.names[slot]] ?? []
    for other in others where other != slot && scopes.hasValue(other) {
      if let hidden = hiddenScope(scopes.scopes[other], reader) {
        return hiddenReason(hidden, other)
      }
      if let call = callAround(reader, below: scopes.scopes[other]) {
        return (
          "belongs to the workflow that calls \(calledName(call))",
          "a called workflow sees only its input: pass \(name(slot)) in as a part of it"
        )
      }
    }
    return nil
  }

  /// Who writes an artifact of this name in a scope around the reader's: then it was named there
  /// only after the reader, and so is another one.
  mutating func writersAround(_ reader: Int, _ slot: Int) -> [Int] {
    let scopes = scopes
    for other in scopes.slots[artifacts.names[slot]] ?? [] where other != slot {
      if canSee(reader, scopes.scopes[other]) { return scopes.writers[other] }
    }
    return []
  }

  /// The name that was probably meant, of those that the reader can see.
  mutating func suggestion(for slot: Int, at reader: Int) -> String? {
    guard suggestionsLeft > 0 else { return nil }
    suggestionsLeft -= 1
    let scopes = scopes
    var visible: [String] = []
    for other in artifacts.names.indices where scopes.hasValue(other) {
      if canSee(reader, scopes.scopes[other]) { visible.append(artifacts.names[other]) }
    }
    return Nearest.match(artifacts.names[slot], in: visible)
  }

  private func canSee(_ reader: Int, _ scope: Int) -> Bool {
    hiddenScope(scope, reader) == nil && callAround(reader, below: scope) == nil
  }

  private func hiddenReason(_ scope: Int, _ slot: Int) -> Reason {
    guard case .fanOut = nodes[scope].kind else {
      return (
        "only the called workflow \(calledName(scope)) writes",
        "only its output leaves it: make \(name(slot)) a part of that"
      )
    }
    let collected = nodes[scope].writes.first.map { ": read '\($0.name)'" } ?? ""
    return (
      "only the elements of \(label(scope)) write",
      "what an element writes stays with it, only its result is collected\(collected)"
    )
  }

  /// The outermost scope that a reader would have to look into.
  private func hiddenScope(_ scope: Int, _ reader: Int) -> Int? {
    var hidden: Int?
    var current: Int? = scope
    while let node = current, node != 0 {
      switch nodes[node].kind {
      case .fanOut, .call:
        let isInside =
          node != reader && shape.part(of: node, contains: reader)
          && !isInFallback(reader, of: node)
        if !isInside { hidden = node }
      default: break
      }
      current = shape.parent(of: node)
    }
    return hidden
  }

  /// The innermost call between a reader and a scope around it.
  private func callAround(_ reader: Int, below scope: Int) -> Int? {
    var current = shape.parent(of: reader)
    while let node = current, node != scope {
      if case .call = nodes[node].kind, !isInFallback(reader, of: node) { return node }
      current = shape.parent(of: node)
    }
    return nil
  }

  private func isInFallback(_ id: Int, of node: Int) -> Bool {
    nodes[node].standIns.contains { shape.part(of: $0, contains: id) }
  }

  private func calledName(_ id: Int) -> String {
    if case .call(let invocation) = nodes[id].kind { "'\(invocation.workflow)'" } else { label(id) }
  }
}

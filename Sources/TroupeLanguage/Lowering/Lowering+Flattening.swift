/// Bodies as one list of steps, whatever they were built of.
extension Lowering {
  /// Steps that only group others at declaration time disappear; empty steps do so too.
  func flattened(_ declared: [Declaration]) -> (steps: [Declaration], saysNothing: Bool) {
    // Most bodies are one group of plain steps, which stand in a list already.
    if declared.count == 1, declared[0].isGroup { return flattened(declared[0].children) }
    let isFlat = declared.indices.allSatisfy { index in
      if case .nothing = declared[index].kind { return false }
      return !declared[index].isGroup
    }
    if isFlat { return (declared, false) }
    var flat: [Declaration] = []
    var saysNothing = false
    flatten(declared, into: &flat, &saysNothing)
    return (flat, saysNothing)
  }

  private func flatten(
    _ declared: [Declaration], into flat: inout [Declaration], _ saysNothing: inout Bool
  ) {
    for child in declared {
      switch child.kind {
      case .nothing: saysNothing = true
      case _ where child.isGroup:
        flatten(child.children, into: &flat, &saysNothing)
      default: flat.append(child)
      }
    }
  }
}

extension Node {
  /// How messages name the node: `stage 'draft'`, `branch 'small'`, `the parallel`.
  ///
  /// - Parameter parent: The node that it stands in.
  package func label(in parent: Node?) -> String {
    guard let parent else { return "workflow '\(name)'" }
    if parent.fallback == id { return "the fallback of \(parent.label(in: parent))" }
    var word = kind.name
    switch kind {
    case .stage where role == nil && writes.isEmpty: word = "effect"
    case .sequence:
      if case .choose = parent.kind { word = "branch" } else { word = "phase" }
    default: break
    }
    return name == kind.name ? "the \(word)" : "\(word) '\(name)'"
  }
}

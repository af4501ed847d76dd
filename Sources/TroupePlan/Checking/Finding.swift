/// A diagnostic with the node at whose place among the others it is printed.
package struct Finding: Sendable {
  package let node: Int
  package let diagnostic: Diagnostic

  package init(node: Int, _ diagnostic: Diagnostic) {
    self.node = node
    self.diagnostic = diagnostic
  }

  /// The diagnostics in the order of the plan, errors before warnings and hints, each only once.
  ///
  /// A workflow that is called twice is checked twice, but says the same of the same place.
  package static func diagnostics(of findings: [Finding]) -> [Diagnostic] {
    let inOrder = findings.indices.sorted { left, right in
      let (a, b) = (findings[left], findings[right])
      if a.node != b.node { return a.node < b.node }
      if a.diagnostic.severity != b.diagnostic.severity {
        return a.diagnostic.severity < b.diagnostic.severity
      }
      return left < right
    }
    var said: Set<Diagnostic> = []
    return inOrder.compactMap { index in
      let diagnostic = findings[index].diagnostic
      var saying = diagnostic
      if saying.location != nil { saying.path = nil }
      return said.insert(saying).inserted ? diagnostic : nil
    }
  }
}

extension Diagnostic.Severity: Comparable {
  /// Orders from the most serious to the least.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .hint: 2
    }
  }
}

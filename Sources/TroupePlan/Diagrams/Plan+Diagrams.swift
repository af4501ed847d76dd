extension Plan {
  /// The plan as a picture in DOT, the language of Graphviz: `dot -Tsvg plan.dot -o plan.svg`.
  ///
  /// - Parameter artifacts: Whether the edges say what was written.
  public func dot(artifacts: Bool = false) -> String {
    DOTPrinter.print(Draftsman.draw(self, artifacts: artifacts))
  }

  /// The plan as a Mermaid flowchart, as Markdown on many sites shows it.
  ///
  /// - Parameter artifacts: Whether the edges say what was written.
  public func mermaid(artifacts: Bool = false) -> String {
    MermaidPrinter.print(Draftsman.draw(self, artifacts: artifacts))
  }
}

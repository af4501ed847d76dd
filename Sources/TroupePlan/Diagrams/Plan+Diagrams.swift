extension Plan {
  /// The plan as a picture in DOT, the language of Graphviz: `dot -Tsvg plan.dot -o plan.svg`.
  ///
  /// - Parameters:
  ///   - artifacts: Whether the edges say what was written.
  ///   - ladders: Whether it shows what happens when a step cannot get further by itself.
  public func dot(artifacts: Bool = false, ladders: Bool = false) -> String {
    DOTPrinter.print(Draftsman.draw(self, artifacts: artifacts, ladders: ladders))
  }

  /// The plan as a Mermaid flowchart, as Markdown on many sites shows it.
  ///
  /// - Parameters:
  ///   - artifacts: Whether the edges say what was written.
  ///   - ladders: Whether it shows what happens when a step cannot get further by itself.
  public func mermaid(artifacts: Bool = false, ladders: Bool = false) -> String {
    MermaidPrinter.print(Draftsman.draw(self, artifacts: artifacts, ladders: ladders))
  }
}

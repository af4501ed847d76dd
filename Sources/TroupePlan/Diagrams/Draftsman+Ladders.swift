/// Ladders, which a picture shows if it is asked to.
extension Draftsman {
  /// Draws the ladders of a node beside it: each rung follows if the one before settles nothing.
  mutating func addLadders(of node: Node, to fragment: inout Fragment) {
    guard showsLadders, let escalation = node.policies.escalation else { return }
    let entry = fragment.entry
    for rule in escalation.rules {
      let trigger = "on " + rule.triggers.map(\.words).joined(separator: ", ")
      var elements: [Drawing.Element] = []
      var before: String?
      for rung in rule.rungs {
        let (first, last) = draw(rung, entry: entry, into: &elements, &fragment)
        add(
          Drawing.Edge(
            from: before ?? entry, to: first, label: before == nil ? trigger : "",
            style: .failure))
        before = last
      }
      let cluster = Drawing.Cluster(
        id: clusterID(), title: "escalation", style: .fallback, elements: elements)
      fragment.elements.append(.cluster(cluster))
    }
  }

  /// Draws a rung; gives where one comes to it, and from where one goes on to the next.
  private mutating func draw(
    _ rung: Escalation.Rung, entry: String, into elements: inout [Drawing.Element],
    _ fragment: inout Fragment
  ) -> (first: String, last: String) {
    switch rung {
    case .fallback(let id):
      let inside = sequence(plan.nodes[id].children)
      elements += inside.elements
      fragment.exits += inside.exits
      return (inside.entry, inside.entry)
    case .retry, .reassign, .ask, .notify, .abort:
      let shape = shape(kind(of: rung), plan.text(of: rung))
      elements.append(.shape(shape))
      switch rung {
      case .retry, .reassign:
        add(Drawing.Edge(from: shape.id, to: entry, label: "once more", style: .back))
      default: break
      }
      return (shape.id, shape.id)
    }
  }

  private func kind(of rung: Escalation.Rung) -> Drawing.Shape.Kind {
    switch rung {
    case .ask(let id): .stage(role: plan.nodes[id].role.flatMap { roleNumbers[$0] })
    case .reassign(let role): .stage(role: roleNumbers[role])
    case .abort: .failure
    case .retry, .notify, .fallback: .effect
    }
  }
}

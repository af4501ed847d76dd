/// Puts problems into words: what is wrong, and how to mend it.
struct Wording {
  let nodes: [Node]
  let layout: Layout
  let shape: PlanShape
  let artifacts: ArtifactTable
  let plan: Plan
  /// Made for the first message that needs it.
  lazy var scopes = ScopeTable(nodes, layout, artifacts.names)
  /// How many more names are looked up for the one that was meant; beyond, it would take long.
  var suggestionsLeft = 20

  init(_ plan: Plan, _ layout: Layout, _ shape: PlanShape, _ artifacts: ArtifactTable) {
    self.plan = plan
    nodes = plan.nodes
    self.layout = layout
    self.shape = shape
    self.artifacts = artifacts
  }

  var sureness: Sureness { Sureness(nodes: nodes, layout: layout) }

  /// A problem as a diagnostic at its node.
  mutating func finding(of problem: Problem) -> Finding {
    switch problem {
    case .unwritten(let reader, let slot): unwritten(reader, slot)
    case .unwrittenOutput(let scope, let slot): unwrittenOutput(of: scope, slot)
    case .unwrittenResult(let fanOut, let slot): unwrittenResult(of: fanOut, slot)
    case .unwrittenJudged(let node, let gate, let slot): unwrittenJudged(node, gate, slot)
    case .twoWriters(let container, let first, let second, let slot):
      twoWriters(container, first, second, slot)
    case .readerBesideWriter(let container, let reader, let writer, let slot):
      readerBesideWriter(container, reader, writer, slot)
    case .writesBound(let dataflow, let writer, let slot): writesBound(dataflow, writer, slot)
    case .writesSurroundings(let fanOut, let writer, let slot):
      writesSurroundings(fanOut, writer, slot)
    case .twoTypes(let slot, let first, let second): twoTypes(slot, first, second)
    case .cycle(let dataflow, let way): cycle(dataflow, way)
    case .unread(let writer, let slot): unread(writer, slot)
    case .longerLimit(let inner, let outer): longerLimit(inner, outer)
    case .largerBudget(let inner, let outer, let quantity): largerBudget(inner, outer, quantity)
    case .estimateExceedsBudget(let stage, let estimate, let scope, let quantity):
      estimateExceedsBudget(stage, estimate, scope, quantity)
    case .unmatched(let choice): unmatched(choice)
    case .uselessRework(let node, let gate): uselessRework(node, gate)
    case .independent(let steps): independent(steps)
    case .twoPayloads(let first, let second): twoPayloads(first, second)
    case .waitsForever(let wait): waitsForever(wait)
    case .redoesOnce(let stage, let node, let gate): redoesOnce(stage, node, gate)
    case .keepsRounds(let stage, let loop): keepsRounds(stage, loop)
    case .escalatesOnce(let stage, let node, let rule): escalatesOnce(stage, node, rule)
    }
  }

  /// A finding at a node, placed where the node was declared or where it is told.
  func finding(
    _ severity: Diagnostic.Severity, _ message: String, _ remedy: String, at node: Int,
    location: SourceLocation? = nil
  ) -> Finding {
    Finding(
      node: node,
      Diagnostic(
        severity, message, remedy: remedy, path: nodes[node].path,
        location: location ?? nodes[node].location))
  }

  func label(_ id: Int) -> String {
    nodes[id].label(in: shape.parent(of: id).map { nodes[$0] })
  }

  func name(_ slot: Int) -> String { "'\(artifacts.names[slot])'" }

  /// ` (Sources/Newsroom/LaunchPost.swift:31:7)`, or nothing where the place is not known.
  func place(_ id: Int) -> String {
    nodes[id].location.map { " (\($0.shown))" } ?? ""
  }

  /// Two nodes, with their paths where their names are the same.
  func labels(_ first: Int, _ second: Int) -> (String, String) {
    let labels = (label(first), label(second))
    guard labels.0 == labels.1 else { return labels }
    return ("\(labels.0) in '\(inside(first))'", "\(labels.1) in '\(inside(second))'")
  }

  private func inside(_ id: Int) -> String {
    shape.parent(of: id).map { nodes[$0].path.description } ?? nodes[id].path.description
  }
}

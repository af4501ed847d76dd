import TroupePlan

/// Finds what keeps a run from going on with another plan.
struct PlanFitCheck {
  /// What keeps the run from going on, and which line of the plans' difference it belongs to.
  struct Obstacle {
    let subject: String
    let reason: String
  }

  let old: Plan
  let new: Plan
  let visits: Visits
  let oldNodes: [Path: Int]
  let newNodes: [Path: Int]
  private(set) var obstacles: [Obstacle] = []

  init(_ old: Plan, _ new: Plan, _ visits: Visits) {
    self.old = old
    self.new = new
    self.visits = visits
    oldNodes = Dictionary(old.nodes.map { ($0.path, $0.id) }) { first, _ in first }
    newNodes = Dictionary(new.nodes.map { ($0.path, $0.id) }) { first, _ in first }
  }

  mutating func run() {
    guard old.workflow == new.workflow else {
      add("workflow", "the run is one of '\(old.workflow)', and goes on as that")
      return
    }
    if old.input != new.input {
      add("input", "the run has its input already")
    }
    if old.output != new.output, visits.sealed[0] != nil {
      add("output", "the run has written its output already")
    }
    checkParameters()
    for node in old.nodes where visits.hasBegun(node.id) {
      guard let place = newNodes[node.path] else {
        add(node.path.description, "it has begun, and cannot be taken out")
        continue
      }
      for reason in obstacles(to: node, becoming: new.nodes[place]) {
        add(node.path.description, reason)
      }
      checkSteps(of: node, new.nodes[place])
    }
  }

  mutating func add(_ subject: String, _ reason: String) {
    obstacles.append(Obstacle(subject: subject, reason: reason))
  }

  /// What the closures do depends on the parameters, also of those that have been asked already.
  private mutating func checkParameters() {
    guard case .object(let had) = old.parameters, case .object(let has) = new.parameters else {
      if old.parameters != new.parameters {
        add("parameters", Self.reason(old.parameters.canonicalText))
      }
      return
    }
    for key in Set(had.keys).union(has.keys).sorted() where had[key] != has[key] {
      add("parameter '\(key)'", Self.reason(had[key]?.canonicalText ?? "no such parameter"))
    }
  }

  private static func reason(_ value: String) -> String {
    "a run goes on with the parameters it was started with; build the workflow with \(value)"
  }
}

public import TroupePlan
public import TroupeSimulation

/// A text to be compared with the one that is kept beside the test.
public struct Snapshot: Sendable {
  /// The text.
  public let text: String
  /// What the file's name ends with, without a dot.
  public let fileExtension: String

  private init(_ text: String, as fileExtension: String) {
    self.text = text.last == "\n" || text.isEmpty ? text : text + "\n"
    self.fileExtension = fileExtension
  }

  /// Any text.
  public static func text(_ text: String, as fileExtension: String = "txt") -> Snapshot {
    Snapshot(text, as: fileExtension)
  }

  /// A plan as JSON, without the places in the source, which change with every line that is added.
  public static func plan(_ plan: Plan) -> Snapshot {
    var plan = plan
    for index in plan.nodes.indices {
      plan.nodes[index].location = nil
      for gate in plan.nodes[index].policies.gates.indices {
        plan.nodes[index].policies.gates[gate].location = nil
      }
    }
    return Snapshot(plan.json.prettyText, as: "json")
  }

  /// A plan's picture in DOT.
  public static func dot(_ plan: Plan) -> Snapshot { Snapshot(plan.dot(), as: "dot") }

  /// Who did what when in a run.
  public static func timeline(_ timeline: Timeline) -> Snapshot {
    Snapshot(timeline.description, as: "timeline")
  }
}

import TroupeLanguage
import TroupePlan

/// Finds the stages that stubs are for, and the stubs that stages need.
struct StageFinder {
  /// What was found.
  enum Found {
    /// A stage with the type that it writes, which an effect has none of.
    case stage(Node, ValueType?)
    case problem(String)
  }

  private let program: Program
  /// The names of the workflow's properties, by the artifacts that they hold.
  private let properties: [String: String]

  init(_ program: Program, _ workflow: some Workflow) {
    self.program = program
    var properties = ["\(workflow.input.name)": "input"]
    for child in Mirror(reflecting: workflow).children {
      guard let label = child.label, let artifact = child.value as? any NamedArtifact else {
        continue
      }
      properties[artifact.name] = label
    }
    properties[workflow.output.name] = properties[workflow.output.name] ?? "output"
    self.properties = properties
  }

  private var plan: Plan { program.plan }

  /// The path of a node without the workflow's name in front.
  func short(_ node: Node) -> String {
    String(node.path.description.drop { $0 != "/" }.dropFirst())
  }

  /// How Swift names the artifact: `\.draft`.
  func keyPath(of artifact: String) -> String {
    "\\.\(properties[artifact] ?? artifact)"
  }

  /// The workflow's own stage that writes an artifact: the only one, or the only one of a role.
  func stage(writing artifact: String) -> Found {
    let writers = plan.nodes.filter { node in
      program.layout.write(node.id).map(program.layout.isOutermost) ?? false
        && node.writes.first?.name == artifact && written(node) != nil
    }
    let byRole = writers.filter { $0.role != nil }
    if let node = byRole.count == 1 ? byRole.first : writers.count == 1 ? writers.first : nil,
      let type = written(node)
    {
      return .stage(node, type)
    }
    if writers.isEmpty { return .problem(nobodyWrites(artifact)) }
    let paths = (byRole.isEmpty ? writers : byRole).map { "\"\(short($0))\"" }
    return .problem(
      "several stages write '\(artifact)': \(paths.joined(separator: ", "))\n"
        + "  name the one that is meant by its path: Stub(\(paths[0]), as: \(type(writers[0])).self)"
        + " { … }")
  }

  /// Why no stage of the workflow's own writes an artifact, and what to do.
  private func nobodyWrites(_ artifact: String) -> String {
    let problem = "no stage of the workflow's own writes '\(artifact)'"
    if artifact == plan.input.name { return "\(problem): it is the input, which 'run' is given" }
    let container = plan.nodes.first { node in
      program.layout.write(node.id).map(program.layout.isOutermost) ?? false
        && node.writes.first?.name == artifact
    }
    guard let container else { return problem }
    if let signal = container.awaited {
      return "\(problem): the wait '\(short(container))' does; send what it waits for: "
        + "Send(Signal(\"\(signal.name)\"), …)"
    }
    let inside = plan.nodes.filter {
      $0.path.description.hasPrefix("\(container.path)/") && $0.kind == .stage
    }
    let paths = inside.map { "\"\(short($0))\"" }.joined(separator: ", ")
    return "\(problem): the \(container.kind.name) '\(short(container))' does; "
      + "name the stages in it by their paths: \(paths)"
  }

  /// The stage at a path, or of a name that no other has.
  func stage(at path: String) -> Found {
    find(path, "stage", among: plan.nodes.filter { written($0) != nil })
  }

  /// The effect at a path, or of a name that no other has.
  func effect(at path: String) -> Found {
    find(path, "effect", among: plan.nodes.filter { $0.kind == .stage && written($0) == nil })
  }

  private func find(_ path: String, _ word: String, among nodes: [Node]) -> Found {
    let named = nodes.filter { $0.path.shortName == path }
    if let node = nodes.first(where: { short($0) == path || $0.path.description == path })
      ?? (named.count == 1 ? named.first : nil)
    {
      return .stage(node, written(node))
    }
    if !named.isEmpty {
      let paths = named.map { "\"\(short($0))\"" }.joined(separator: ", ")
      return .problem("several \(word)s are named '\(path)': \(paths); give the path")
    }
    let nearest =
      Nearest.match(path, in: nodes.map(short))
      ?? Nearest.match(path, in: nodes.map { String($0.path.shortName) })
    return .problem(
      "no \(word) has the path '\(path)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
  }

  /// The stub that a stage needs, as Swift.
  func suggestion(for node: Node) -> String {
    let artifact = node.writes.first?.name ?? ""
    if case .stage(let found, _) = stage(writing: artifact), found.id == node.id,
      properties[artifact] != nil
    {
      return "Stub(\(keyPath(of: artifact))) { \(type(node))(…) }"
    }
    return "Stub(\"\(short(node))\", as: \(type(node)).self) { … }"
  }

  /// The type that a stage writes; `nil` for what is no stage or writes nothing.
  private func written(_ node: Node) -> ValueType? {
    switch program.bodies[node.id].work {
    case .code(_, let output), .assignment(_, let output): output
    default: nil
    }
  }

  private func type(_ node: Node) -> String {
    written(node).map { TypeName.short(of: $0.type) } ?? "…"
  }
}

/// Lets the names of artifacts be read whatever their type.
private protocol NamedArtifact {
  var name: String { get }
}

extension Artifact: NamedArtifact {}

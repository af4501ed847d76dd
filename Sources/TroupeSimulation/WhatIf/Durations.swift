import TroupeLanguage
public import TroupePlan

/// How long the stages of a workflow take in a what-if study.
///
/// ```swift
/// let durations = Durations(
///   stages: ["write/draft": .triangular(.minutes(10), mode: .minutes(20), .hours(2))],
///   roles: ["critic": .uniform(.minutes(5), .minutes(15))], others: .fixed(.seconds(1)))
/// ```
///
/// A wait for a signal counts as a stage: its time is how long the signal keeps it waiting.
///
/// The narrowest holds: a stage's own before its role's, and that before the others'. Where nothing
/// is said a stage takes 1 to 10 ms.
public struct Durations: Sendable, Hashable {
  /// By the stage's path, with or without the workflow's name in front.
  public var stages: [String: Timing]
  /// By role, for the role's stages that are not named themselves.
  public var roles: [Role.ID: Timing]
  /// For all other stages, those of code included; `nil` where nothing is said.
  public var others: Timing?

  /// Creates durations.
  public init(
    stages: [String: Timing] = [:], roles: [Role.ID: Timing] = [:], others: Timing? = nil
  ) {
    self.stages = stages
    self.roles = roles
    self.others = others
  }

  /// How long a stage takes, where something is said about it.
  func timing(of node: Node) -> Timing? {
    stages[node.shortPath] ?? stages[node.path.description]
      ?? node.role.flatMap { roles[$0] } ?? others
  }

  /// What is wrong with the durations for a plan: paths and roles that it does not have, times
  /// that make no sense.
  func problems(in plan: Plan) -> [String] {
    let known = plan.nodes.filter { $0.kind == .stage || $0.awaited != nil }
    let paths = Set(known.flatMap { [$0.shortPath, $0.path.description] })
    let roles = plan.roles.map(\.id)
    var problems: [String] = []
    for (path, timing) in stages.sorted(by: { $0.key < $1.key }) {
      if !paths.contains(path) {
        problems.append("no stage has the path '\(path)'" + Self.hint(path, known))
      }
      if let problem = timing.problem { problems.append("'\(path)': \(problem)") }
    }
    for (role, timing) in self.roles.sorted(by: { $0.key < $1.key }) {
      if !roles.contains(role) {
        problems.append("no stage is done by the role '\(role)'" + Nearest.hint(role, in: roles))
      }
      if let problem = timing.problem { problems.append("'role:\(role)': \(problem)") }
    }
    if let problem = others?.problem { problems.append("'*': \(problem)") }
    return problems
  }

  /// What was probably meant: the only stage of that name, or the nearest path.
  private static func hint(_ path: String, _ stages: [Node]) -> String {
    let named = stages.filter { $0.path.shortName == Path.escape(path) }
    if named.count == 1, let stage = named.first { return "; did you mean '\(stage.shortPath)'?" }
    return Nearest.hint(path, in: stages.map(\.shortPath))
  }
}

extension Node {
  /// The path without the workflow's name in front.
  var shortPath: String {
    String(path.description.drop { $0 != "/" }.dropFirst())
  }
}

extension Nearest {
  /// `; did you mean 'writer'?`, or what there is instead.
  static func hint(_ name: String, in known: [String]) -> String {
    if let match = match(name, in: known) { return "; did you mean '\(match)'?" }
    if known.isEmpty { return "; there is none" }
    let shown = known.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return "; there is \(shown)" + (known.count > 8 ? " and \(known.count - 8) more" : "")
  }
}

/// A workflow as data: what is to be done, by whom, in which order and under which conditions.
///
/// A plan holds no closures. It can be written as JSON, compared, drawn, and kept beside a run.
/// It is what the language compiles to and what the runtime walks.
public struct Plan: Sendable {
  /// The version of the plan's JSON that this library writes and reads.
  public static let format = 1

  /// The workflow's name.
  public var workflow: String
  /// The version that the workflow gives itself, if any.
  public var version: String?
  /// The values of the workflow's parameters.
  public var parameters: JSONValue
  /// The artifact that a run starts with.
  public var input: ArtifactUse
  /// The artifact that a run ends with.
  public var output: ArtifactUse
  /// The roles of the stages, in the order of their first use.
  public var roles: [Role]
  /// The nodes in pre-order; the first is the workflow's body as a sequence.
  public var nodes: [Node]

  /// Creates a plan.
  public init(
    workflow: String, version: String? = nil, parameters: JSONValue = .object([:]),
    input: ArtifactUse, output: ArtifactUse, roles: [Role] = [], nodes: [Node]
  ) {
    self.workflow = workflow
    self.version = version
    self.parameters = parameters
    self.input = input
    self.output = output
    self.roles = roles
    self.nodes = nodes
  }

  /// The node at a path, or `nil` if there is none.
  public func node(at path: Path) -> Node? {
    nodes.first { $0.path == path }
  }

  /// The role with this identity, or `nil` if no stage uses it.
  public func role(_ id: Role.ID) -> Role? {
    roles.first { $0.id == id }
  }
}

extension Plan: Equatable {}

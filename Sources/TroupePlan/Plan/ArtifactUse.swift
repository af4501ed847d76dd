/// The mention of an artifact by a node: its name and the name of its type.
public struct ArtifactUse: Sendable, Hashable, Codable {
  /// The artifact's name, unique in its scope.
  public var name: String
  /// The name of its Swift type, with its module.
  public var type: String

  /// Creates a mention of an artifact.
  public init(_ name: String, type: String) {
    self.name = name
    self.type = type
  }
}

/// Where a repository is.
public struct RepositoryPlace: Codable, Sendable, Hashable {
  /// A folder in the repository's work tree; all of the repository is looked at. By default the
  /// current folder.
  public var path: String

  /// Creates a place.
  public init(path: String = ".") {
    self.path = path
  }

  /// Reads a place; `path` may be left out.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    path = try container.decodeIfPresent(String.self, forKey: .path) ?? "."
  }
}

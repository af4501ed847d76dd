/// What a repository is: its place, history, size and languages.
public struct Survey: Codable, Sendable, Hashable {
  /// One language, by the files whose names end as its files do.
  public struct Language: Codable, Sendable, Hashable {
    /// Its name.
    public var name: String
    /// The number of its files.
    public var files: Int
    /// The number of their lines.
    public var lines: Int
  }

  /// The top folder of the work tree.
  public var root: String
  /// The branch, or `nil` where the head is detached.
  public var branch: String?
  /// The commit that is checked out, or `nil` if there is none yet.
  public var head: String?
  /// The number of commits that lead to it.
  public var commits: Int
  /// Whether older history is missing from this clone.
  public var isShallow: Bool
  /// When the head was committed, as Git writes ISO 8601.
  public var headDate: String?
  /// The number of different author addresses.
  public var contributors: Int
  /// The latest tag that leads to the head.
  public var lastTag: String?
  /// The commits since that tag.
  public var commitsSinceTag: Int?
  /// The number of tracked files, without submodules.
  public var files: Int
  /// The bytes of the tracked files.
  public var bytes: Int
  /// The number of submodules, which are not looked into.
  public var submodules: Int
  /// The languages, the one with most lines first.
  public var languages: [Language]

  /// The lines of code in all languages.
  public var codeLines: Int { languages.reduce(0) { $0 + $1.lines } }
}

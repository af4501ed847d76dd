import TroupeRuntime

/// Finds out what a repository is.
struct Surveyor: Sendable {
  private let place: RepositoryPlace

  init(of place: RepositoryPlace) {
    self.place = place
  }

  func survey() async throws -> Survey {
    let git = try await Git.open(place)
    let head = try await git.line(["rev-parse", "--verify", "--quiet", "HEAD"])
    async let size = size(git)
    async let languages = languages(git)
    async let history = history(git, head: head)
    var survey = try await history
    (survey.files, survey.bytes, survey.submodules) = try await size
    survey.languages = try await languages
    return survey
  }

  private func history(_ git: Git, head: String?) async throws -> Survey {
    var survey = Survey(
      root: git.folder, branch: try await git.line(["symbolic-ref", "--quiet", "--short", "HEAD"]),
      head: head, commits: 0, isShallow: false, contributors: 0, files: 0, bytes: 0,
      submodules: 0, languages: [])
    survey.isShallow = try await git.line(["rev-parse", "--is-shallow-repository"]) == "true"
    guard head != nil else { return survey }
    survey.commits = try await git.line(["rev-list", "--count", "HEAD"]).flatMap { Int($0) } ?? 0
    survey.headDate = try await git.line(["log", "-1", "--format=%cI"])
    survey.contributors = try await contributors(git)
    if let tag = try await lastTag(git) {
      survey.lastTag = Redaction.name(tag.name)
      survey.commitsSinceTag = try await git.line(
        ["rev-list", "--count", "\(tag.object)..HEAD", "--"]
      ).flatMap { Int($0) }
    }
    survey.branch = survey.branch.map(Redaction.name)
    return survey
  }

  /// The latest tag that leads to the head; of some of the same second the highest version.
  private func lastTag(_ git: Git) async throws -> (name: String, object: String)? {
    let line = try await git.line([
      "for-each-ref", "--merged=HEAD", "--count=1", "--sort=-version:refname",
      "--sort=-creatordate", "--format=%(objectname) %(refname:strip=2)", "refs/tags",
    ])
    // The object is asked for by its own name, because a tag's may begin like an option.
    guard let parts = line?.split(separator: " ", maxSplits: 1), parts.count == 2 else {
      return nil
    }
    return (String(parts[1]), String(parts[0]))
  }

  private func contributors(_ git: Git) async throws -> Int {
    let state = Lock((records: Records(endingWith: UInt8(ascii: "\n")), known: Set<[UInt8]>()))
    try await git.stream(["log", "--format=%aE"]) { piece in
      state.withLock { state in
        var found: [[UInt8]] = []
        state.records.take(piece) { found.append($0) }
        state.known.formUnion(found)
      }
    }
    return state.withLock { $0.known.count }
  }

  private func size(_ git: Git) async throws -> (files: Int, bytes: Int, submodules: Int) {
    let tracked = try await git.trackedFiles()
    let files = tracked.filter { $0.kind != .submodule }
    let sizes = try await git.sizes(of: files.map(\.object))
    return (files.count, sizes.reduce(0) { $0 + ($1 ?? 0) }, tracked.count - files.count)
  }

  private func languages(_ git: Git) async throws -> [Survey.Language] {
    let found = Lock([String: (files: Int, lines: Int)]())
    try await git.lineCounts {
      Languages.language(of: $0) != nil
    } onFile: { path, lines in
      guard let language = Languages.language(of: path) else { return }
      found.withLock { found in
        found[language, default: (0, 0)].files += 1
        found[language, default: (0, 0)].lines += lines
      }
    }
    return found.withLock { $0 }
      .map { Survey.Language(name: $0.key, files: $0.value.files, lines: $0.value.lines) }
      .sorted { ($1.lines, $0.name) < ($0.lines, $1.name) }
  }
}

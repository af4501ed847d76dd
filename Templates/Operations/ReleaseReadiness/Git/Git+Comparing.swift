extension Git {
  /// The same repository for comparing its files with its index: without the programs that its own
  /// settings name for changing contents (gitattributes(5), "filter"), which that would run, and
  /// without the files outside of it that they name. The user's own settings hold.
  ///
  /// - Returns: `nil` where the repository's settings cannot be replaced, so that comparing would
  ///   run what it names.
  func forComparing() async throws -> Git? {
    let settings = GitSettings(try await bytes(["config", "--null", "--show-scope", "--list"]))
    guard let replaced = settings.replaced(defaults: defaultFiles) else { return nil }
    var git = self
    git.overrides = replaced
    return git
  }

  /// The files that git reads where no setting names others (gitignore(5), gitattributes(5)).
  private var defaultFiles: [String: String] {
    let own = user["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let folder = own ?? user["HOME"].map { $0 + "/.config" }
    return [
      "core.excludesfile": folder.map { $0 + "/git/ignore" } ?? "/dev/null",
      "core.attributesfile": folder.map { $0 + "/git/attributes" } ?? "/dev/null",
    ]
  }
}

/// The settings that hold in a repository, by who made them.
struct GitSettings {
  /// What the user and the system set: of each key the last value.
  private var trusted: [[UInt8]: [UInt8]] = [:]
  /// The keys that the repository itself sets, or a file that its settings include.
  private var own: Set<[UInt8]> = []

  /// Reads what `git config --null --show-scope --list` writes: scope, NUL, key, new line, value,
  /// NUL.
  init(_ list: [UInt8]) {
    let fields = list.split(separator: 0, omittingEmptySubsequences: false)
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let entry = fields[index + 1]
      let key = Array(entry.prefix { $0 != UInt8(ascii: "\n") })
      switch String(decoding: fields[index], as: UTF8.self) {
      case "system", "global": trusted[key] = Array(entry.dropFirst(key.count + 1))
      case "command": break
      default: own.insert(key)
      }
    }
  }

  /// What takes the place of the repository's filters and of the files it names: the user's own
  /// values, and where there are none what is so without any setting.
  ///
  /// - Returns: `nil` if there is one whose place nothing can take.
  func replaced(defaults: [String: String]) -> [(key: String, value: String)]? {
    var replaced: [(key: String, value: String)] = []
    for bytes in own.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let isFilter = Self.isFilter(bytes)
      // The environment, which takes text only, is the way to replace a key that may hold '='.
      guard let key = String(validating: bytes, as: UTF8.self) else {
        if isFilter { return nil }
        continue
      }
      guard isFilter || defaults[key] != nil else { continue }
      if let value = trusted[bytes] {
        guard let text = String(validating: value, as: UTF8.self) else { return nil }
        replaced.append((key, text))
      } else if hidesTrusted(bytes) {
        return nil
      } else {
        replaced.append((key, defaults[key] ?? (key.hasSuffix(".required") ? "false" : "")))
      }
    }
    return replaced
  }

  private static let filter = Array("filter.".utf8)
  private static let process = Array(".process".utf8)

  /// Whether a key names a program that changes contents, or says that there must be one.
  private static func isFilter(_ key: [UInt8]) -> Bool {
    key.starts(with: filter)
      && [".clean", ".smudge", ".process", ".required"].contains {
        key.suffix($0.utf8.count).elementsEqual($0.utf8)
      }
  }

  /// Whether a program of the user's own would not be run any more, because git does not fall back
  /// to it from a process that is set, even to nothing.
  private func hidesTrusted(_ key: [UInt8]) -> Bool {
    guard key.suffix(Self.process.count).elementsEqual(Self.process) else { return false }
    let name = key.dropLast(Self.process.count)
    return trusted[name + Array(".clean".utf8)] != nil
  }
}

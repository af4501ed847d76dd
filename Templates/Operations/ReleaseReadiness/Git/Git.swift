import Troupe
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Asks `git` about a repository: reading only, in bytes, and without running what the repository
/// configures.
struct Git: Sendable {
  /// A repository that cannot be checked.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  let folder: String
  /// Settings of the repository, with what takes their place.
  private var overrides: [(key: String, value: String)] = []

  init(folder: String) {
    self.folder = folder
  }

  /// Runs a command of git and gives all that it wrote.
  ///
  /// - Parameter allowing: The exit codes beside 0 that are no error.
  func bytes(
    _ arguments: [String], allowing codes: Set<Int32> = [], input: Command.Input = .none
  ) async throws -> [UInt8] {
    let collected = Lock([UInt8]())
    try await stream(arguments, allowing: codes, input: input) { piece in
      collected.withLock { $0.append(contentsOf: piece) }
    }
    return collected.withLock { $0 }
  }

  /// The first line that a command of git writes, or `nil` if there is none or it fails.
  func line(_ arguments: [String]) async throws -> String? {
    let bytes = try await bytes(arguments, allowing: [1, 128])
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    return line.isEmpty ? nil : PrintableText.of(Array(line))
  }

  /// Runs a command of git and hands on what it writes, piece by piece.
  func stream(
    _ arguments: [String], allowing codes: Set<Int32> = [], input: Command.Input = .none,
    _ onOutput: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws {
    var limits = Command.Limits()
    limits.time = Self.timeLimit
    let command = Command(
      "git", arguments: (Self.options + ["-C", folder] + arguments).map { Array($0.utf8) },
      environment: environment, input: input, limits: limits)
    let result: CommandResult
    do {
      result = try await command.run(onOutput: onOutput)
    } catch {
      if case .cancelled = error.kind { throw CancellationError() }
      throw error
    }
    switch result.status {
    case .exited(0): return
    case .exited(let code) where codes.contains(code): return
    default:
      let said = PrintableText.of(result.errorTail, isTail: true)
      throw Problem(
        description: "git \(arguments.first ?? "") failed (\(result.status)): \(said)")
    }
  }

  /// A file that a repository names may be one that never ends.
  private static let timeLimit = Duration.minutes(10)

  /// Hooks, file system monitors and pagers are programs that a repository can name; none is run.
  /// Nor may it change the form in which git answers, or name files outside of it.
  private static let options =
    ["--no-pager"]
    + [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false", "core.pager=cat",
      "core.attributesFile=/dev/null", "mailmap.file=/dev/null", "submodule.recurse=false",
      "log.showSignature=false", "diff.external=", "color.ui=false",
      "grep.fallbackToNoIndex=false", "grep.column=false", "grep.patternType=default",
      "grep.extendedRegexp=false", "i18n.logOutputEncoding=UTF-8",
    ].flatMap { ["-c", $0] }

  private var environment: [String: String] {
    let own = ProcessInfo.processInfo.environment
    var environment = [
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
      // Objects that are missing are not fetched: that would run what the repository names.
      "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
      "GIT_CONFIG_COUNT": "\(overrides.count)",
    ]
    for name in ["PATH", "HOME", "TMPDIR", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"] {
      environment[name] = own[name]
    }
    // By the environment and not with '-c', which would end a key at its first '='.
    for (index, (key, value)) in overrides.enumerated() {
      environment["GIT_CONFIG_KEY_\(index)"] = key
      environment["GIT_CONFIG_VALUE_\(index)"] = value
    }
    return environment
  }

  /// The same repository without the programs that it names for changing contents
  /// (gitattributes(5), "filter"), which comparing a file with the index would run.
  func withoutFilters() async throws -> Git {
    let pattern = "^filter\\..*\\.(clean|smudge|process|required)$"
    let names = try await bytes(
      ["config", "--null", "--name-only", "--get-regexp", pattern], allowing: [1])
    var git = self
    git.overrides = names.split(separator: 0).map { name in
      let key = String(decoding: name, as: UTF8.self)
      return (key, key.hasSuffix(".required") ? "false" : "")
    }
    return git
  }
}

extension Git {
  /// Opens the repository that a folder belongs to.
  ///
  /// - Throws: `Problem` in one line if there is none that could be checked.
  static func open(_ place: RepositoryPlace) async throws -> Git {
    let path = place.path.isEmpty ? "." : place.path
    let shown = PrintableText.of(Array(path.utf8))
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      throw Problem(description: "there is no folder '\(shown)'")
    }
    let git = Git(folder: path)
    let kind: [UInt8]
    do {
      kind = try await git.bytes(["rev-parse", "--is-bare-repository", "--is-inside-work-tree"])
    } catch let problem as Problem {
      if problem.description.contains("dubious ownership") {
        throw Problem(
          description: "'\(shown)' belongs to another user, so git does not trust it; "
            + "to trust it: git config --global --add safe.directory <its path>")
      }
      if problem.description.contains("not a git repository") {
        throw Problem(description: "'\(shown)' is not in a Git repository")
      }
      throw problem
    }
    let answers = String(decoding: kind, as: UTF8.self).split(separator: "\n")
    guard answers.last == "true" else {
      throw Problem(
        description: answers.first == "true"
          ? "'\(shown)' is a bare repository; check a clone of it that has a work tree"
          : "'\(shown)' is not in its repository's work tree; give the folder of that")
    }
    var root = try await git.bytes(["rev-parse", "--show-toplevel"])
    if root.last == UInt8(ascii: "\n") { root.removeLast() }
    guard let text = String(validating: root, as: UTF8.self) else {
      throw Problem(
        description: "the repository's own path, \(PrintableText.of(root)), is not UTF-8; "
          + "check it under another path")
    }
    return Git(folder: text)
  }
}

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
  var overrides: [(key: String, value: String)] = []
  /// The environment of whoever asks, which says where the settings are that they trust.
  let user: [String: String]

  init(folder: String, user: [String: String] = ProcessInfo.processInfo.environment) {
    self.folder = folder
    self.user = user
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
  ///
  /// - Returns: The exit code: 0, or one that is no error.
  @discardableResult
  func stream(
    _ arguments: [String], allowing codes: Set<Int32> = [], input: Command.Input = .none,
    _ onOutput: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws -> Int32 {
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
      try Task.checkCancellation()
      throw error
    }
    switch result.status {
    case .exited(let code) where code == 0 || codes.contains(code): return code
    default:
      let said = PrintableText.of(result.errorTail, isTail: true)
      throw Problem(
        description: "git \(arguments.first ?? "") failed (\(result.status)): \(said)")
    }
  }

  /// A file that a repository names may be one that never ends.
  private static let timeLimit = Duration.minutes(10)

  /// Settings that a repository may have, and that would run a program of its choice or change
  /// what git answers. Those that tell git to read another file of settings it may still have.
  private static let options = [
    "core.fsmonitor=false", "log.showSignature=false", "mailmap.file=/dev/null",
    "submodule.recurse=false", "grep.column=false", "i18n.logOutputEncoding=UTF-8",
  ].flatMap { ["-c", $0] }

  private var environment: [String: String] {
    var environment = [
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
      // Objects that are missing are not fetched: that would run what the repository names.
      "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
      "GIT_CONFIG_COUNT": "\(overrides.count)",
    ]
    for name in [
      "PATH", "HOME", "TMPDIR", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
      "GIT_CONFIG_NOSYSTEM",
      // By which macOS finds its git.
      "DEVELOPER_DIR",
    ] {
      environment[name] = user[name]
    }
    // By the environment and not with '-c', which would end a key at its first '='.
    for (index, (key, value)) in overrides.enumerated() {
      environment["GIT_CONFIG_KEY_\(index)"] = key
      environment["GIT_CONFIG_VALUE_\(index)"] = value
    }
    return environment
  }
}

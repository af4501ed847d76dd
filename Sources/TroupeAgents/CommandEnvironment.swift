#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The environment of a command: exactly these variables and no others.
///
/// ```swift
/// CommandAgent("claude", "-p", environment: .basic.passing("ANTHROPIC_API_KEY"))
/// ```
public struct CommandEnvironment: Sendable, Hashable {
  /// The variables.
  public private(set) var variables: [String: String]

  /// An environment of these variables.
  public init(_ variables: [String: String]) {
    self.variables = variables
  }

  /// What a tool needs to find its way, as far as this process has it: `PATH`, `HOME`, `USER`,
  /// `LOGNAME`, `SHELL`, `TMPDIR`, `TZ`, `LANG`, `LC_ALL` and `LC_CTYPE`.
  public static var basic: CommandEnvironment {
    CommandEnvironment([:]).passing(
      "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LANG", "LC_ALL", "LC_CTYPE")
  }

  /// This environment with more variables of this process, as far as it has them.
  public func passing(_ names: String...) -> CommandEnvironment {
    let own = ProcessInfo.processInfo.environment
    var environment = self
    for name in names { if let value = own[name] { environment.variables[name] = value } }
    return environment
  }

  /// This environment with one variable set.
  public func setting(_ name: String, to value: String) -> CommandEnvironment {
    var environment = self
    environment.variables[name] = value
    return environment
  }
}

/// An executable that runs workflows from the command line.
///
/// ```swift
/// import TroupeCommand
///
/// @main struct Newsroom: WorkflowCommand {
///   static let workflows: [any Workflow] = [LaunchPost(), WeeklyDigest()]
///
///   static var team: Team {
///     Team { Member("scribe", plays: .writer) { CommandAgent("claude", "-p") } }
///   }
/// }
/// ```
///
/// That is all there is to write: `newsroom list`, `plan`, `check`, `diagram`, `diff` and `run`
/// come with it, each with `--help`.
public protocol WorkflowCommand {
  /// The workflows that the executable offers, in the order of `list`.
  static var workflows: [any Workflow] { get }

  /// Who does the work of roles; nobody by default. It is asked for only when a run needs it.
  static var team: Team { get }

  /// What the executable is for, in one sentence, for its help; empty by default.
  static var summary: String { get }

  /// The executable's own version, for `--version`; none by default.
  static var version: String? { get }
}

extension WorkflowCommand {
  /// Nobody.
  public static var team: Team { Team() }

  /// Nothing.
  public static var summary: String { "" }

  /// No version.
  public static var version: String? { nil }
}

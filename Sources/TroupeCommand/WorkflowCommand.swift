public import Troupe
import TroupeRuntime

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
/// That is all there is to write: `newsroom list`, `plan`, `check`, `diagram`, `diff`, `team`,
/// `run`, `simulate`, and for runs that are kept `runs`, `show`, `resume`, `signal`, `cancel`,
/// `settle` and `repair` come with it, each with `--help`. `--team FILE` runs with another team.
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

extension WorkflowCommand {
  /// Does what the command line says, and ends the process with the exit code that `--help`
  /// documents.
  @MainActor public static func main() async {
    Descriptor.fillStandard()
    ThisProcess.ignoreSignalsOfWriting()
    DescriptorLimit.raise()
    let path = CommandLine.arguments.first ?? ""
    let tool = Tool(
      name: path.split(separator: "/").last.map(String.init) ?? "\(Self.self)", summary: summary,
      version: version, workflows: workflows, team: { team })
    let code = await tool.run(.ofProcess())
    ThisProcess.exit(code.rawValue)
  }
}

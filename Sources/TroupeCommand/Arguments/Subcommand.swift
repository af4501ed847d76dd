/// A command of the command line: its words, its help and what it does.
///
/// Help and parsing come from the same values, so they cannot disagree.
struct Subcommand: Sendable {
  /// The word by which it is called.
  let name: String
  /// What it does, in one line.
  let summary: String
  /// The words that it takes, in order.
  var operands: [Operand] = []
  /// The options that it takes beside `--help`, in the order of help.
  var options: [Option] = []
  /// What else there is to say, in lines of at most 80 columns.
  var details = ""
  /// Examples without the executable's name, each with what it does.
  var examples: [(line: String, does: String)] = []
  /// Does the work.
  let perform: nonisolated(nonsending) @Sendable (Invocation) async throws -> ExitCode

  /// The options, `--help` included.
  var allOptions: [Option] { options + [.help] }

  /// The usage without the executable's name: `plan NAME [--json]`.
  var usage: String {
    let options = options.map { "[\($0.usage)]\($0.repeats ? "…" : "")" }
    return ([name] + operands.map(\.usage) + options).joined(separator: " ")
  }
}

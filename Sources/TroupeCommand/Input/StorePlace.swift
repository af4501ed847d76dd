import TroupeRuntime

/// The folder in which runs are kept, as the command line or the environment names it.
struct StorePlace: Sendable {
  /// The variable of the environment that names it.
  static let variable = "TROUPE_STORE"
  /// Where it is if nobody says anything else.
  static let usual = ".troupe"

  let path: String
  /// Whether it may be on a network file system.
  var allowsNetwork = false

  var store: Store { .directory(path, allowingNetwork: allowsNetwork) }

  /// The place that an option names, else the environment; `nil` if neither does.
  ///
  /// - Throws: `UsageError` if the option names nothing.
  init?(_ arguments: Arguments, _ console: Console, of command: Subcommand) throws(UsageError) {
    if let path = arguments["store"] {
      guard !path.isEmpty else {
        throw UsageError("option '--store' needs a value: DIR", of: command)
      }
      self.path = path
      allowsNetwork = arguments.has("allow-network-store")
    } else if let path = console.environment[Self.variable], !path.isEmpty {
      self.path = path
      allowsNetwork = arguments.has("allow-network-store")
    } else {
      return nil
    }
  }

  /// Where runs are looked for: the place that is named, else the usual one.
  init(of invocation: Invocation, _ command: Subcommand) throws(UsageError) {
    if let named = try StorePlace(invocation.arguments, invocation.console, of: command) {
      self = named
    } else {
      path = Self.usual
      allowsNetwork = invocation.arguments.has("allow-network-store")
    }
  }

  /// How to go on with a run: a line to type.
  ///
  /// - Parameters:
  ///   - tool: The executable's name.
  ///   - team: The file with the team that does its work, if it is known to be in one.
  func resumeHint(_ id: String, of tool: String, team: String? = nil) -> String {
    let team = team.map { " --team \(ShellWord.of($0))" } ?? ""
    return "resume with: \(tool) resume \(ShellWord.of(id)) --store \(ShellWord.of(path))\(team)\n"
  }

  /// The identity of the one run that a text names as a whole or by its first letters.
  ///
  /// - Throws: `Refusal` that names what comes near.
  func id(_ text: String) async throws -> String {
    let ids = try await store.ids()
    if ids.contains(text) { return text }
    let matches = text.isEmpty ? [] : ids.filter { $0.hasPrefix(text) }
    if matches.count == 1 { return matches[0] }
    let place = Printable.quoted(path)
    guard matches.isEmpty else {
      throw Refusal(
        "error: the identities of \(matches.count) runs in \(place) begin with "
          + "\(Printable.quoted(text))\n  "
          + Count.some(matches.map(Printable.line), limit: 8))
    }
    let near = ids.map { (id: $0, common: zip($0, text).prefix { $0 == $1 }.count) }
      .filter { $0.common > 1 }.sorted { $0.common > $1.common }.map(\.id)
    let guesses = Nearest.match(text, in: ids).map { [$0] } ?? Array(near.prefix(3))
    let guess = guesses.map(Printable.quoted).joined(separator: " or ")
    throw Refusal(
      "error: there is no run \(Printable.quoted(text)) in \(place)"
        + (guess.isEmpty ? "" : "; did you mean \(guess)?")
        + (ids.isEmpty
          ? "\n  it holds no runs; '--store DIR' or \(Self.variable) says where they are"
          : "\n  'runs' lists them"))
  }
}

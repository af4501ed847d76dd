import Troupe

/// A kind of agent that a team file can name.
struct AgentKind: Sendable {
  /// The word by which a file names it.
  let name: String
  /// The keys that it must have beside `kind`, and those that it may have.
  let required: [String]
  let optional: [String]
  /// Makes one; notes in the values what is wrong with them.
  let make: @Sendable ([String: TeamFileValue]) -> (any Agent)?

  /// All kinds.
  static let all: [AgentKind] = [.command, .person]

  /// A person, who is asked through the inbox.
  static let person = AgentKind(name: "person", required: [], optional: []) { _ in Person() }

  /// A command-line tool.
  static let command = AgentKind(
    name: "command", required: ["run"],
    optional: ["prompt", "environment", "directory", "timeLimit", "outputLimit"]
  ) { values in
    let words = values["run"]?.texts()
    if let words, words.isEmpty {
      values["run"]?.report("'run' is to be the tool's name or path, and its arguments")
    }
    let prompts: [String: CommandAgent.Prompt] = [
      "standardInput": .standardInput, "argument": .argument,
    ]
    let prompt = values["prompt"].map { $0.choice(of: prompts.keys.sorted()) } ?? "standardInput"
    let variables = values["environment"].map { $0.list() } ?? []
    let names = variables?.compactMap { value -> String? in
      guard let name = value.text() else { return nil }
      if CommandEnvironment([:]).passing(name).variables.isEmpty {
        value.warn("the environment has no variable \(Printable.quoted(name)) to give to the tool")
      }
      return name
    }
    let directory = values["directory"].map { $0.text() }
    let time = values["timeLimit"].map { $0.duration() } ?? .seconds(3_600)
    let output = values["outputLimit"].map { $0.count() } ?? 10_000_000
    guard let words, let tool = words.first, let prompt = prompt.flatMap({ prompts[$0] }),
      let names, let time, let output
    else { return nil }
    let environment = names.reduce(CommandEnvironment.basic) { $0.passing($1) }
    return CommandAgent(
      tool, arguments: Array(words.dropFirst()), prompt: prompt, environment: environment,
      directory: directory ?? nil, timeLimit: time, outputLimit: output)
  }
}

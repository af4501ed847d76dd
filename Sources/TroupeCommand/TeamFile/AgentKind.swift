import Troupe

/// A kind of agent that a team file can name.
struct AgentKind: Sendable {
  /// The word by which a file names it.
  let name: String
  /// The keys that it must have beside `kind`, and those that it may have.
  let required: [String]
  let optional: [String]
  /// Reads how one is made; notes in the values what is wrong with them.
  let maker: @Sendable ([String: TeamFileValue]) -> Maker?

  /// Makes an agent: for a unit of a pool, or for a member without one.
  typealias Maker = @Sendable (_ unit: Int?) -> any Agent

  /// All kinds.
  static let all: [AgentKind] = [.command, .person]

  /// A person, who is asked through the inbox.
  static let person = AgentKind(name: "person", required: [], optional: []) { _ in
    { _ in Person() }
  }

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
    return { unit in
      CommandAgent(
        numbered(tool, unit), arguments: words.dropFirst().map { numbered($0, unit) },
        prompt: prompt, environment: environment,
        directory: directory.flatMap(\.self).map { numbered($0, unit) }, timeLimit: time,
        outputLimit: output)
    }
  }

  /// What the number of a unit stands for in the values of these keys.
  private static let placeholder = "{unit}"
  private static let numberedKeys = ["run", "directory"]

  /// A text in which the number of a unit stands for its placeholder.
  private static func numbered(_ text: String, _ unit: Int?) -> String {
    unit.map { text.replacing(placeholder, with: "\($0)") } ?? text
  }

  /// Reports where the agent of a member that is no pool names the number of its unit: the tool
  /// would get the placeholder as it is.
  static func refuseUnits(in agent: TeamFileValue) {
    guard case .object = agent.json, let values = agent.members() else { return }
    for key in numberedKeys {
      guard let value = values[key] else { continue }
      let texts: [TeamFileValue]
      if case .array = value.json { texts = value.list() ?? [] } else { texts = [value] }
      for text in texts {
        guard case .string(let word) = text.json, word.contains(placeholder) else { continue }
        text.report(
          "'\(placeholder)' is the number of a pool's unit, and the member has no 'pool'; give it "
            + "one, like \"pool\": {\"from\": 1, \"to\": 4}, or write what is meant")
      }
    }
  }
}

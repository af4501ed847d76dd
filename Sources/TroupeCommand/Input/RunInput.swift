import TroupeLanguage
import TroupePlan

/// A workflow made ready to run: compiled with its parameters, and its input read and checked.
struct RunInput: Sendable {
  let program: Program
  let value: any Sendable

  /// Reads parameters and input from a command's options.
  ///
  /// - Parameters:
  ///   - workflow: The workflow.
  ///   - invocation: The call of the command.
  ///   - command: The command.
  ///   - takesExample: Whether an example of the input's type stands in where no input is given.
  /// - Throws: `Refusal` that names the key, what was found and what was expected, and shows
  ///   an example; `CompilationError` if the workflow cannot run.
  init(
    _ workflow: any Workflow, _ invocation: Invocation, of command: Subcommand,
    takesExample: Bool = false
  ) throws {
    let settings = try invocation.arguments.all("set").map { try Setting($0, of: command) }
    self = try Self.make(workflow, settings, invocation, command, takesExample)
  }

  private init(program: Program, value: any Sendable) {
    self.program = program
    self.value = value
  }

  private static func make<Work: Workflow>(
    _ workflow: Work, _ settings: [Setting], _ invocation: Invocation, _ command: Subcommand,
    _ takesExample: Bool
  ) throws -> RunInput {
    let defaults = try JSONValue(encoding: workflow.parameters)
    let schema = JSONSchema(of: Work.Parameters.self)
    let inputSchema = JSONSchema(of: Work.Input.self)
    let settings = try Settings(
      settings, of: workflow.name,
      parameters: .init(
        schema: schema, keys: keys(of: schema, and: defaults), isOpen: false),
      input: .init(
        schema: inputSchema, keys: keys(of: inputSchema), isOpen: isOpen(inputSchema),
        advice: advice(inputSchema, workflow, invocation, command)))
    var workflow = workflow
    if settings.parameters != .object([:]) {
      workflow.parameters = try parameters(
        settings.parameters, over: defaults, schema, of: workflow)
    }
    let program = try workflow.compile()
    let reader = InputReader(
      tool: invocation.tool.name, command: command.name, workflow: workflow.name,
      type: program.input, schema: inputSchema, takesExample: takesExample)
    let value = try reader.value(
      option: invocation.arguments["input"], settings: settings.input,
      standardInput: invocation.console.standardInput)
    return RunInput(program: program, value: value)
  }

  private static func keys(
    of schema: JSONSchema, and value: JSONValue = .object([:])
  ) -> [String] {
    let known = schema.part(at: [])?.knownKeys ?? []
    guard case .object(let members) = value else { return known }
    return known + members.keys.filter { !known.contains($0) }.sorted()
  }

  /// What to do where the input is no object, so that it has no keys to set.
  private static func advice(
    _ schema: JSONSchema, _ workflow: some Workflow, _ invocation: Invocation,
    _ command: Subcommand
  ) -> String? {
    guard let words = schema.words, words != "an object" else { return nil }
    return "its input is \(words), and has no keys to set: give all of it with '--input'\n"
      + "  for example: \(invocation.tool.name) \(command.name) "
      + "\(Printable.line(workflow.name)) --input " + InputExample.word(for: workflow)
  }

  /// Whether an object of the schema may have keys that are not known.
  private static func isOpen(_ schema: JSONSchema) -> Bool {
    guard let root = schema.part(at: []) else { return true }
    if root == [:] { return true }
    if case .object = root["additionalProperties"] { return true }
    return root["type"] == "object" && root["additionalProperties"] == nil
  }

  private static func parameters<Work: Workflow>(
    _ given: JSONValue, over defaults: JSONValue, _ schema: JSONSchema, of workflow: Work
  ) throws -> Work.Parameters {
    let name = Printable.quoted(workflow.name)
    for unknown in schema.unknownKeys(in: given) {
      let guess = unknown.guess.map { "; did you mean \(Printable.quoted($0))?" } ?? ""
      throw Refusal(
        "error: \(Printable.quoted(unknown.keyPath)) is no parameter of \(name)\(guess)"
          + byDefault(defaults))
    }
    do {
      return try given.merging(over: defaults).decode(as: Work.Parameters.self)
    } catch let mismatch as JSONMismatch {
      throw Refusal(
        "error: a parameter of \(name) does not fit its type\n"
          + "  \(Printable.line(mismatch.description))" + byDefault(defaults))
    }
  }

  private static func byDefault(_ defaults: JSONValue) -> String {
    "\n  by default they are: \(Printable.line(defaults.canonicalText))"
  }
}

extension JSONSchema.UnknownKey {
  /// The whole path that was probably meant.
  var guess: String? {
    nearest.map { nearest in
      keyPath.hasSuffix(key) ? keyPath.dropLast(key.count) + nearest : nearest
    }
  }
}

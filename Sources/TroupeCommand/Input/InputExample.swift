import TroupeLanguage
import TroupePlan

/// An input that would do, to show people what is wanted.
enum InputExample {
  /// The input of a workflow as a word for a shell: `'{"topic":"…"}'`.
  static func word(for workflow: some Workflow) -> String { word(of: type(of: workflow)) }

  private static func word<Work: Workflow>(of _: Work.Type) -> String {
    word(of: ValueType(of: Work.Input.self), JSONSchema(of: Work.Input.self))
  }

  /// A value of a type as a word for a shell; text stands there as it is.
  static func word(of type: ValueType, _ schema: JSONSchema) -> String {
    let value = schema.example()
    if type.isText, case .string(let bare) = value {
      return word(bare == "…" ? "some text" : bare)
    }
    return word(of: schema)
  }

  /// A value that a schema allows as a word for a shell.
  static func word(of schema: JSONSchema) -> String { word(schema.example().canonicalText) }

  private static func word(_ text: String) -> String {
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''")
    return "'\(Printable.line(quoted))'"
  }
}

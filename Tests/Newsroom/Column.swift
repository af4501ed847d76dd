import TroupeCommand

/// Written by one person, and reviewed by another.
struct Column: Workflow {
  static let writer = Role("writer", instructions: "Write so that children understand it.")
  static let editor = Role("editor")

  struct Text: Codable, Sendable {
    var title: String
    var words: [String]
  }

  let input = Artifact<String>("topic")
  let output = Artifact<String>("column")
  let text = Artifact<Text>("text")

  var body: some Step {
    Stage("write", by: Self.writer, reads: input, writes: text) { "Write about \($0)." }
      .gate(
        "reads well", reviewedBy: Self.editor, within: .hours(24), otherwise: .rework(upTo: 3))
    Stage("print", reads: text, writes: output) {
      "\($0.title): \($0.words.joined(separator: " "))"
    }
  }
}

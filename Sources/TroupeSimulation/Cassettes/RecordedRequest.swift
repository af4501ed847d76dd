import TroupePlan
import TroupeRuntime

/// What an agent was asked, as far as its answer depends on it, without secrets: what an answer in
/// a cassette is found by.
struct RecordedRequest: Hashable, Sendable, Codable {
  /// What was wrong with an earlier take or answer.
  struct Complaint: Hashable, Sendable, Codable {
    let from: String
    let reason: Lines
    let rejected: Lines?
  }

  /// The stage's path, without the rounds and elements in which it stands.
  let stage: String
  let role: String
  let instructions: Lines?
  let prompt: Lines
  let feedback: [Complaint]?
  let schema: JSONValue?

  init(_ assignment: Assignment, _ redactor: Redactor) {
    func lines(_ text: String) -> Lines { Lines(redactor.text(text)) }
    stage = redactor.text(Self.path(of: assignment.address))
    role = redactor.text(assignment.role.id)
    let instructions = assignment.role.instructions
    self.instructions = instructions.isEmpty ? nil : lines(instructions)
    prompt = lines(assignment.prompt)
    let feedback = assignment.feedback.map { feedback in
      Complaint(
        from: redactor.text(feedback.source.description), reason: lines(feedback.reason),
        rejected: feedback.rejected.map(lines))
    }
    self.feedback = feedback.isEmpty ? nil : feedback
    schema = assignment.schema.map { redactor.json($0.json) }
  }

  /// The path in an address: without selectors, which no name can look like because names have
  /// their brackets and tildes escaped.
  private static func path(of address: String) -> String {
    address.split(separator: "/").filter { !$0.contains("[") }
      .map { $0.prefix { $0 != "~" } }.joined(separator: "/")
  }

  /// The request for people, and for being compared line by line.
  var text: String {
    var parts = ["stage: \(stage)\nrole: \(role)"]
    if let instructions { parts.append(instructions.text) }
    parts.append(prompt.text)
    if let feedback {
      parts.append(
        feedback.map { complaint in
          let rejected = complaint.rejected.map { "\nrejected: \($0.text)" } ?? ""
          return "\(complaint.from): \(complaint.reason.text)\(rejected)"
        }.joined(separator: "\n"))
    }
    if let schema { parts.append("schema: \(schema.prettyText)") }
    return parts.joined(separator: "\n\n")
  }

  /// The request on one line, shortened.
  var summary: String {
    let words = prompt.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let shown = words.count > 60 ? "\(words.prefix(60))…" : words
    let again = feedback == nil ? "" : ", with feedback"
    return "'\(stage)' (\(role)\(again)): \(shown)"
  }
}

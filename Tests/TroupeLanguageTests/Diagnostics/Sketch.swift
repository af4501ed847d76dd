import Troupe
import TroupePlan

/// A workflow made of a few steps, from a number to a number.
struct Sketch<Content: Step>: Workflow {
  var name = "sketch"
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  private let content: @Sendable (Artifact<Int>, Artifact<Int>) -> Content

  init(
    _ name: String = "sketch",
    @StepBuilder _ content: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Content
  ) {
    self.name = name
    self.content = content
  }

  var body: some Step { content(input, output) }
}

/// Everything that compiling a few steps prints, with places of this file as `+lines:column` from
/// the line of the call.
func report<Content: Step>(
  file: String = #fileID, path: String = #filePath, line: Int = #line,
  @StepBuilder _ content: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Content
) -> String {
  report(of: Sketch("sketch", content), file: file, path: path, line: line)
}

/// Everything that compiling a workflow prints, with places of this file as `+lines:column` from
/// the line of the call.
func report(
  of workflow: some Workflow, file: String = #fileID, path: String = #filePath, line: Int = #line
) -> String {
  let text = printed(workflow)
  let place = SourceLocation(fileID: file, filePath: path, line: 0, column: 0).shown.dropLast(3)
  var parts = text.split(separator: place, omittingEmptySubsequences: false)
  for index in parts.indices.dropFirst() {
    let rest = parts[index]
    let digits = rest.prefix { $0.isNumber }
    let offset = (Int(digits) ?? 0) - line
    parts[index] = "\(offset < 0 ? "" : "+")\(offset)\(rest.dropFirst(digits.count))"
  }
  return parts.joined()
}

/// Everything that compiling a workflow prints.
func printed(_ workflow: some Workflow) -> String {
  do {
    return try workflow.compile().diagnostics.map(\.description).joined(separator: "\n")
  } catch {
    return error.description
  }
}

extension Role {
  static let writer = Role("writer")
  static let critic = Role("critic")
}

let a = Artifact<Int>("a")
let b = Artifact<Int>("b")
let c = Artifact<Int>("c")
let d = Artifact<Int>("d")

import Testing

/// A mistake that someone makes, and what the compiler says about it.
struct Mistake: Sendable, CustomTestStringConvertible {
  let name: String
  /// The steps of a body; the line with the mistake ends with `// HERE`.
  let body: String
  /// Part of what the compiler says.
  let says: String
  /// Whether the place or the words are not what we would wish; see "When the compiler is unclear".
  var isWeakness = false

  var testDescription: String { name }

  /// A whole file with the steps in the body of a workflow.
  var source: String {
    let type = "Workflow\(name.filter(\.isLetter))"
    return """
      import Foundation
      import Troupe

      struct \(type): Workflow {
        let input = Artifact<Brief>("brief")
        let output = Artifact<Post>("post")
        let findings = Artifact<Findings>("findings")
        let draft = Artifact<Draft>("draft")
        let list = Artifact<[Int]>("list")
        let squares = Artifact<[Int]>("squares")
        var flag = true
        var body: some Step {
      \(body)
        }
      }
      """
  }

  /// The line of the mistake in `source`, counted from 1.
  var line: Int? {
    source.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("// HERE") }.map { $0 + 1 }
  }

  /// The payloads that all mistakes share.
  static let payloads = """
    import Troupe
    struct Brief: Codable, Sendable { var topic = "" }
    struct Findings: Codable, Sendable { var sources: [String] = [] }
    struct Draft: Codable, Sendable { var text = ""; var wordCount = 0 }
    struct Post: Codable, Sendable { var text = "" }
    struct Opaque: Sendable {}
    final class Shared { var count = 0 }
    extension Role { static let writer = Role("writer") }
    struct Doubling: Workflow {
      let input = Artifact<Int>("number")
      let output = Artifact<Int>("double")
      var body: some Step { Stage("double", reads: input, writes: output) { $0 * 2 } }
    }
    """
}

import Troupe

/// The workflow of the design document, as a user would write it.
struct LaunchPost: Workflow {
  let input = Artifact<Brief>("brief")
  let output = Artifact<Post>("post")

  let findings = Artifact<Findings>("findings")
  let draft = Artifact<Draft>("draft")
  let facts = Artifact<FactReport>("facts")
  let style = Artifact<StyleReport>("style")

  struct Parameters: Codable, Sendable { var minimumWords = 600 }
  var parameters = Parameters()

  var body: some Step {
    Stage("research", by: .researcher, reads: input, writes: findings) { brief in
      "Find primary sources on \(brief.topic). Cite every claim."
    }
    .retry(attempts: 3, backoff: .exponential(from: .seconds(1)))
    .timeout(.minutes(10))

    Phase("write") {
      Stage("draft", by: .writer, reads: input, findings, writes: draft) { brief, findings in
        "Write \(parameters.minimumWords) words about \(brief.topic), from: \(findings)"
      }
      .gate("long enough", otherwise: .rework(upTo: 3)) { $0.wordCount >= parameters.minimumWords }

      Parallel {
        Stage("fact-check", by: .factChecker, reads: draft, findings, writes: facts) {
          draft, findings in
          "Check each claim of: \(draft.text)\nagainst: \(findings)"
        }
        Stage("style-check", by: .editor, reads: draft, writes: style) {
          "Judge the style of: \($0.text)"
        }
      }

      Stage("assemble", reads: draft, facts, style, writes: output) { draft, facts, style in
        Post(text: draft.text + facts.errors.joined() + style.suggestions.joined())
      }
    }
    .gate("not empty", on: output, otherwise: .rework(upTo: 2)) { post in
      if post.text.isEmpty { return .rejected("the post is empty") }
      return .accepted
    }
  }
}

extension Role {
  static let researcher = Role("researcher", skills: ["search"])
  static let writer = Role("writer", reportsTo: .editor)
  static let factChecker = Role("fact-checker")
  static let editor = Role("editor")
}

struct Brief: Codable, Sendable { var topic: String }
struct Findings: Codable, Sendable { var sources: [String] }
struct Draft: Codable, Sendable {
  var text: String
  var wordCount: Int { text.split(separator: " ").count }
}
struct FactReport: Codable, Sendable { var errors: [String] }
struct StyleReport: Codable, Sendable { var suggestions: [String] }
struct Post: Codable, Sendable { var text: String }

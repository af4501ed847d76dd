import Troupe

extension Role {
  static let researcher = Role("researcher")
  static let writer = Role("writer")
  static let critic = Role("critic")
}

struct Draft: Codable, Sendable, Hashable {
  var text: String

  static let short = Draft(text: "too short")
  static let long = Draft(text: "long enough to be read by those who like to read")
}

/// A workflow with parallel stages, retries, timeouts and rework.
struct LaunchPost: Workflow {
  let input = Artifact<String>("topic")
  let output = Artifact<Draft>("post")

  let findings = Artifact<[String]>("findings")
  let draft = Artifact<Draft>("draft")
  let facts = Artifact<Int>("facts")
  let style = Artifact<Int>("style")

  var body: some Step {
    Stage("research", by: .researcher, reads: input, writes: findings) { "Look into \($0)." }
      .retry(attempts: 3, backoff: .constant(.minutes(1)))
      .timeout(.hours(1))
    Stage("draft", by: .writer, reads: findings, writes: draft) { "Write from \($0)." }
      .gate("long enough", otherwise: .rework(upTo: 2)) { $0.text.count > 20 }
    Parallel("review") {
      Stage("facts", by: .critic, reads: draft, writes: facts) { "Check the facts of \($0.text)." }
      Stage("style", by: .critic, reads: draft, writes: style) { "Judge the style of \($0.text)." }
    }
    Stage("assemble", reads: draft, facts, style, writes: output) { draft, facts, style in
      Draft(text: "\(draft.text) (\(facts), \(style))")
    }
  }
}

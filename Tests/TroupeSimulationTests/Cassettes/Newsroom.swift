import Testing
import Troupe
import TroupeSimulation

/// Agents to record.
enum Newsroom {
  /// One member, who plays all roles of `LaunchPost`.
  static func team(_ agent: any Agent) -> Team {
    Team { Member("ann", plays: .researcher, .writer, .critic, capacity: 4) { agent } }
  }

  /// Does all work of `LaunchPost`, and delivers in all ways that there are.
  static let diligent = ClosureAgent { assignment in
    switch assignment.address.split(separator: "/").last {
    case "research": .json(["a source"], usage: Usage(inputTokens: 5, outputTokens: 2))
    case "draft": .value(assignment.feedback.isEmpty ? Draft.short : .long)
    case "facts": .text("3")
    default: .text("I would say:\n```json\n5\n```\n")
    }
  }

  /// An agent that must not be asked.
  static let absent = ClosureAgent { assignment in
    Issue.record("'\(assignment.address)' asked the real agent")
    throw Refusal("nobody is here")
  }

  /// An agent that gives one answer after the other.
  static func talkative(_ answers: String...) -> any Agent {
    let stream = AsyncStream { continuation in
      for answer in answers { continuation.yield(answer) }
      continuation.finish()
    }
    return ClosureAgent { _ in
      for await answer in stream { return .text(answer) }
      throw Refusal("nothing more to say")
    }
  }
}

extension Cassette {
  /// Asks an agent for something, with the cassette in between.
  func ask(
    _ prompt: String, _ agent: any Agent, at address: String = "post/draft",
    role: Role = .writer, feedback: [Feedback] = [], schema: JSONSchema? = nil, attempt: Int = 1
  ) async throws -> String {
    let assignment = Assignment(
      address: address, role: role, prompt: prompt, feedback: feedback, schema: schema,
      idempotencyKey: "\(attempt)", attempt: attempt)
    let delivery = try await Newsroom.team(agent).recorded(in: self).members[0].agent
      .perform(assignment)
    return switch delivery.content {
    case .text(let text): text
    case .json(let json): json.canonicalText
    case .value(let value): "\(value)"
    }
  }
}

import TroupePlan
import TroupeRuntime

extension StubDesk {
  /// The same program, in which the stages of code take virtual time, answer by their stubs, and
  /// hand on values as they are after they were written and read; and in which what stages read is
  /// written down.
  func rehearsed(_ program: Program) -> Program {
    let bodies = program.bodies.enumerated().map { node, body in
      var body = body
      switch body.work {
      case .code(let perform, let output):
        body.work = .code(
          { [self] values in
            let delivery = try await code(node, values) { .init(.value(try await perform(values))) }
            return try Self.value(of: delivery, as: output)
          }, output: output)
      case .effect(let perform):
        body.work = .effect { [self] values in
          _ = try await code(node, values) {
            try await perform(values)
            return Delivery(.value(true))
          }
        }
      case .assignment(let prompt, let output):
        body.work = .assignment(
          prompt: { [self] values in
            noteInputs(node, values)
            return try await prompt(values)
          }, output: output)
      default: break
      }
      // A study asks nobody outside.
      if table.isSteady, body.probe != nil { body.probe = { _ in .notDone } }
      return body
    }
    return program.replacing(bodies: bodies)
  }

  /// A team whose agents are the desk: the members of a real one, whose people are asked as people
  /// are, or for each role as many as are asked for one gate, who are never too busy.
  func team(from real: Team?) -> Team {
    if let real {
      return real.replacingAgents { member, agent in
        if member.isPerson { return StubPerson(desk: self) }
        return StubAgent(desk: self, member: member.name, real: agent)
      }
    }
    return Team {
      for role in plan.roles {
        for number in 1...seats(of: role.id) {
          let name = number == 1 ? role.id : "\(role.id) \(number)"
          Member(name, roles: [role], capacity: .max) {
            StubAgent(desk: self, member: name, real: nil)
          }
        }
      }
    }
  }

  /// How many members a role needs at least.
  private func seats(of role: Role.ID) -> Int {
    let isAuthor = plan.nodes.contains { $0.role == role && !$0.path.isReview }
    return plan.nodes.flatMap(\.gates).filter { plan.reviewer(of: $0) == role }
      .compactMap(\.review)
      .map { ($0.quorum?.reviewers ?? 1) + ($0.isIndependent && isAuthor ? 1 : 0) }.max() ?? 1
  }

  private func code(
    _ node: Int, _ values: Body.Values, _ perform: @Sendable () async throws -> Delivery
  ) async throws -> Delivery {
    guard let context = StageContext.current else { throw LostStage() }
    noteInputs(node, values)
    let asked = Asked(
      address: context.address.description, path: context.address.path, role: nil, member: nil,
      prompt: "", feedback: context.feedback, take: context.take, attempt: context.attempt, turn: 1,
      elapsed: clock.now)
    return try await answer(node: node, asked, real: perform)
  }

  private func noteInputs(_ node: Int, _ values: Body.Values) {
    guard let context = StageContext.current else { return }
    let key = TakeKey(address: context.address.description, take: context.take)
    let json = values.map { value in
      (value as? any Encodable).flatMap { try? JSONValue(encoding: $0) } ?? .string("\(value)")
    }
    state.withLock { $0.inputs[key] = json }
  }

  private static func value(of delivery: Delivery, as type: ValueType) throws -> any Sendable {
    switch delivery.content {
    case .value(let value): return value
    case .json(let json): return try type.decode(json)
    case .text(let text): throw GarbageFromCode(text: text)
    }
  }
}

/// A fault that code cannot have.
struct GarbageFromCode: Error, CustomStringConvertible {
  let text: String
  var description: String {
    "a stage of code cannot answer with garbage ('\(text)'): its type is certain; "
      + "let the fault be '.fails(…)'"
  }
}

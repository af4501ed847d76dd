import TroupePlan
import TroupeRuntime

/// Plays a person in a simulation: answers by stubs what the run asks, as a person does.
struct StubPerson: PlayedPerson {
  let desk: StubDesk

  func perform(_ assignment: Assignment) async throws -> Delivery { throw LostStage() }

  func beAsked(
    _ asking: Event.Asking, _ assignment: Assignment, after waited: Duration,
    _ answer: @escaping @Sendable (Inbox.Answer, _ member: String) async throws -> Void
  ) async {
    guard let context = StageContext.current else { return }
    desk.witness?.beAsked(asking.request)
    let member = desk.anyone(of: asking.members)
    let asked = Asked(
      address: assignment.address, path: context.address.path, role: assignment.role.id,
      member: member, prompt: assignment.prompt, feedback: assignment.feedback,
      take: assignment.take, attempt: assignment.attempt, turn: 1, elapsed: desk.clock.now)
    // Who has nothing to say says nothing.
    guard
      let delivery = try? await desk.deliver(
        context.address.node, asked, after: waited, staysSilent: true,
        real: { throw LostStage() })
    else { return }
    desk.witness?.pass("before '\(member)' answers '\(asking.request)'")
    do {
      try await answer(Inbox.Answer(delivery, as: desk.types[context.address.node]), member)
    } catch let refused as AnswerRefused {
      desk.note(refused, of: member)
      return
    } catch {
      return
    }
    desk.witness?.acknowledge(answer: asking.request)
    desk.witness?.pass("after '\(member)' answers '\(asking.request)'")
  }
}

extension StubDesk {
  /// One of some members, whom chance decides.
  func anyone(of members: [String]) -> String {
    state.withLock { state in
      guard !table.isSteady, members.count > 1 else { return members.first ?? "" }
      return members.randomElement(using: &state.generator) ?? ""
    }
  }

  /// Keeps what a run says of an answer that it does not take.
  func note(_ refused: AnswerRefused, of member: String) {
    state.withLock { $0.refusals.append("'\(member)' has answered in vain: \(refused)") }
  }

  /// What runs said of answers that they did not take.
  var refusals: [String] { state.withLock { $0.refusals } }
}

extension Inbox.Answer {
  /// What somebody says who delivers something.
  fileprivate init(_ delivery: Delivery, as type: ValueType?) {
    switch delivery.content {
    case .value(let review as Review):
      let text = review.comments.map { comment in
        (comment.criterion.map { "\($0): " } ?? "") + comment.text
      }.joined(separator: "; ")
      self =
        review.decision == .accept
        ? .approve(score: review.score, reason: text.isEmpty ? nil : text)
        : .reject(text, score: review.score)
    case .value(let resolution as Resolution):
      let why = resolution.reason
      self =
        switch resolution.decision {
        case .retry: .revise(why)
        case .supply: .supply(resolution.value ?? .null, reason: why)
        case .accept: .approve(score: nil, reason: why)
        case .abort: .abort(why ?? "")
        }
    case .value(let value): self = .supply((try? type?.encode(value)) ?? .null)
    case .json(let json): self = .supply(json)
    case .text(let text): self = .supply(.string(text))
    }
  }
}

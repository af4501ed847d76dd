import TroupePlan

extension RunSight {
  /// Checks whether the run would take an answer, by its journal and by what lies in its mailbox.
  ///
  /// - Returns: How it stands with the same answer of the same person, if it was given before.
  /// - Throws: `AnswerRefused`.
  func check(
    _ answer: Inbox.Answer, to request: String, as member: String, _ program: Program?
  ) throws(AnswerRefused) -> Store.Handing? {
    let given = Event.Answering(by: member, answer: answer)
    let known = history.recall.request(request)
    if let before = known?.request.answering {
      guard before == given else { throw AnswerRefused(request, .superseded(by: before.by)) }
      return .taken
    }
    guard let (asked, history, place) = known else {
      throw AnswerRefused(request, .unknown(open: self.history.recall.openRequests))
    }
    guard history.isOpen(asked), !isToEnd else { throw AnswerRefused(request, .late) }
    // To whom it has been handed on, the run says.
    let isMoving = letters.contains { letter in
      if case .redirect(request, _, _) = letter.content { true } else { false }
    }
    guard isMoving || asked.asking.members.contains(member) else {
      throw AnswerRefused(request, .notYours(members: asked.asking.members))
    }
    let node = self.history.addresses.address(place)?.node
    do throws(Inbox.Answer.Unfit) {
      if let program, let node {
        _ = try program.value(of: answer, for: asked.asking.purpose, from: node)
      } else {
        _ = try answer.value(
          for: asked.asking.purpose, as: nil,
          passing: node.flatMap { self.history.plan.reviewed(by: $0)?.gate.review?.passing })
      }
    } catch {
      throw AnswerRefused(request, .wrongType(error.reason))
    }
    if let before = pending(request) {
      guard before == given else { throw AnswerRefused(request, .superseded(by: before.by)) }
      return .handedIn
    }
    return nil
  }

  /// Checks that a request waits for an answer.
  ///
  /// - Throws: `AnswerRefused`.
  func checkOpen(_ request: String) throws(AnswerRefused) {
    guard let (asked, history, _) = history.recall.request(request) else {
      throw AnswerRefused(request, .unknown(open: self.history.recall.openRequests))
    }
    if let before = asked.answering ?? pending(request) {
      throw AnswerRefused(request, .superseded(by: before.by))
    }
    guard history.isOpen(asked), !isToEnd else { throw AnswerRefused(request, .late) }
  }

  /// The answer to a request that lies in the mailbox and will be the first.
  func pending(_ request: String) -> Event.Answering? {
    for letter in letters {
      if case .answer(request, let answer, let member) = letter.content {
        return Event.Answering(by: member, answer: answer)
      }
    }
    return nil
  }
}

extension Recall {
  /// A request by its identity, and the visit of the stage that asks.
  fileprivate func request(
    _ id: String
  ) -> (request: RequestHistory, history: NodeHistory, place: String)? {
    for (place, history) in nodes {
      // The identity begins with the stage's address.
      guard !history.requests.isEmpty, id.hasPrefix(place) else { continue }
      if let request = history.requests.last(where: { $0.asking.request == id }) {
        return (request, history, place)
      }
    }
    return nil
  }

  /// The identities of the requests that are open, sorted.
  var openRequests: [String] {
    nodes.values.compactMap { $0.openRequest }.filter { $0.answering == nil }
      .map(\.asking.request).sorted()
  }
}

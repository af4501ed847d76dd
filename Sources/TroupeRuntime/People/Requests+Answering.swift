import TroupePlan

extension Requests {
  /// Answers a request.
  ///
  /// - Parameters:
  ///   - member: In whose name.
  ///   - letter: The sender's identity for the answer.
  ///   - sender: Who sent it, if they say.
  ///   - why: Why an operator answers who is not asked; `nil` for those who are.
  /// - Returns: The number of the record that says so; of the latest one if the same had been
  ///   answered before.
  /// - Throws: `AnswerRefused`.
  @discardableResult
  func answer(
    _ request: String, _ answer: Inbox.Answer, by member: String, letter: String,
    from sender: String? = nil, overriding why: String? = nil
  ) throws(AnswerRefused) -> Int {
    let outcome: Result<(record: Int, aftermath: Aftermath), AnswerRefused> = state.withLock {
      state in
      do throws(AnswerRefused) {
        return .success(try take(request, answer, member, letter, sender, overriding: why, &state))
      } catch {
        return .failure(error)
      }
    }
    let (record, aftermath) = try outcome.get()
    aftermath.happen()
    return record
  }

  /// What a stage asks for that waits for an answer.
  func open(at place: String) -> (id: String, purpose: Inbox.Purpose, node: Int)? {
    state.withLock { state in
      state.open.first { _, open in
        open.answer == nil && !open.isWithdrawn && open.address.description == place
      }.map { ($0.key, $0.value.asking.purpose, $0.value.address.node) }
    }
  }

  /// What is to be done once the lock is free.
  private struct Aftermath {
    var addition: EventLog.Addition?
    var end: (CheckedContinuation<End, Never>, End)?

    func happen() {
      addition?.tell()
      if let (continuation, end) = end { continuation.resume(returning: end) }
    }
  }

  private func take(
    _ request: String, _ answer: Inbox.Answer, _ member: String, _ letter: String,
    _ sender: String?, overriding why: String?, _ state: inout State
  ) throws(AnswerRefused) -> (record: Int, aftermath: Aftermath) {
    let before = state.open[request]?.answer?.answering ?? state.settled[request] ?? nil
    if let before {
      guard before == Event.Answering(by: member, answer: answer) else {
        throw AnswerRefused(request, .superseded(by: before.by))
      }
      let root = Address(node: 0, in: nil, plan: program.plan.nodes)
      let addition = log.add(.acknowledged(letter: letter), at: root)
      return (addition.sequence, Aftermath(addition: addition))
    }
    guard let open = state.open[request] else {
      let isKnown = state.settled[request] != nil
      let others = state.open.filter { $0.value.answer == nil }.keys.sorted()
      throw AnswerRefused(request, isKnown ? .late : .unknown(open: others))
    }
    guard !open.isWithdrawn, !state.isClosed else { throw AnswerRefused(request, .late) }
    guard why != nil || open.asking.members.contains(member) else {
      throw AnswerRefused(request, .notYours(members: open.asking.members))
    }
    // Whoever was asked with others for several reviews still has one vote.
    if program.plan.isSeat(open.address), state.hasVoted(member, besides: request) {
      let others = open.asking.members.filter { $0 != member }
      throw AnswerRefused(request, .notYours(members: others.isEmpty ? ["others"] : others))
    }
    let value: any Sendable
    do throws(Inbox.Answer.Unfit) {
      guard let known = try self.value(answer, open.address, open.asking.purpose) else {
        throw Inbox.Answer.Unfit("no agent does this work any more")
      }
      value = known
    } catch {
      throw AnswerRefused(request, .wrongType(error.reason))
    }
    let given = Given(
      answering: Event.Answering(by: member, answer: answer), value: value)
    let addition = log.add(
      .answered(open.attempt, given.answering), at: open.address,
      more: RecordWriter.members { writer in
        writer.add("request", request)
        writer.add("id", letter)
        writer.add("from", sender)
        writer.add("override", why != nil)
      })
    state.open[request]?.answer = given
    var aftermath = Aftermath(addition: addition)
    if !state.isHeld { aftermath.end = tell(request, &state) }
    return (addition.sequence, aftermath)
  }
}

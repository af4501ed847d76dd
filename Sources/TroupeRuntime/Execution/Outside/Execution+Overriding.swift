import TroupePlan

/// What operators decide about steps in the place of others.
extension Execution {
  /// Takes in what an operator decides about a step that waits for people, at any time, or about
  /// one that has failed or was at work, before the walk comes to it.
  ///
  /// - Returns: Why it is refused, if it is; `.some(nil)` if it is taken, `nil` if it is too early
  ///   for it: a process is at it.
  func override(
    _ override: Override, at place: String, _ letter: Letter, why: String, _ moment: Moment
  ) async throws -> String?? {
    let operatorName = letter.from ?? "an operator"
    if let request = requests.open(at: place) {
      let passing = plan.reviewed(by: request.node)?.gate.review?.passing
      guard let answer = override.answer(request.purpose, passing: passing, why: why) else {
        return OverrideRefused(place, override.misfit(request.purpose)).description
      }
      do throws(AnswerRefused) {
        try requests.answer(
          request.id, answer, by: operatorName, letter: letter.id, from: letter.from,
          overriding: why)
        return .some(nil)
      } catch {
        return error.description
      }
    }
    guard moment == .opening else { return nil }
    guard let mailbox, let journal, let recall, let addresses,
      mailbox.examined(at: place) == nil, mailbox.waived(at: place).isEmpty
    else { return OverrideRefused(place, "it has been decided already").description }
    let found: (what: Overridable, address: Address)
    do throws(OverrideRefused) {
      found = try recall.check(override, at: place, why: why, addresses, program)
    } catch {
      return error.description
    }
    var output: [UInt8] = []
    if case .output(let json) = override {
      output = try await journal.members("output", for: json)
    }
    let members = RecordWriter.members { writer in
      writer.add("id", letter.id)
      writer.add("by", operatorName)
      writer.add("why", why)
      writer.add(members: output)
    }
    switch found.what {
    case .request: return OverrideRefused(place, "it is not open any more").description
    case .attempt(let attempt):
      let record = log.append(
        .examined(attempt, found: .overridden), at: found.address, more: members)
      note(author: operatorName, of: found.address, take: attempt.take)
      mailbox.note(
        AttemptHistory.Examined(
          record: record, found: .overridden, output: try payload(output), by: operatorName),
        at: place)
    case .gate(let judged):
      log.append(
        .judged(gate: judged.gate, judged.verdict, then: .waive), at: found.address,
        more: RecordWriter.members { writer in
          writer.add("take", judged.take)
          writer.add("override", true)
        } + Array(",".utf8) + members)
      note(author: operatorName, of: found.address, take: judged.take)
      mailbox.noteWaived(
        NodeHistory.Judged(
          take: judged.take, gate: judged.gate, verdict: judged.verdict, consequence: .waive,
          override: .init(by: operatorName, why: why)), at: place)
    }
    return .some(nil)
  }

  /// What an operator said that an attempt gives.
  func overridden(_ attempt: AttemptHistory, at address: Address) -> AttemptHistory.Examined? {
    var examined = attempt.examined
    // What was said since the run was opened is about the last attempt that there was then.
    if let said = mailbox?.examined(at: address.description),
      history(address)?.attempts.last?.attempt == attempt.attempt
    {
      examined = said
    }
    return examined?.found == .overridden ? examined : nil
  }

  /// What an operator has let pass at a step although its gates had not, with the verdicts before.
  func verdicts(at address: Address, take: Int) -> [NodeHistory.Judged] {
    guard recall != nil else { return [] }
    let recorded = history(address)?.verdicts ?? []
    return (recorded + (mailbox?.waived(at: address.description) ?? [])).filter { $0.take == take }
  }
}

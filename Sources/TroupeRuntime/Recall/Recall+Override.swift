import TroupePlan

/// What an override decides.
enum Overridable: Sendable {
  /// What people are asked for.
  case request(RequestHistory)
  /// What an attempt of a stage was to give.
  case attempt(Event.Attempt)
  /// The gate that has rejected a take for good.
  case gate(NodeHistory.Judged)
}

extension Recall {
  /// Checks what an operator decides about a step.
  ///
  /// - Parameter program: The program that is run, if it is known: an output is checked by it.
  /// - Returns: What it decides, and where that is.
  /// - Throws: `OverrideRefused`.
  @discardableResult
  func check(
    _ override: Override, at place: String, why: String, _ addresses: AddressReader,
    _ program: Program?
  ) throws(OverrideRefused) -> (what: Overridable, address: Address) {
    guard let address = addresses.address(place), let history = self[address] else {
      throw OverrideRefused(place, "nothing has begun there")
    }
    guard ending == nil, !Self.isUndone(place, history, givenUp) else {
      throw OverrideRefused(place, "it was given up, and what it had done is undone")
    }
    let plan = addresses.plan
    if let request = history.openRequest {
      if let before = request.answering {
        throw OverrideRefused(place, "'\(before.by)' has already answered")
      }
      let purpose = request.asking.purpose
      let passing = plan.reviewed(by: address.node)?.gate.review?.passing
      guard let answer = override.answer(purpose, passing: passing, why: why) else {
        throw OverrideRefused(place, override.misfit(purpose))
      }
      do throws(Inbox.Answer.Unfit) {
        _ = try program?.value(of: answer, for: purpose, from: address.node)
      } catch {
        throw OverrideRefused(place, error.reason)
      }
      return (.request(request), address)
    }
    guard history.ladder == nil else {
      throw refusal(of: override, at: address, why: why, addresses, program)
    }
    let isOver = place.placesAround.contains { nodes[String($0)]?.closed?.ending == .completed }
    guard !isOver, history.closed?.ending != .completed else {
      throw OverrideRefused(place, "it has come to its end")
    }
    switch override {
    case .accept:
      guard let last = history.verdicts.last, last.consequence == .fail, history.fellBack == nil,
        !history.attempts.contains(where: { $0.attempt.take > last.take })
      else { throw OverrideRefused(place, "no gate has rejected it for good") }
      return (.gate(last), address)
    case .output(let value):
      guard plan.nodes[address.node].kind == .stage, history.fellBack == nil,
        let last = history.attempts.last, !last.hasOutput
      else { throw OverrideRefused(place, "no stage there has begun and given nothing") }
      guard !plan.nodes[address.node].writes.isEmpty else {
        throw OverrideRefused(place, "it is an effect, which gives nothing")
      }
      do {
        _ = try program?.bodies[address.node].work.output?.decode(value)
      } catch {
        throw OverrideRefused(place, "the output cannot be used: \(error)")
      }
      return (.attempt(last.attempt), address)
    }
  }

  /// Why nothing can be decided about a step about which a ladder does, and where something can.
  private func refusal(
    of override: Override, at step: Address, why: String, _ addresses: AddressReader,
    _ program: Program?
  ) -> OverrideRefused {
    let place = step.description
    let plan = addresses.plan
    let asks = plan.nodes[step.node].rungs.filter(plan.nodes[step.node].isQuestion)
      .map { Address(node: $0, in: step.instance, plan: plan.nodes).description }
    guard let question = asks.first(where: { nodes[$0]?.openRequest?.answering == .some(nil) })
    else {
      return OverrideRefused(place, "its ladder decides about it")
    }
    do throws(OverrideRefused) {
      try check(override, at: question, why: why, addresses, program)
    } catch {
      return OverrideRefused(place, "its ladder asks about it at '\(question)': \(error.reason)")
    }
    return OverrideRefused(
      place, "its ladder asks about it at '\(question)'; override that", elsewhere: question)
  }
}

extension AttemptHistory {
  /// Whether it is known what it gave.
  fileprivate var hasOutput: Bool {
    if case .finished = end { return true }
    return examined?.found == .finished || examined?.found == .overridden
  }
}

import TroupePlan

/// What a journal tells of work and its compensations.
extension Compensations {
  /// Takes in what had happened before the run was resumed.
  func restore(_ recall: Recall, _ addresses: AddressReader?, _ traits: [NodeTraits]) {
    guard let addresses else { return }
    var restored = State()
    restored.marks = recall.givenUp
    restored.isEnding = recall.ending != nil
    for (place, history) in recall.nodes {
      guard let address = addresses.address(place) else { continue }
      if policy(of: address.node) != nil {
        restored.take(history.attempts, of: address, after: recall.forked)
      }
      if history.completion(history.form(traits[address.node])) != nil,
        addresses.plan.nodes[address.node].path.isCompensation
      {
        restored.ended[place] = End(reason: history.hasFailed ? history.failureReason : nil)
      }
    }
    state.withLock { [restored] in $0 = restored }
  }
}

extension Compensations.State {
  /// Takes in the attempts of one stage.
  ///
  /// - Parameter forked: The number of the record with which a fork began: what was begun before is
  ///   another run's.
  fileprivate mutating func take(
    _ attempts: [AttemptHistory], of stage: Address, after forked: Int
  ) {
    for past in attempts where past.started > forked && past.wasStarted {
      let take = past.keyTake ?? past.attempt.take
      let key = Compensations.key(stage, take)
      keyTakes[Compensations.key(stage, past.attempt.take)] = take
      var work =
        works[key]
        ?? Compensations.Work(
          stage: stage, take: take, inputs: past.inputs.map { .payload($0) } ?? .none,
          began: past.started)
      (work.hasFailed, work.wasNotDone) = (false, false)
      switch past.end {
      case .finished(let payload, _):
        work.finish(past.ended, payload)
      case .failed: work.hasFailed = true
      case .unknown, .gaveUp: break
      }
      if let examined = past.examined {
        switch examined.found {
        case .finished: work.finish(examined.record, examined.output)
        case .notDone: work.wasNotDone = true
        case .unknown, .aborted, .overridden: break
        }
      }
      if let stale = past.stale, work.finished == nil {
        work.finish(stale.record, stale.output)
        work.isStale = true
      }
      works[key] = work
    }
  }
}

extension Compensations.Work {
  fileprivate mutating func finish(_ record: Int?, _ payload: Payload?) {
    finished = record
    output = payload.map { .payload($0) } ?? .none
    isStale = false
  }
}

extension NodeHistory {
  /// Why it has failed, in words.
  fileprivate var failureReason: String {
    if case .failed(let reason)? = closed?.ending { return reason }
    if case .failed(let cause, _, _, _)? = attempts.last?.end {
      if case .error(let error) = cause { return "\(error)" }
      return Failure.reason(of: cause)
    }
    return "it failed"
  }
}

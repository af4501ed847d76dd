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
      guard addresses.plan.nodes[address.node].path.isCompensation else { continue }
      // It is done once that is recorded, also where its step is still to be closed.
      let isDone = if case .finished? = history.attempts.last?.end { true } else { false }
      if isDone || history.completion(history.form(traits[address.node])) != nil {
        let hasFailed = !isDone && history.hasFailed
        restored.ended[place] = End(reason: hasFailed ? history.failureReason : nil)
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
      work.outcomes[past.attempt] = .unknown
      switch past.end {
      case .finished(let payload, _):
        work.finish(past.ended, payload)
      case .failed: work.outcomes[past.attempt] = past.wasNotStarted ? .notDone : .failed
      case .gaveUp where past.asks: work.outcomes[past.attempt] = .notDone
      case .unknown, .gaveUp: break
      }
      if let examined = past.examined {
        switch examined.found {
        case .finished: work.finish(examined.record, examined.output)
        case .notDone: work.outcomes[past.attempt] = .notDone
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

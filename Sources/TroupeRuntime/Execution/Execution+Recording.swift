import TroupePlan

/// How a run writes down what happens, and reads what has happened already.
extension Execution {
  /// Records what happened to a step.
  ///
  /// - Parameter more: Writes members that only the journal needs; not called where there is none.
  /// - Throws: `CancellationError` in a walk through the past, where nothing happens any more.
  @discardableResult
  func record(
    _ kind: Event.Kind, at address: Address, _ more: ((inout RecordWriter) -> Void)? = nil
  ) throws -> Int {
    if isPast { throw CancellationError() }
    return log.append(
      kind, at: address, more: journal == nil ? nil : more.map(RecordWriter.members))
  }

  /// Records what happened to a step that is ending already; does nothing in a walk through the
  /// past.
  @discardableResult
  func note(
    _ kind: Event.Kind, at address: Address, _ more: ((inout RecordWriter) -> Void)? = nil
  ) -> Int {
    guard !isPast else { return 0 }
    return log.append(
      kind, at: address, more: journal == nil ? nil : more.map(RecordWriter.members))
  }

  /// Waits until a record is durable, so that what it tells may have an effect.
  func untilDurable(_ record: Int) async throws {
    if let journal { try await journal.untilDurable(record) }
  }

  /// What has already happened at an address, if the run was resumed.
  func history(_ address: @autoclosure () -> Address) -> NodeHistory? {
    recall.flatMap { $0[address()] }
  }

  /// The run as it was: walks through what has been recorded, and ends where nothing more has.
  var pastSelf: Execution { isPast ? self : past ?? self }

  /// Whether a step that is given up now will be done again when the run is resumed.
  var givingUp: Event.GivingUp { control.isStopping ? .stopped : .cancelled }

  /// Walks through a step that has ended, for what it wrote or what it had published.
  func revisit(
    _ id: Int, _ history: NodeHistory, _ closed: (record: Int, ending: Event.Ending),
    in instance: Instance?, _ frame: Frame
  ) async throws -> Done {
    do {
      let writes = try await pastSelf.settled(id, in: instance, frame)
      guard closed.ending == .completed else { throw CancellationError() }
      return Done(writes: writes.dated(closed.record), record: closed.record)
    } catch let error as JournalError {
      throw error
    } catch {
      guard case .failed(let reason) = closed.ending else { throw error }
      var failure =
        history.failure.flatMap { json in addresses.flatMap { Failure(json: json, reader: $0) } }
        ?? failure(id, in: instance, take: 1, .error(RecordedError(description: reason)))
      failure.keepOnly(what: error)
      failure.record = closed.record
      throw failure
    }
  }

  /// The nodes among some that have come to their end, with the numbers of the records that say so,
  /// in the order of these.
  func completed(_ nodes: ArraySlice<Int>, in instance: Instance?) -> [(index: Int, record: Int)] {
    guard recall != nil else { return [] }
    return zip(nodes.indices, nodes).compactMap { index, node in
      completion(node, in: instance).map { (index, $0.record) }
    }
    .sorted { $0.record < $1.record }
  }

  /// The number of the record by which a step came to its end, if it has, and whether it failed.
  func completion(_ node: Int, in instance: Instance?) -> (record: Int, hasFailed: Bool)? {
    guard let history = history(address(node, in: instance)),
      let record = history.completion(form(of: node, history))
    else { return nil }
    return (record, history.hasFailed)
  }

  /// The traits of a node in the form in which a visit of it was recorded.
  func form(of node: Int, _ history: @autoclosure () -> NodeHistory?) -> NodeTraits {
    guard let recall, !recall.changes.isEmpty, let history = history() else { return traits[node] }
    return history.form(traits[node])
  }

  /// Records that nobody waits any more for what was begun in a step before the run was resumed.
  func abandon(_ node: Int, in instance: Instance?) throws {
    try abandon(recall?.open(at: address(node, in: instance).description) ?? [])
  }

  /// The same for what is inside of a step that goes on by itself, its fallback and the reviews of
  /// that left out.
  func abandon(inside node: Int, in instance: Instance?) throws {
    let place = address(node, in: instance).description
    let fallback = plan.nodes[node].fallback.map { address($0, in: instance).description }
    let judged = Instance(in: instance, node: node, .take(Self.fallbackTake))
    let reviews = plan.nodes[node].gates.compactMap(\.review?.node).map {
      address($0, in: judged).description
    }
    try abandon(
      (recall?.open(at: place) ?? []).filter { open in
        guard let fallback else { return open.place != place }
        return open.place != place && open.place != fallback
          && !open.place.hasPrefix(fallback + "/")
          && !reviews.contains { open.place == $0 || open.place.hasPrefix($0 + "/") }
      })
  }

  /// The same for what was begun inside of a step before its ladder was.
  func abandon(inside node: Int, in instance: Instance?, before record: Int) throws {
    let place = address(node, in: instance).description
    try abandon(
      (recall?.open(at: place) ?? []).filter { $0.place != place && $0.history.began < record })
  }

  /// The same for all that was begun inside of a step.
  func abandonAll(inside node: Int, in instance: Instance?) throws {
    let place = address(node, in: instance).description
    try abandon((recall?.open(at: place) ?? []).filter { $0.place != place })
  }

  private func abandon(_ open: [(place: String, history: NodeHistory)]) throws {
    guard !isPast else { return }
    for (place, history) in open {
      guard let address = addresses?.address(place), !address.path.isCompensation else { continue }
      if let last = history.attempts.last, case .unknown = last.end {
        try record(.gaveUp(last.attempt, .cancelled), at: address)
        if last.asks { requests.abandon(last.attempt.request(at: address)) }
      }
      if let wait = history.wait { signals.abandon(wait.opened) }
      if history.opened != nil || history.wait?.ended == nil && history.wait != nil {
        try record(.closed(.cancelled), at: address)
        forget(address)
      }
    }
  }
}

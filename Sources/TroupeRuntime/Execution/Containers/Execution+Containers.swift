import TroupePlan

/// Containers whose children run one after the other, or of which only one runs.
extension Execution {
  func container(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    switch plan.nodes[id].kind {
    case .sequence: try await sequence(id, in: instance, frame)
    case .parallel: try await parallel(id, in: instance, frame)
    case .dataflow: try await dataflow(id, in: instance, frame)
    case .choose(let choice): try await choose(id, choice, in: instance, frame)
    case .repeat(let repetition): try await loop(id, repetition, in: instance, frame)
    case .fanOut(let spread): try await fanOut(id, spread, in: instance, frame)
    case .race: try await race(id, in: instance, frame)
    case .call: try await call(id, in: instance, frame)
    case .wait: try await wait(id, in: instance, frame).writes
    case .stage: .none
    }
  }

  private func sequence(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    let own = Frame(above: frame, slots: layout.ranges[id])
    try await steps(of: id, in: instance, own)
    return .many(own)
  }

  /// Performs the children of a node in order, each seeing what those before it published.
  ///
  /// - Returns: The number of the record by which the last of them was done.
  @discardableResult
  func steps(of id: Int, in instance: Instance?, _ frame: Frame) async throws -> Int {
    let children = plan.nodes[id].children
    var next = 0
    var record = 0
    do {
      while next < children.count {
        if Task.isCancelled { throw CancellationError() }
        if isBrief(children[next]) {
          let (done, after) = try await plainCode(children, from: next, in: instance, frame)
          frame.publish(done.writes)
          record = done.record
          next = after
        } else {
          let done = try await walk(children[next], in: instance, frame)
          frame.publish(done.writes)
          record = done.record
          next += 1
        }
      }
      return record
    } catch var failure as Failure {
      failure.keep(frame)
      throw failure
    } catch var cancelled as Cancelled {
      cancelled.kept.keep(frame)
      throw cancelled
    } catch is CancellationError {
      throw Cancelled(in: frame)
    }
  }

  private func choose(
    _ id: Int, _ choice: Node.Choice, in instance: Instance?, _ frame: Frame
  ) async throws -> Writes {
    let node = plan.nodes[id]
    guard case .choose(let conditions) = bodies[id].work,
      let value = try values(id, given(frame, begun: nil)).first
    else { return .none }
    let address = address(id, in: instance)
    if let choice = history(address)?.choice {
      guard let name = choice else { return .none }
      guard let branch = node.children.first(where: { plan.nodes[$0].name == name }) else {
        throw failure(id, in: instance, take: 1, .nothingMatched)
      }
      return try await walk(branch, in: instance, frame).writes
    }
    if isPast { throw CancellationError() }
    var branch: Int?
    for (index, condition) in conditions.enumerated() {
      if Task.isCancelled { throw CancellationError() }
      do {
        let holds = try await consulting(about: address) { try await condition(value) }
        guard holds else { continue }
      } catch {
        if Task.isCancelled { throw CancellationError() }
        throw failure(id, in: instance, take: 1, .error(error))
      }
      branch = node.children[index]
      break
    }
    if branch == nil, choice.unmatched == .branch { branch = node.children.last }
    guard let branch else {
      guard choice.unmatched == .skip else {
        throw failure(id, in: instance, take: 1, .nothingMatched)
      }
      try record(.chose(branch: nil), at: address)
      return .none
    }
    try record(.chose(branch: plan.nodes[branch].name), at: address)
    return try await walk(branch, in: instance, frame).writes
  }

  private func loop(
    _ id: Int, _ repetition: Node.Repetition, in instance: Instance?, _ frame: Frame
  ) async throws -> Writes {
    guard case .repeat(let until) = bodies[id].work else { return .none }
    let own = Frame(above: frame, slots: layout.ranges[id])
    let address = address(id, in: instance)
    let history = history(address)
    let recorded = history?.rounds ?? []
    // What a loop came to that has ended does not change with its limit.
    let hasEnded = isPast && history?.closed?.ending == .completed
    let passed = try await passedRounds(of: address, into: own)
    if passed.isDone { return .many(own) }
    var round = passed.count
    while round < max(repetition.limit, 1) {
      round += 1
      if hasEnded, round > passed.count + recorded.count { return .many(own) }
      try await steps(of: id, in: Instance(in: instance, node: id, .round(round)), own)
      guard let value = try values(id, given(own, begun: nil)).first else { return .none }
      if Task.isCancelled { throw Cancelled(in: own) }
      let isDone: Bool
      if round - passed.count <= recorded.count {
        isDone = recorded[round - passed.count - 1]
      } else {
        if isPast { throw Cancelled(in: own) }
        do {
          isDone = try await consulting(about: address, round) { try await until(value) }
        } catch {
          if Task.isCancelled { throw CancellationError() }
          throw failure(id, in: instance, take: 1, .error(error))
        }
        try record(.wentRound(round, done: isDone), at: address)
      }
      waypoints?.wentRound(round, isDone: isDone, at: address, own)
      if isDone { return .many(own) }
    }
    if repetition.exhausted == .accept || hasEnded { return .many(own) }
    var failure = failure(id, in: instance, take: 1, .exhausted(rounds: repetition.limit))
    failure.keep(own)
    throw failure
  }

  private func call(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    let crossing = layout.crossing(id)
    guard let read = layout.reads(id).first, let write = layout.write(id) else { return .none }
    let given = given(frame, begun: history(address(id, in: instance))?.opened?.record)
    guard let input = given[Int(read)] else { throw missing(slot: Int(read), reader: id) }
    let own = Frame(above: nil, slots: layout.ranges[id])
    own.publish(input, to: crossing.input)
    try await steps(of: id, in: instance, own)
    guard let output = own[crossing.output] else {
      throw missing(slot: crossing.output, reader: id)
    }
    return .one(slot: write, output)
  }
}

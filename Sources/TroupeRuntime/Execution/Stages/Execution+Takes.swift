import TroupePlan

/// Takes with their gates, rework and fallback.
extension Execution {
  /// What follows from the gates of one take.
  enum Judgement {
    case publish
    case rework(Feedback, because: Failure)
  }

  /// All takes of a step, and its fallback if they come to nothing.
  ///
  /// - Parameters:
  ///   - production: What the step has come to, also where this throws.
  ///   - last: The last take to be looked at, where more are recorded: those of a ladder.
  func takesOrFallback(
    _ id: Int, in instance: Instance?, _ frame: Frame, _ production: inout Production,
    upTo last: Int = .max
  ) async throws -> Writes {
    guard let fallback = plan.nodes[id].fallback else {
      return try await takes(id, in: instance, frame, &production, upTo: last)
    }
    let failure: Failure
    if let recorded = history(address(id, in: instance))?.fellBack?.failure {
      failure = await pastFailure(recorded, id, in: instance, frame, &production, upTo: last)
      try abandon(inside: id, in: instance)
    } else {
      do {
        return try await takes(id, in: instance, frame, &production)
      } catch let error as Failure where !error.isInDoubt {
        failure = error
      }
      let json: JSONValue? = journal == nil ? nil : failure.json
      try record(.fellBack(reason: failure.reason), at: address(id, in: instance)) { writer in
        if let json { writer.add("failure", json: json) }
      }
    }
    try await undo(id, in: instance, take: Self.fallbackTake)
    do {
      production.writes = nil
      (production.origin, production.waiving) = (.steps(fallback), [])
      let writes = try await walk(fallback, in: instance, frame).writes
      production.writes = writes
      try await hold(id, in: instance, writes, frame, take: Self.fallbackTake, &production)
      return writes
    } catch var second as Failure {
      second.others.append(failure)
      throw second
    }
  }

  /// The failure after which a step's fallback began before the run was resumed.
  private func pastFailure(
    _ recorded: JSONValue, _ id: Int, in instance: Instance?, _ frame: Frame,
    _ production: inout Production, upTo last: Int
  ) async -> Failure {
    var failure =
      addresses.flatMap { Failure(json: recorded, reader: $0) }
      ?? failure(id, in: instance, take: 1, Failure.Cause(json: recorded))
    do {
      _ = try await pastSelf.takes(id, in: instance, frame, &production, upTo: last)
    } catch {
      failure.keepOnly(what: error)
    }
    return failure
  }

  /// What verdicts on a fallback's output give as the take, because it has none.
  static let fallbackTake = 0

  /// Asks the gates about what is not reworked any more.
  ///
  /// - Parameter first: The place of the first gate that is asked.
  func hold(
    _ id: Int, in instance: Instance?, _ writes: Writes, _ frame: Frame, take: Int,
    from first: Int = 0, _ production: inout Production
  ) async throws {
    var reworks = Array(repeating: Int.max, count: plan.nodes[id].policies.gates.count)
    let judgement = try await judge(
      id, in: instance, writes, frame, take: take, from: first, &reworks, &production)
    // What was rejected before a failed run went on stays rejected.
    if case .rework(_, let rejection) = judgement { throw rejection }
  }

  private func takes(
    _ id: Int, in instance: Instance?, _ frame: Frame, _ production: inout Production,
    upTo limit: Int = .max
  ) async throws -> Writes {
    var take = 1
    var feedback: [Feedback] = []
    var reworks = Array(repeating: 0, count: plan.nodes[id].policies.gates.count)
    var last: Failure?
    while true {
      guard take <= limit else { throw CancellationError() }
      production.begin(take, key: take)
      do {
        let writes = try await produce(
          id, in: instance, frame, take: take, feedback, into: &production)
        production.writes = writes
        let judgement = try await judge(
          id, in: instance, writes, frame, take: take, &reworks, &production)
        switch judgement {
        case .publish: return writes
        case .rework(let reason, let rejection):
          try await undo(id, in: instance, take: take)
          feedback.append(reason)
          last = rejection
          take += 1
        }
      } catch {
        guard let last, !(error is Failure) else { throw error }
        throw Cancelled(error, after: last)
      }
    }
  }

  /// One production: a stage with its retries, or a container's children.
  func produce(
    _ id: Int, in instance: Instance?, _ frame: Frame, take: Int, _ feedback: [Feedback],
    _ again: Again? = nil, into production: inout Production
  ) async throws -> Writes {
    if case .stage = plan.nodes[id].kind {
      return try await stage(
        id, in: instance, frame, take: take, feedback, again, into: &production
      ).writes
    }
    let inside =
      take == 1
      ? instance : Instance(in: instance, node: id, .take(take), feedback: feedback)
    return try await limited(.timeout, id, in: instance, take: take) { run in
      try await run.container(id, in: inside, frame)
    }
  }

  /// Asks the gates in order. One that accepts its own rejection lets the next ones judge; of the
  /// others the first rejection decides.
  private func judge(
    _ id: Int, in instance: Instance?, _ writes: Writes, _ frame: Frame, take: Int,
    from first: Int = 0, _ reworks: inout [Int], _ production: inout Production
  ) async throws -> Judgement {
    let node = plan.nodes[id]
    let address = address(id, in: instance)
    let recorded = verdicts(at: address, take: take)
    if first == 0 { waivers?.forget(writes, in: instance) }
    for (index, gate) in node.policies.gates.enumerated().dropFirst(first) {
      if Task.isCancelled { throw CancellationError() }
      (production.gate, production.gateTake) = (index, take)
      let slots = layout.judges(id, gate: index)
      let versions = try slots.map { slot in
        guard let version = writes.version(of: slot) ?? frame[slot] else {
          throw missing(slot: slot, reader: id)
        }
        return version
      }
      let values = versions.map(\.value)
      // A ladder may have waived it since, or an operator.
      let waived = recorded.last { $0.gate == gate.name && $0.override != nil }
      let past = waived ?? recorded.first { $0.gate == gate.name }
      if let waived, let override = waived.override {
        production.waiving.append(override.by)
        let waiver = Waiver(
          gate: gate.name, objection: waived.verdict.reason ?? "", member: override.by,
          reason: override.why)
        for (slot, version) in zip(slots, versions) {
          waivers?.note(waiver, of: version, at: slot, in: instance)
        }
      }
      let verdict: Verdict
      if let past {
        verdict = past.verdict
      } else {
        if isPast { throw CancellationError() }
        var judged = values
        if let review = gate.review {
          let barred = review.isIndependent ? authors(production, id, in: instance, versions) : []
          judged += try await Independence.$barred.withValue(barred) {
            try await self.review(
              review.node, of: id, in: instance, take: take, zip(slots, versions), frame)
          }
        }
        do {
          verdict = try await consulting(about: address, take) {
            try await bodies[id].judges[index](judged)
          }
        } catch {
          if Task.isCancelled { throw CancellationError() }
          throw failure(id, in: instance, take: take, .gateFailed(gate: gate.name, error))
        }
      }
      func note(_ consequence: Event.Consequence) throws {
        guard past == nil else { return }
        try record(.judged(gate: gate.name, verdict, then: consequence), at: address) {
          $0.add("take", take)
        }
      }
      guard !verdict.isAccepted else {
        try note(.pass)
        continue
      }
      let reason = verdict.reason ?? "rejected"
      let rejection = failure(
        id, in: instance, take: take, .rejected(gate: gate.name, reason: reason, takes: take))
      let consequence =
        past?.effective(take: take) ?? consequence(of: gate, reworks: reworks[index], take: take)
      try note(consequence)
      if consequence == .pass || consequence == .waive { continue }
      let feedback = Feedback(
        source: .gate(gate.name), reason: reason,
        rejected: rejected(zip(slots, values).filter { writes.version(of: $0.0) != nil }.map(\.1)))
      production.feedback.append(feedback)
      guard case .rework = consequence else { throw rejection }
      // A run that goes on after the rejection had stopped it counts from the beginning.
      // There may be none left to count where somebody has edited the journal.
      reworks[index] = past?.isPardoned == true ? 0 : reworks[index].plus(1)
      return .rework(feedback, because: rejection)
    }
    production.gate = nil
    return .publish
  }

  /// What the reviewer of a gate says about what a take wrote.
  ///
  /// A review is an instance of its own for each take: `draft~2/@gate(reads well)`.
  private func review(
    _ review: Int, of id: Int, in instance: Instance?, take: Int,
    _ judged: some Sequence<(Int, Version)>, _ frame: Frame
  ) async throws -> Body.Values {
    let inside = take == 1 ? instance : Instance(in: instance, node: id, .take(take))
    let seen = Frame(above: frame, slots: layout.ranges[review])
    for (slot, version) in judged { seen.publish(version, to: slot) }
    defer {
      if plan.nodes[review].role == nil { panels.forget(address(review, in: inside).description) }
    }
    let writes = try await walk(review, in: inside, seen).writes
    guard let slot = layout.write(review), let version = writes.version(of: slot) else { return [] }
    return [version.value]
  }

  private func consequence(of gate: Gate, reworks: Int, take: Int) -> Event.Consequence {
    switch gate.otherwise {
    case .fail: .fail
    case .accept: .waive
    case .rework(let limit, _) where reworks < limit: .rework(take: take + 1)
    case .escalate: .fail
    case .rework(_, .fail), .rework(_, .escalate): .fail
    case .rework(_, .accept): .waive
    }
  }

  /// What was rejected, for those who do it again; text as it is, the rest as JSON.
  private func rejected(_ values: [any Sendable]) -> String? {
    guard values.count == 1, let value = values.first else { return nil }
    if let text = value as? String { return text }
    guard let encodable = value as? any Encodable else { return nil }
    return try? JSONValue(encoding: encodable).canonicalText
  }

  func failure(
    _ id: Int, in instance: Instance?, take: Int, attempts: Int = 1, member: String? = nil,
    _ cause: Failure.Cause, others: [Failure] = []
  ) -> Failure {
    Failure(
      address: address(id, in: instance), take: take, attempts: attempts, member: member,
      cause: cause, others: others, location: plan.nodes[id].location)
  }
}

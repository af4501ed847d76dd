import TroupePlan
import TroupeRuntime

extension StubDesk {
  /// What goes wrong with one answer, and how long it takes.
  private struct Course {
    var time: Duration
    var lateness: Duration?
    var failure: (any Error)?
    var garbage: String?
    var isRepeated = false
    var hangs = false
    var crashes = false
  }

  /// Answers for a stage after its time and with what goes wrong: by its stub, or with the real
  /// work where there is none.
  func answer(
    node: Int, _ asked: Asked, real: @Sendable () async throws -> Delivery
  ) async throws -> Delivery {
    try await witnessed(node, asked) { try await deliver(node, asked, real: real) }
  }

  /// The same where no ledger is kept of it.
  ///
  /// - Parameters:
  ///   - waited: How much of its time had passed before.
  ///   - staysSilent: Whether who would come late does not come at all.
  func deliver(
    _ node: Int, _ asked: Asked, after waited: Duration = .zero, staysSilent: Bool = false,
    real: @Sendable () async throws -> Delivery
  ) async throws -> Delivery {
    let index = table.index(of: node)
    let course = course(of: asked, index)
    if course.hangs || staysSilent && course.lateness != nil {
      await clock.untilCancelled()
      throw CancellationError()
    }
    if let lateness = course.lateness {
      await clock.untilCancelled()
      await clock.rest(for: lateness)
    } else {
      try await clock.sleep(until: clock.now + max(course.time - waited, .zero))
    }
    if course.crashes { await crash(at: asked.address) }
    if let failure = course.failure { throw failure }
    if let garbage = course.garbage {
      return .text(garbage, usage: index.map { table.entries[$0].usage } ?? Usage())
    }
    let result = await work(index, node, asked, real: real)
    if course.isRepeated {
      state.withLock { $0.asked.append(asked) }
      _ = await work(index, node, asked, real: real)
    }
    let delivery = try result.get()
    let usage = index.map { table.entries[$0].usage } ?? Usage()
    return try noted(Delivery(delivery.content, usage: delivery.usage + usage), node, asked)
  }

  private func work(
    _ index: Int?, _ node: Int, _ asked: Asked, real: @Sendable () async throws -> Delivery
  ) async -> Result<Delivery, any Error> {
    do {
      if let index { return .success(try await answer(index, node, asked, real: real)) }
      return .success(
        allowsOutsideWork ? try await clock.leaving { try await real() } : try await real())
    } catch {
      return .failure(error)
    }
  }

  /// Ends the simulated process, and so never returns.
  private func crash(at address: String) async {
    state.withLock { $0.crash = SimulatedCrash(address: address) }
    executor.halt()
    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
  }

  private func course(of asked: Asked, _ index: Int?) -> Course {
    let entry = index.map { table.entries[$0] }
    let (time, faults) = state.withLock { state in
      state.asked.append(asked)
      if let index { state.usage[index].asked += 1 }
      func draw(_ generator: inout SeededGenerator) -> (Duration, [Fault]) {
        let time = (entry?.timing ?? .small).sample(using: &generator)
        let faults = (entry?.faults ?? []).filter { $0.happens(asked, using: &generator) }
        return (time, faults.map(\.fault))
      }
      guard table.isSteady else { return draw(&state.generator) }
      // The same for the same work, whatever else is done before it.
      let key = "\(asked.address) \(asked.take) \(asked.attempt) \(asked.turn)"
      var own = SeededGenerator(seed: seed.derived(for: key.fingerprint))
      return draw(&own)
    }
    var course = Course(time: time * (witness?.stretch?.withLock { $0.stretch() } ?? 1))
    for fault in faults {
      switch fault {
      case .clockMoves(let distance): clock.moveWallClock(by: distance)
      case .slow(let more): course.time += more
      case .late(let delay): course.lateness = delay
      case .fails(let error): course.failure = course.failure ?? error
      case .garbage(let text): course.garbage = course.garbage ?? text
      case .twice: course.isRepeated = true
      case .hangs: course.hangs = true
      case .crashes: course.crashes = true
      }
    }
    return course
  }

  private func answer(
    _ index: Int, _ node: Int, _ asked: Asked, real: @Sendable () async throws -> Delivery
  ) async throws -> Delivery {
    let entry = table.entries[index]
    switch entry.answer {
    case .work: return try await clock.standingStill { try await real() }
    case .closure(let answer): return try await answer(asked)
    case .example:
      return .json(types[node]?.schema().schema.example() ?? .null)
    case .sequence(let deliveries):
      let place = place(index, asked)
      guard place < deliveries.count else {
        let exhausted = ExhaustedStub(
          name: entry.name, count: deliveries.count, location: entry.location)
        state.withLock { $0.exhausted.append(exhausted.description) }
        throw exhausted
      }
      return deliveries[place]
    }
  }

  /// The place of the next value of a stub that gives one after the other.
  private func place(_ stub: Int, _ asked: Asked) -> Int {
    if let witness, let key = StageContext.current?.idempotencyKey {
      return witness.place(of: stub, key: key, turn: asked.turn)
    }
    return state.withLock { state in
      state.usage[stub].given += 1
      return state.usage[stub].given - 1
    }
  }

  /// Writes down the value that was delivered, and hands it on as it is after it was written and
  /// read; what cannot be read is written down as it is.
  private func noted(_ delivery: Delivery, _ node: Int, _ asked: Asked) throws -> Delivery {
    guard let type = types[node] else { return delivery }
    let key = AttemptKey(address: asked.address, take: asked.take, attempt: asked.attempt)
    let value: any Sendable
    do {
      value = try Answer.value(of: delivery, as: type)
    } catch {
      let raw: JSONValue? =
        switch delivery.content {
        case .text(let text): .string(text)
        case .json(let json): json
        case .value: nil
        }
      state.withLock { $0.outputs[key] = raw }
      return delivery
    }
    let passed = try passed(value, as: type, what: "what '\(asked.address)' writes")
    state.withLock { $0.outputs[key] = passed.json }
    return Delivery(.value(passed.value), usage: delivery.usage)
  }
}

extension String {
  /// A number that is the same for the same text in every process: FNV-1a (Fowler, Noll, Vo 1991).
  fileprivate var fingerprint: UInt64 {
    utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}

/// A stub was asked more often than it has values.
struct ExhaustedStub: Error, CustomStringConvertible {
  let name: String
  let count: Int
  let location: SourceLocation

  var description: String {
    "\(name) at \(location.shown) was asked once more than its \(count) "
      + "\(count == 1 ? "value" : "values")"
  }
}

import TroupePlan

/// The same steps for each element of a list.
extension Execution {
  func fanOut(
    _ id: Int, _ spread: Node.Spread, in instance: Instance?, _ frame: Frame
  ) async throws -> Writes {
    guard case .fanOut(let spreading) = bodies[id].work,
      let list = try values(id, frame).first, let write = layout.write(id)
    else { return .none }
    let items = try spreading.split(list)
    log.append(.fannedOut(count: items.count), at: address(id, in: instance))

    let elements = Elements(id: id, items: items, instance: instance, frame: frame)
    let width = min(spread.width ?? settings.width, items.count)
    let join =
      spread.endsEarly || spread.tolerated > 0
      ? await deciding(elements, spread, until: spreading.until, width: width)
      : await sharing(elements, width: width)
    if Task.isCancelled { throw CancellationError() }
    if join.failures.count > spread.tolerated {
      throw tooMany(join.failures.sorted { $0.record < $1.record }, id, spread, in: instance)
    }
    if let stop = join.stop { throw stop }
    let joined = try spreading.join(join.outcomes)
    return .one(slot: write, Version(value: joined, record: 0))
  }

  /// What a fan-out goes over, and where.
  private struct Elements: Sendable {
    let id: Int
    let items: [any Sendable]
    let instance: Instance?
    let frame: Frame
  }

  /// How one element ended.
  private struct ElementEnd: Sendable {
    let index: Int
    let result: Result<Version, any Error>
  }

  /// What the ends of the elements amount to.
  private struct Join {
    var outcomes: [Body.ElementOutcome]
    var failures: [Failure] = []
    /// Why the fan-out cannot go on, beside failures of its elements.
    var stop: (any Error)?

    init(count: Int) {
      outcomes = Array(repeating: .cancelled, count: count)
    }

    mutating func add(_ end: ElementEnd) {
      switch end.result {
      case .success(let version): outcomes[end.index] = .value(version.value)
      case .failure(let failure as Failure):
        outcomes[end.index] = .failed(failure.description)
        failures.append(failure)
      case .failure(let error): stop = stop ?? error
      }
    }
  }

  /// All elements are to succeed, so that nothing is decided on the way: as many tasks as may be at
  /// work share them, which costs less than a task for each.
  private func sharing(_ elements: Elements, width: Int) async -> Join {
    let next = Lock(0)
    @Sendable func take() -> Int? {
      next.withLock { next in
        guard next < elements.items.count else { return nil }
        next += 1
        return next - 1
      }
    }
    return await withTaskGroup(of: [ElementEnd].self) { group in
      for _ in 0..<width {
        group.addTask { [self] in
          var ends: [ElementEnd] = []
          while let index = take() {
            let result = await attempt { try await element(index, of: elements) }
            ends.append(ElementEnd(index: index, result: result))
            if case .failure = result {
              next.withLock { $0 = elements.items.count }
            }
          }
          return ends
        }
      }
      var join = Join(count: elements.items.count)
      for await ends in group {
        for end in ends { join.add(end) }
        if !join.failures.isEmpty || join.stop != nil { group.cancelAll() }
      }
      return join
    }
  }

  /// Each end may be the one that decides: too many failures, or enough results.
  private func deciding(
    _ elements: Elements, _ spread: Node.Spread,
    until: (@Sendable ([any Sendable]) async throws -> Bool)?, width: Int
  ) async -> Join {
    await withTaskGroup(of: ElementEnd.self) { group in
      var join = Join(count: elements.items.count)
      var next = 0
      var isOver = false
      func startNext() {
        guard next < elements.items.count, !isOver else { return }
        let index = next
        next += 1
        group.addTask { [self] in
          await ElementEnd(
            index: index, result: attempt { try await element(index, of: elements) })
        }
      }
      for _ in 0..<width { startNext() }
      while let end = await group.next() {
        // What ends after the fan-out was decided changes nothing.
        if isOver { continue }
        join.add(end)
        isOver = join.failures.count > spread.tolerated || join.stop != nil
        if !isOver, case .success = end.result, let until {
          do {
            isOver = try await until(join.outcomes.compactMap(\.value))
            if isOver { noteSufficed(join, elements) }
          } catch {
            isOver = true
            join.stop = failure(elements.id, in: elements.instance, take: 1, .error(error))
          }
        }
        if isOver { group.cancelAll() } else { startNext() }
      }
      return join
    }
  }

  private func noteSufficed(_ join: Join, _ elements: Elements) {
    let count = join.outcomes.count { $0.value != nil }
    log.append(.sufficed(results: count), at: address(elements.id, in: elements.instance))
  }

  private func element(_ index: Int, of elements: Elements) async throws -> Version {
    let id = elements.id
    let crossing = layout.crossing(id)
    let own = Frame(above: elements.frame, slots: layout.ranges[id])
    own.publish(Version(value: elements.items[index], record: 0), to: crossing.input)
    let instance = Instance(in: elements.instance, node: id, .item(index + 1))
    try await steps(of: id, in: instance, own)
    guard let result = own[crossing.output] else {
      throw missing(slot: crossing.output, reader: id)
    }
    return result
  }

  private func tooMany(
    _ failures: [Failure], _ id: Int, _ spread: Node.Spread, in instance: Instance?
  ) -> Failure {
    if spread.tolerated == 0, var first = failures.first {
      first.others += failures.dropFirst()
      return first
    }
    return failure(
      id, in: instance, take: 1,
      .tooManyFailed(failures.count, tolerated: spread.tolerated), others: failures)
  }
}

extension Body.ElementOutcome {
  fileprivate var value: (any Sendable)? {
    if case .value(let value) = self { value } else { nil }
  }
}

import TroupePlan

/// The same steps for each element of a list.
extension Execution {
  func fanOut(
    _ id: Int, _ spread: Node.Spread, in instance: Instance?, _ frame: Frame
  ) async throws -> Writes {
    guard case .fanOut(let spreading) = bodies[id].work,
      let write = layout.write(id)
    else { return .none }
    let address = address(id, in: instance)
    let given = given(frame, begun: history(address)?.opened?.record)
    guard let list = try values(id, given).first else { return .none }
    let items = try spreading.split(list)
    let history = history(address)
    if history?.count == nil { try record(.fannedOut(count: items.count), at: address) }

    let elements = Elements(
      id: id, items: items, instance: instance, frame: frame,
      areReviewers: plan.nodes[id].path.isReview)
    let width = min(spread.width ?? settings.width, items.count)
    let join =
      spread.endsEarly || spread.tolerated > 0
      ? try await deciding(elements, spread, until: spreading.until, width: width)
      : try await sharing(elements, width: width)
    if Task.isCancelled { throw CancellationError() }
    if join.hasFailed(tolerating: spread.tolerated) {
      throw failed(join.failures.sorted { $0.record < $1.record }, id, spread, in: instance)
    }
    if let stop = join.stop { throw stop }
    try await undo(elements.others(than: join.outcomes, plan.nodes))
    let joined = try spreading.join(join.outcomes)
    return .one(slot: write, Version(value: joined, record: 0))
  }

  /// What a fan-out goes over, and where.
  struct Elements: Sendable {
    let id: Int
    let items: [any Sendable]
    let instance: Instance?
    let frame: Frame
    /// Whether they are those who review together.
    let areReviewers: Bool

    /// The places of those that have no result.
    func others(than outcomes: [Body.ElementOutcome], _ nodes: [Node]) -> [Address] {
      outcomes.indices.filter { outcomes[$0].value == nil }.map { index in
        Address(
          node: id, in: Instance(in: instance, node: id, .item(index + 1)), plan: nodes)
      }
    }
  }

  /// How one element ended.
  private struct ElementEnd: Sendable {
    let index: Int
    let result: Result<(version: Version, record: Int), any Error>
  }

  /// What the ends of the elements amount to.
  private struct Join {
    var outcomes: [Body.ElementOutcome]
    var failures: [Failure] = []
    /// Why the fan-out cannot go on, beside failures of its elements.
    var stop: (any Error)?
    /// The number of the record by which the element ended with which there were enough.
    var sufficed: Int?

    init(count: Int) {
      outcomes = Array(repeating: .cancelled, count: count)
    }

    /// Whether too many elements have failed. One in doubt is one too many: nothing goes on as if
    /// that were a failure like any other.
    func hasFailed(tolerating tolerated: Int) -> Bool {
      failures.count > tolerated || failures.contains(where: \.isInDoubt)
    }

    mutating func add(_ end: ElementEnd) {
      let index = end.index
      switch end.result {
      case .success(let end): outcomes[index] = .value(end.version.value)
      case .failure(let failure as Failure):
        outcomes[index] = .failed(failure.description)
        failures.append(failure)
      case .failure(let error): stop = stop ?? error
      }
    }
  }

  /// All elements are to succeed, so that nothing is decided on the way: as many tasks as may be at
  /// work share them, which costs less than a task for each.
  private func sharing(_ elements: Elements, width: Int) async throws -> Join {
    var past = Join(count: elements.items.count)
    var isEnded: [Bool] = []
    for (index, _) in ended(elements) {
      if isEnded.isEmpty { isEnded = Array(repeating: false, count: elements.items.count) }
      past.add(await end(index, of: elements))
      isEnded[index] = true
    }
    if !past.failures.isEmpty || past.stop != nil {
      try abandon(elements, unless: isEnded)
      return past
    }
    let next = Lock(0)
    let isPassed = isEnded
    @Sendable func take() -> Int? {
      next.withLock { next in
        while next < elements.items.count {
          next += 1
          if isPassed.isEmpty || !isPassed[next - 1] { return next - 1 }
        }
        return nil
      }
    }
    return await withTaskGroup(of: [ElementEnd].self) { group in
      activity?.split(into: width)
      for _ in 0..<width {
        group.addTask { [self] in
          var ends: [ElementEnd] = []
          while let index = take() {
            let end = await end(index, of: elements)
            ends.append(end)
            if case .failure = end.result {
              next.withLock { $0 = elements.items.count }
            }
          }
          return ends
        }
      }
      var join = past
      var live = width
      for await ends in group {
        for end in ends { join.add(end) }
        if !join.failures.isEmpty || join.stop != nil { group.cancelAll() }
        live -= 1
        if live > 0 { activity?.leave() }
      }
      return join
    }
  }

  /// Each end may be the one that decides: too many failures, or enough results.
  private func deciding(
    _ elements: Elements, _ spread: Node.Spread,
    until: (@Sendable ([any Sendable]) async throws -> Bool)?, width: Int
  ) async throws -> Join {
    var past = Join(count: elements.items.count)
    var isEnded = Array(repeating: false, count: elements.items.count)
    for (index, isEnough) in considered(elements) {
      past.add(await end(index, of: elements))
      isEnded[index] = true
      let isOver =
        if let isEnough { isEnough } else {
          try await decides(past, spread, until, elements, index)
        }
      guard isOver || past.hasFailed(tolerating: spread.tolerated) || past.stop != nil else {
        continue
      }
      try abandon(elements, unless: isEnded)
      return past
    }
    return await withTaskGroup(of: ElementEnd.self) { [isEnded, past] group in
      var join = past
      var late: [(index: Int, record: Int)] = []
      var next = 0
      var live = 0
      var isOver = false
      func startNext() {
        while next < elements.items.count, isEnded[next] { next += 1 }
        guard next < elements.items.count, !isOver else { return }
        let index = next
        next += 1
        live += 1
        activity?.enter()
        group.addTask { [self] in await end(index, of: elements) }
      }
      for _ in 0..<width { startNext() }
      if live > 0 { activity?.leave() }
      while let end = await group.next() {
        live -= 1
        let index = end.index
        defer { if live > 0 { activity?.leave() } }
        // What ends after the fan-out was decided changes nothing.
        if isOver {
          if case .success(let end) = end.result { late.append((index, end.record)) }
          continue
        }
        join.add(end)
        isOver = join.hasFailed(tolerating: spread.tolerated) || join.stop != nil
        if !isOver {
          do {
            isOver = try await decides(join, spread, until, elements, end.index)
            if isOver, case .success(let end) = end.result { join.sufficed = end.record }
          } catch {
            isOver = true
            join.stop = error
          }
        }
        if isOver { group.cancelAll() } else { startNext() }
      }
      giveBackSignals(ofElementsBeyond: join, elements, late)
      return join
    }
  }

  /// Gives back the signals that elements took which no longer counted, because those before them
  /// were enough.
  ///
  /// - Parameter late: The elements that came to their ends all the same, and the records of that,
  ///   which may be earlier ones than the record of the last that counted.
  private func giveBackSignals(
    ofElementsBeyond join: Join, _ elements: Elements, _ late: [(index: Int, record: Int)]
  ) {
    guard let record = join.sufficed, !program.signals.isEmpty else { return }
    let place = address(elements.id, in: elements.instance).description
    let ends = Dictionary(late.map { ($0.index, $0.record) }) { first, _ in first }
    for index in elements.items.indices {
      guard case .cancelled = join.outcomes[index] else { continue }
      let last = min(record, (ends[index] ?? .max) - 1)
      signals.giveBack(inside: "\(place)/items[\(index + 1)]", after: last)
    }
  }

  /// Asks, once for each element that succeeds, whether the results so far are enough. A journal
  /// gets to know of each end that counted.
  private func decides(
    _ join: Join, _ spread: Node.Spread,
    _ until: (@Sendable ([any Sendable]) async throws -> Bool)?, _ elements: Elements, _ index: Int
  ) async throws -> Bool {
    guard let until else { return false }
    if isPast { throw CancellationError() }
    let address = address(elements.id, in: elements.instance)
    var isEnough = false
    do {
      if join.outcomes[index].value != nil {
        isEnough = try await consulting(about: address, index + 1) {
          try await until(join.outcomes.compactMap(\.value))
        }
      }
    } catch {
      throw failure(elements.id, in: elements.instance, take: 1, .error(error))
    }
    if journal != nil {
      try record(.considered(element: index + 1, isEnough: isEnough), at: address)
    }
    if isEnough {
      try record(.sufficed(results: join.outcomes.count { $0.value != nil }), at: address)
    }
    return isEnough
  }

  private func end(_ index: Int, of elements: Elements) async -> ElementEnd {
    await ElementEnd(index: index, result: attempt { try await element(index, of: elements) })
  }

  private func element(_ index: Int, of elements: Elements) async throws -> (
    version: Version, record: Int
  ) {
    let id = elements.id
    let address = address(id, in: elements.instance)
    if let passed = try await passedElement(index + 1, of: address) {
      waypoints?.ended(index + 1, at: address, passed.result, record: passed.record)
      return (passed.result, passed.record)
    }
    let crossing = layout.crossing(id)
    let own = Frame(above: elements.frame, slots: layout.ranges[id])
    own.publish(Version(value: elements.items[index], record: 0), to: crossing.input)
    let instance = Instance(in: elements.instance, node: id, .item(index + 1))
    let record = try await steps(of: id, in: instance, own)
    guard let result = own[crossing.output] else {
      throw missing(slot: crossing.output, reader: id)
    }
    // Of who reviews together it must stay known who they are.
    if !elements.areReviewers {
      waypoints?.ended(index + 1, at: address, result, record: record)
    }
    return (result, record)
  }

  private func failed(
    _ failures: [Failure], _ id: Int, _ spread: Node.Spread, in instance: Instance?
  ) -> Failure {
    let decisive = failures.firstIndex(where: \.isInDoubt) ?? (spread.tolerated == 0 ? 0 : nil)
    if let decisive, !failures.isEmpty {
      var (first, others) = (failures[decisive], failures)
      others.remove(at: decisive)
      first.others += others
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

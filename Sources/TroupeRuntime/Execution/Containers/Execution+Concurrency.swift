import TroupePlan

/// Containers whose children run at once.
extension Execution {
  /// How one child of a join ended.
  struct ChildEnd: Sendable {
    let index: Int
    let result: Result<Done, any Error>

    /// The number of the record that says so; cancelled children have none.
    var record: Int {
      switch result {
      case .success(let done): done.record
      case .failure(let error): (error as? Failure)?.record ?? .max
      }
    }
  }

  /// More live children than this make a task group slow when they end in reverse order
  /// (swiftlang/swift#71212), so wider containers are walked in groups of groups.
  static let groupWidth = 256

  func parallel(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    let ends = try await join(id, in: instance, frame) { end in !end.succeeded }
    let own = Frame(above: frame, slots: layout.ranges[id])
    for case .success(let done) in ends.map(\.result) { own.publish(done.writes) }
    try rethrow(ends, keeping: own)
    return .many(own)
  }

  func race(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    let ends = try await join(id, in: instance, frame, until: \.succeeded)
    // The winner is who succeeded first by the order of the records, not of arrival here.
    let winner = ends.min { left, right in
      (left.succeeded ? left.record : .max) < (right.succeeded ? right.record : .max)
    }
    if let winner, case .success(let done) = winner.result {
      giveBackSignals(ofLosersIn: id, in: instance, wonAt: done.record)
      let losers = plan.nodes[id].children.enumerated().filter { $0.offset != winner.index }
      try await undo(losers.map { address($0.element, in: instance) })
      return done.writes
    }
    if Task.isCancelled || isPast { throw CancellationError() }
    throw failure(id, in: instance, take: 1, .allFailed, others: failures(ends))
  }

  /// Performs the children of a node at once, until one ends so that `isDecisive` holds.
  ///
  /// Those that had ended before the run was resumed come first, in the order of their records: a
  /// join that they decide starts nothing again.
  private func join(
    _ id: Int, in instance: Instance?, _ frame: Frame,
    until isDecisive: @escaping @Sendable (ChildEnd) -> Bool
  ) async throws -> [ChildEnd] {
    let nodes = plan.nodes[id].children
    let (ends, rest) = await ended(nodes, in: instance, frame)
    if ends.contains(where: isDecisive) {
      for index in rest { try abandon(nodes[index], in: instance) }
      return ends.sorted { $0.index < $1.index }
    }
    if ends.isEmpty { return await children(nodes[...], in: instance, frame, until: isDecisive) }
    let live = await children(rest.map { nodes[$0] }[...], in: instance, frame, until: isDecisive)
    return (ends + live.map { ChildEnd(index: rest[$0.index], result: $0.result) })
      .sorted { $0.index < $1.index }
  }

  /// The children that had ended before the run was resumed, in the order of their records, and the
  /// places of the others.
  private func ended(
    _ nodes: [Int], in instance: Instance?, _ frame: Frame
  ) async -> (ends: [ChildEnd], rest: [Int]) {
    guard recall != nil else { return ([], Array(nodes.indices)) }
    var ends: [ChildEnd] = []
    var rest = Set(nodes.indices)
    for (index, _) in completed(nodes[...], in: instance) {
      let result = await attempt { try await walk(nodes[index], in: instance, frame) }
      ends.append(ChildEnd(index: index, result: result))
      rest.remove(index)
    }
    return (ends, rest.sorted())
  }

  /// Performs nodes at once; when one ends so that `ends` holds, the others are cancelled.
  ///
  /// Returns when all have ended, in order of declaration.
  private func children(
    _ nodes: ArraySlice<Int>, in instance: Instance?, _ frame: Frame,
    until ends: @escaping @Sendable (ChildEnd) -> Bool
  ) async -> [ChildEnd] {
    let groups = (nodes.count + Self.groupWidth - 1) / Self.groupWidth
    guard groups > 1 else { return await narrow(nodes, in: instance, frame, until: ends) }
    let size = (nodes.count + groups - 1) / groups
    return await withTaskGroup(of: [ChildEnd].self) { group in
      activity?.split(into: (nodes.count + size - 1) / size)
      for start in stride(from: nodes.startIndex, to: nodes.endIndex, by: size) {
        let part = nodes[start..<min(start + size, nodes.endIndex)]
        group.addTask { [self] in await children(part, in: instance, frame, until: ends) }
      }
      var all: [ChildEnd] = []
      for await part in group {
        if part.contains(where: ends) { group.cancelAll() }
        all += part
        if all.count < nodes.count { activity?.leave() }
      }
      return all.sorted { $0.index < $1.index }
    }
  }

  private func narrow(
    _ nodes: ArraySlice<Int>, in instance: Instance?, _ frame: Frame,
    until ends: @escaping @Sendable (ChildEnd) -> Bool
  ) async -> [ChildEnd] {
    await withTaskGroup(of: ChildEnd.self) { group in
      activity?.split(into: nodes.count)
      for (index, node) in zip(nodes.indices, nodes) {
        group.addTask { [self] in
          await ChildEnd(
            index: index, result: attempt { try await walk(node, in: instance, frame) })
        }
      }
      var all: [ChildEnd] = []
      for await end in group {
        if ends(end) { group.cancelAll() }
        all.append(end)
        if all.count < nodes.count { activity?.leave() }
      }
      return all.sorted { $0.index < $1.index }
    }
  }

  func dataflow(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    let nodes = plan.nodes[id].children
    let dependencies = Dependencies(of: id, in: plan, layout)
    let own = Frame(above: frame, slots: layout.ranges[id])
    var waitsFor = dependencies.counts
    var all: [ChildEnd] = []
    var isEnded = Array(repeating: false, count: nodes.count)
    for (index, _) in completed(nodes[...], in: instance) {
      let given = given(to: index, dependencies, frame, own)
      let result = await attempt { try await walk(nodes[index], in: instance, given) }
      all.append(ChildEnd(index: index, result: result))
      isEnded[index] = true
      guard case .success(let done) = result else { continue }
      own.publish(done.writes)
      for dependent in dependencies.dependents[index] { waitsFor[dependent] -= 1 }
    }
    if all.contains(where: { !$0.succeeded }) {
      for index in nodes.indices where !isEnded[index] { try abandon(nodes[index], in: instance) }
      try rethrow(all, keeping: own)
    }
    var ready = nodes.indices.filter { waitsFor[$0] == 0 && !isEnded[$0] }
    ready.reverse()
    let (before, hasEnded) = (all, isEnded)
    let ends = await withTaskGroup(of: ChildEnd.self) { group in
      var all = before
      var live = 0
      var failed = false
      func startReady() {
        while live < Self.dataflowWidth, !failed, let index = ready.popLast() {
          let given = given(to: index, dependencies, frame, own)
          live += 1
          activity?.enter()
          let node = nodes[index]
          group.addTask { [self] in
            await ChildEnd(
              index: index, result: attempt { try await walk(node, in: instance, given) })
          }
        }
      }
      startReady()
      if live > 0 { activity?.leave() }
      while let end = await group.next() {
        live -= 1
        defer { if live > 0 { activity?.leave() } }
        all.append(end)
        switch end.result {
        case .success(let done):
          own.publish(done.writes)
          for dependent in dependencies.dependents[end.index].reversed() {
            waitsFor[dependent] -= 1
            if waitsFor[dependent] == 0, !hasEnded[dependent] { ready.append(dependent) }
          }
        case .failure:
          failed = true
          group.cancelAll()
        }
        startReady()
      }
      return all
    }
    try rethrow(ends, keeping: own)
    return .many(own)
  }

  /// What a child of a dataflow sees: what the container was given and what the child waited for,
  /// and nothing else.
  private func given(
    to index: Int, _ dependencies: Dependencies, _ frame: Frame, _ own: Frame
  ) -> Frame {
    let given = Frame(above: frame, slots: 0..<0)
    for slot in dependencies.slots[index] {
      if let version = own[slot] { given.publish(version, to: slot) }
    }
    return given
  }

  /// The most children of a dataflow that live at once; see `groupWidth`.
  static let dataflowWidth = 4_096

  /// Throws the first failure in the order of the records, with the others attached, and with what
  /// all children had published.
  private func rethrow(_ ends: [ChildEnd], keeping frame: Frame) throws {
    let errors = ends.compactMap(\.error)
    guard !errors.isEmpty else { return }
    var cancelled = Cancelled(in: frame)
    for case let error as Cancelled in errors {
      cancelled.kept.keep(error.kept)
      cancelled.failures += error.failures
    }
    let failures = failures(ends)
    guard var first = failures.first else { throw cancelled }
    for other in failures.dropFirst() { first.keep(what: other) }
    first.keep(what: cancelled)
    throw first
  }

  /// The failures among ends, in the order of the records; cancelled children are none.
  func failures(_ ends: [ChildEnd]) -> [Failure] {
    ends.sorted { $0.record < $1.record }.compactMap { end in
      if case .failure(let error) = end.result { error as? Failure } else { nil }
    }
  }

  func attempt<Output>(_ work: () async throws -> Output) async -> Result<Output, any Error> {
    do {
      return .success(try await work())
    } catch {
      return .failure(error)
    }
  }
}

extension Execution.ChildEnd {
  var succeeded: Bool { error == nil }

  var error: (any Error)? {
    if case .failure(let error) = result { error } else { nil }
  }
}

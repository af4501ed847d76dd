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

    var outcomes = Array(repeating: Body.ElementOutcome.cancelled, count: items.count)
    var failures: [Failure] = []
    let stop: (any Error)? = await withTaskGroup(of: ElementEnd.self) { group in
      var next = 0
      var stop: (any Error)?
      var isOver = false
      func startNext() {
        guard next < items.count, !isOver else { return }
        let (index, item) = (next, items[next])
        next += 1
        group.addTask { [self] in
          await ElementEnd(
            index: index,
            result: attempt { try await element(id, index, item, in: instance, frame) })
        }
      }
      for _ in 0..<min(spread.width ?? settings.width, items.count) { startNext() }
      while let end = await group.next() {
        switch end.result {
        case .success(let version):
          outcomes[end.index] = .value(version.value)
          if !isOver, let until = spreading.until {
            do {
              isOver = try await until(outcomes.compactMap(\.value))
              if isOver {
                let count = outcomes.count { $0.value != nil }
                log.append(.sufficed(results: count), at: address(id, in: instance))
              }
            } catch {
              isOver = true
              stop = failure(id, in: instance, take: 1, .error(error))
            }
            if isOver { group.cancelAll() }
          }
        case .failure(let failure as Failure):
          outcomes[end.index] = .failed(failure.description)
          failures.append(failure)
          if failures.count > spread.tolerated, !isOver {
            isOver = true
            group.cancelAll()
          }
        case .failure(let error):
          if !isOver { stop = stop ?? error }
        }
        startNext()
      }
      return stop
    }
    if Task.isCancelled { throw CancellationError() }
    if failures.count > spread.tolerated {
      throw tooMany(failures.sorted { $0.record < $1.record }, id, spread, in: instance)
    }
    if let stop { throw stop }
    let joined = try spreading.join(outcomes)
    return .one(slot: write, Version(value: joined, record: 0))
  }

  /// How one element ended.
  private struct ElementEnd: Sendable {
    let index: Int
    let result: Result<Version, any Error>
  }

  private func element(
    _ id: Int, _ index: Int, _ item: any Sendable, in instance: Instance?, _ frame: Frame
  ) async throws -> Version {
    let crossing = layout.crossing(id)
    let own = Frame(above: frame, slots: layout.ranges[id])
    own.publish(Version(value: item, record: 0), to: crossing.input)
    try await steps(of: id, in: Instance(in: instance, node: id, .item(index + 1)), own)
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

import TroupePlan
import TroupeRuntime

extension Rehearsal {
  /// Sends the signals of the table at their times while something else is done.
  func sending<Output: Sendable>(
    to run: RunState, _ desk: StubDesk, while work: () async throws -> Output
  ) async throws -> Output {
    guard !table.sendings.isEmpty else { return try await work() }
    var generator = SeededGenerator(seed: desk.seed.derived(for: 4))
    let schedule = table.sendings.map { entry, sending in
      (moment: sending.moment(using: &generator), entry: entry, sending: sending)
    }
    // A sort is not stable, and what is sent at the same moment has an order.
    let order = schedule.indices.sorted {
      (schedule[$0].moment, $0) < (schedule[$1].moment, $1)
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for index in order {
          let (moment, entry, sending) = schedule[index]
          try await desk.clock.sleep(until: moment)
          try await desk.send(sending, entry, to: run)
        }
      }
      defer { group.cancelAll() }
      return try await work()
    }
  }
}

extension StubDesk {
  /// Sends a signal, unless the run has ended.
  fileprivate func send(_ sending: Sending, _ entry: Int, to run: RunState) async throws {
    let what = "the payload of signal '\(sending.signal)'"
    let payload = try passed(sending.payload, as: sending.type, what: what).value
    try await run.signal(sending.signal, payload, as: sending.type)
    state.withLock { $0.usage[entry].asked += 1 }
  }
}

import TroupeRuntime

/// The files of a simulated machine, which can lose its power at any moment.
///
/// Each operation takes a seeded span of virtual time and has its effect at the end of it, so that
/// operations under way at once end in seeded order. What was not synced may be lost with the
/// power, in whole sectors of 512 bytes and whole names; see `SimulatedDisk`.
///
/// To be used by tasks on the executor of its world only. After a crash a new world is made over
/// what is left of the disk; its locks are free.
package final class SimulatedFiles: FileLayer {
  struct State: Sendable {
    var disk: SimulatedDisk
    var locked: Set<Int> = []
    var faults: FaultTable
    var hasFailed = false
    var capacity: Int?
    var random: SeededGenerator
    var points: [FilePoint] = []
  }

  let state: Lock<State>
  let executor: SeededExecutor
  private let clock: VirtualClock
  private let crashPoint: Int?
  let watches = FolderWatches()
  private let onPoint: (@Sendable (FilePoint) -> Void)?

  /// - Parameters:
  ///   - disk: What the machine has at the beginning.
  ///   - time: Where and when all of it happens.
  ///   - seed: Decides how long operations take, and what a failed sync has written.
  ///   - faults: The steps that fail.
  ///   - capacity: The most bytes that all files may hold; what goes beyond fails for `noSpace`.
  ///   - crashPoint: The number of the point at which the machine ends.
  ///   - onPoint: Called at each point; it may end the machine by `crash`.
  package init(
    _ disk: SimulatedDisk = SimulatedDisk(), time: VirtualTime, seed: UInt64,
    faults: [FileFault] = [], capacity: Int? = nil, crashPoint: Int? = nil,
    onPoint: (@Sendable (FilePoint) -> Void)? = nil
  ) {
    state = Lock(
      State(
        disk: disk, faults: FaultTable(faults), capacity: capacity,
        random: SeededGenerator(seed: seed)))
    executor = time.executor
    clock = time.clock
    self.crashPoint = crashPoint
    self.onPoint = onPoint
  }

  /// The disk as it is now, with what is not synced.
  package var disk: SimulatedDisk { state.withLock { $0.disk } }

  /// Whether a step has met one of the faults.
  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// The points that have been passed, the one at which the machine ended included.
  package var points: [FilePoint] { state.withLock { $0.points } }

  /// The most bytes that all files may hold; `nil` for no limit.
  package var capacity: Int? {
    get { state.withLock { $0.capacity } }
    set { state.withLock { $0.capacity = newValue } }
  }

  /// Ends the machine: nothing that is under way is ever completed.
  package func crash() { executor.halt() }

  /// Does one step of an operation, and passes the points before it and, if none comes after it,
  /// behind it.
  ///
  /// - Parameters:
  ///   - previous: The step of the same operation before it.
  ///   - isLast: Whether no further step follows if it succeeds.
  ///   - onFault: What a failed step leaves behind.
  func step<Value: Sendable>(
    _ action: FileAction, of path: String, after previous: FileAction? = nil, isLast: Bool = true,
    onFault: (inout State, FileFault) -> Void = { _, _ in },
    _ work: (inout State) throws(SystemError) -> Value
  ) async throws(SystemError) -> Value {
    if action.changes { await pass(previous, action, path) }
    await clock.rest(for: state.withLock { action.time(using: &$0.random) })
    let result: Result<Value, SystemError> = state.withLock { state in
      do throws(SystemError) {
        if let fault = state.faults.next(action, path) {
          state.hasFailed = true
          onFault(&state, fault)
          throw SystemError(call: action.rawValue, fault.cause)
        }
        return .success(try work(&state))
      } catch {
        return .failure(error)
      }
    }
    if action.changes, isLast || result.isFailure { await pass(action, nil, path) }
    return try result.get()
  }

  /// Passes a point, unless it is the end.
  private func pass(_ done: FileAction?, _ next: FileAction?, _ path: String) async {
    if !executor.isHalted {
      let point = state.withLock { state in
        let point = FilePoint(
          number: state.points.count + 1, done: done, next: next, path: path)
        state.points.append(point)
        return point
      }
      onPoint?(point)
      if point.number == crashPoint { crash() }
    }
    guard executor.isHalted else { return }
    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
  }
}

extension FileAction {
  /// How long it takes, in virtual time.
  fileprivate func time(using random: inout SeededGenerator) -> Duration {
    switch self {
    case .sync, .syncFolder, .truncate:
      .microseconds(Int64.random(in: 200...2_000, using: &random))
    default: .microseconds(Int64.random(in: 10...100, using: &random))
    }
  }
}

extension Result {
  fileprivate var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}

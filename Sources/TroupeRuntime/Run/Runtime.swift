package import TroupePlan

/// Runs programs with a team.
///
/// ```swift
/// let post = try await Runtime(team: team).run(LaunchPost(), input: brief)
/// ```
///
/// Runs of one runtime share its team: a member's capacity holds for all of them together.
///
/// The tasks of runs that are kept in a directory take place on threads that also write it, as many at
/// once as there are processors: what waits for a record to be on the disk is handed from thread to
/// thread less often. As on those of Swift, nothing may block them for long.
public struct Runtime: Sendable {
  /// Who does the work of roles.
  public let team: Team
  /// Where runs are kept; `nil` if they leave nothing behind.
  public let store: Store?

  private let settings: Execution.Settings
  private let live = LiveRuns()

  /// Creates a runtime.
  ///
  /// - Parameters:
  ///   - team: Who does the work of roles; nobody by default.
  ///   - store: Where runs are kept, so that they survive the process; by default they are not.
  ///   - clock: Where time comes from.
  ///   - randomness: Where chance comes from: the jitter of pauses.
  ///   - width: The most elements of one fan-out at work at once, where it does not say itself.
  ///   - grace: How long after a run's end work may ignore its cancellation before the run says
  ///     what it still waits for.
  public init(
    team: Team = Team(), store: Store? = nil, clock: any RunClock = SystemClock(),
    randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    width: Int = 64, grace: Duration = .seconds(5)
  ) {
    self.init(
      team: team, store: store, clock: clock, randomness: randomness, width: width, grace: grace,
      executor: nil)
  }

  /// Creates a runtime whose runs take place on an executor.
  package init(
    team: Team, store: Store? = nil, clock: any RunClock,
    randomness: any RandomNumberGenerator & Sendable, width: Int = 64,
    grace: Duration = .seconds(5), executor: (any TaskExecutor)?
  ) {
    self.team = team
    self.store = store
    settings = Execution.Settings(
      dispatcher: Dispatcher(team, clock: clock), clock: clock, chance: Chance(randomness),
      width: max(width, 1), grace: grace,
      executor: executor ?? store?.files.preferredExecutor)
  }

  /// Stops all runs, as when the process has been asked to end; returns when they have stopped.
  ///
  /// ```swift
  /// await runtime.stop()   // on SIGTERM
  /// ```
  ///
  /// No attempt of a stage begins any more, and no run: `run` throws `RuntimeIsStopped`. A kept run
  /// stops as soon as nothing is at work in it: what has come to its end until then stays done, and
  /// the rest goes on when the run is resumed. One that comes to its end has its output. A run that
  /// is not kept is cancelled at once.
  ///
  /// - Parameter grace: How long what is at work may take to come to its end. What takes longer is
  ///   cancelled, and done again when the run is resumed, or in doubt, as its stage says.
  ///   Cancelling the task that waits for this ends that time at once.
  public func stop(grace: Duration = .seconds(10)) async {
    await live.stop(grace: grace, clock: settings.clock)
  }

  /// Whether its runs have been asked to stop.
  package var isStopped: Bool { live.isStopped }

  /// Runs a program within a scope that can watch and cancel it.
  ///
  /// The run begins at once. When the scope ends before the run has, the run is cancelled; when
  /// this returns, nothing of the run is left but what its store keeps.
  ///
  /// - Parameters:
  ///   - id: The run's identity; a run that the store has under it is gone on with.
  ///   - resumption: What is different when it is gone on with.
  ///   - stopsWhenWaiting: Whether a durable run stops, with `RunIsWaiting`, as soon as it waits
  ///     for nothing but people, signals and time.
  package func withRun<Result>(
    of program: Program, input: any Sendable, id: String? = nil,
    _ resumption: Resumption = Resumption(), stopsWhenWaiting: Bool = false,
    _ body: (RunState) async throws -> Result
  ) async throws -> Result {
    let started = try await start(program, input: input, id: id, resumption, stopsWhenWaiting)
    let state = RunState(started.execution, in: store)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await state.end(started.run()) }
      let result: Result
      do {
        result = try await body(state)
      } catch {
        group.cancelAll()
        try? await group.waitForAll()
        throw error
      }
      group.cancelAll()
      return result
    }
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - id: The run's identity; a run that the store has under it is gone on with.
  ///   - resumption: What is different when it is gone on with.
  ///   - stopsWhenWaiting: Whether a durable run stops, with `RunIsWaiting`, as soon as it waits
  ///     for nothing but people, signals and time.
  package func run(
    _ program: Program, input: any Sendable, id: String? = nil,
    _ resumption: Resumption = Resumption(), stopsWhenWaiting: Bool = false
  ) async throws -> any Sendable {
    let started = try await start(program, input: input, id: id, resumption, stopsWhenWaiting)
    return try started.execution.outcome(await started.run())
  }

  /// A run that is ready to go.
  private struct Started: Sendable {
    let execution: Execution
    let live: LiveRuns
    let input: any Sendable
    /// Held while the run is under way.
    let lock: (any FileLock)?
    /// What the run came to in an earlier process.
    let past: Result<any Sendable, any Error>?

    func run() async -> Result<any Sendable, any Error> {
      defer { lock?.release() }
      if let past { return past }
      return await live.live(execution) { await execution.run(input: input) }
    }
  }

  private func start(
    _ program: Program, input: any Sendable, id: String?, _ resumption: Resumption,
    _ stopsWhenWaiting: Bool
  ) async throws -> Started {
    try team.validate(for: program.plan)
    try settings.dispatcher.validateUnits()
    if live.isStopped { throw RuntimeIsStopped() }
    guard let store else {
      guard !stopsWhenWaiting else {
        throw StoreError(
          "a run cannot stop when it waits unless it is kept: give the runtime a store")
      }
      let program = program.keeping(try program.raisable(resumption.raised))
      let execution = Execution(program, id: id ?? runID(), settings: settings)
      return Started(
        execution: execution, live: live, input: input, lock: nil, past: nil)
    }
    let request = Store.Request(
      id: id ?? runID(), plan: program.plan, fingerprint: program.fingerprint,
      input: try program.input.encode(input),
      nonce: runID(), date: settings.clock.date, process: ThisProcess.number,
      resumption: resumption)
    var opening = try await within { try await store.begin(request) }
    do {
      let known = program.keeping(opening.recall?.raised ?? [])
      let raised = try known.raisable(resumption.raised)
      opening.recall?.amend(opening.change, raised, at: request.date)
      let execution = try Execution(
        known.keeping(raised), settings: settings, opening,
        Execution.Amendments(change: opening.change, raised: raised),
        stopsWhenWaiting: stopsWhenWaiting)
      return Started(
        execution: execution, live: live, input: try program.input.decode(opening.input),
        lock: opening.lock,
        past: try await execution.pastOutcome(opening))
    } catch {
      opening.lock.release()
      throw error
    }
  }

  /// Does something where the runs take place.
  private func within<Output: Sendable>(
    _ work: @escaping @Sendable () async throws -> Output
  ) async throws -> Output {
    try await withTaskExecutorPreference(settings.executor) { try await work() }
  }

  private func runID() -> String {
    let bits = settings.chance.bits()
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

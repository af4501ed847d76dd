package import TroupePlan

/// Runs programs with a team.
///
/// ```swift
/// let post = try await Runtime(team: team).run(LaunchPost(), input: brief)
/// ```
///
/// Runs of one runtime share its team: a member's capacity holds for all of them together.
public struct Runtime: Sendable {
  /// Who does the work of roles.
  public let team: Team

  private let settings: Execution.Settings

  /// Creates a runtime.
  ///
  /// - Parameters:
  ///   - team: Who does the work of roles; nobody by default.
  ///   - clock: Where time comes from.
  ///   - randomness: Where chance comes from: the jitter of pauses.
  ///   - width: The most elements of one fan-out at work at once, where it does not say itself.
  ///   - grace: How long after a run's end work may ignore its cancellation before the run says
  ///     what it still waits for.
  public init(
    team: Team = Team(), clock: any RunClock = SystemClock(),
    randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    width: Int = 64, grace: Duration = .seconds(5)
  ) {
    self.init(
      team: team, clock: clock, randomness: randomness, width: width, grace: grace, executor: nil)
  }

  /// Creates a runtime whose runs take place on an executor.
  package init(
    team: Team, clock: any RunClock, randomness: any RandomNumberGenerator & Sendable,
    width: Int = 64, grace: Duration = .seconds(5), executor: (any TaskExecutor)?
  ) {
    self.team = team
    settings = Execution.Settings(
      dispatcher: Dispatcher(team), clock: clock, chance: Chance(randomness),
      width: max(width, 1), grace: grace, executor: executor)
  }

  /// Runs a program within a scope that can watch and cancel it.
  ///
  /// The run begins at once. When the scope ends before the run has, the run is cancelled; when
  /// this returns, nothing of the run is left.
  package func withRun<Result>(
    of program: Program, input: any Sendable, _ body: (RunState) async throws -> Result
  ) async throws -> Result {
    try team.validate(for: program.plan)
    let execution = Execution(program, id: runID(), settings: settings)
    let state = RunState(execution)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await state.end(execution.run(input: input)) }
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
  package func run(_ program: Program, input: any Sendable) async throws -> any Sendable {
    try team.validate(for: program.plan)
    let execution = Execution(program, id: runID(), settings: settings)
    return try execution.outcome(await execution.run(input: input))
  }

  private func runID() -> String {
    let bits = settings.chance.bits()
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

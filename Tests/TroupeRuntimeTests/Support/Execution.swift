import Troupe

@testable import TroupeRuntime

extension Execution {
  /// A run that is not kept, as a runtime makes it.
  static func alone(_ program: Program, _ team: Team = Team()) -> Execution {
    let clock = SystemClock()
    return Execution(
      program, id: "run",
      settings: Settings(
        dispatcher: Dispatcher(team, clock: clock), clock: clock,
        chance: Chance(SystemRandomNumberGenerator()), width: 8, grace: .seconds(5), executor: nil))
  }
}

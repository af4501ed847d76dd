import Testing
import Troupe
import TroupeTesting

/// A workflow from a number to a number, with a budget if there is one.
struct Spending: Workflow {
  let name = "spend"
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let numbers = Artifact<[Int]>("numbers")
  let some = Artifact<[FanOut.Element<Int>]>("some")
  let budget: Budget?
  private let content: @Sendable (Spending) -> Steps

  init(
    within budget: Budget? = nil,
    @StepBuilder _ content: @escaping @Sendable (Spending) -> Steps
  ) {
    self.budget = budget
    self.content = content
  }

  var body: some Step { content(self) }

  /// A stage that somebody does, by default a clerk.
  func work(_ name: String, by role: Role = .clerk) -> Stage<Int> {
    Stage(name, by: role, reads: input, writes: Artifact<Int>(name)) { "Work on \($0)" }
  }

  /// A stage of code that nobody pays for.
  var end: Stage<Int> { Stage("end", reads: input, writes: output) { $0 } }

  /// The workflow, whose clerks use up so much for each answer.
  func simulated(
    using usage: Usage = Usage(inputTokens: 80, outputTokens: 20), team: Team? = nil,
    taking time: Timing = .fixed(.seconds(10)),
    @StubBuilder<Spending> _ stubs: () -> [Stub<Spending>] = { [] }
  ) -> Simulation<Spending> {
    let hasClerks = (try? compile())?.plan.role(Role.clerk.id) != nil
    return Simulation(of: self, team: team) {
      for stub in stubs() { stub }
      if hasClerks { Stub(.clerk) { _ in .json(1) }.using(usage).taking(time) }
    }
  }
}

extension SimulatedRun {
  /// Why a budget has stopped the run, and where.
  var exhaustion: (place: String, BudgetExhaustion)? {
    guard let failure = failure?.failure, case .budgetExhausted(let exhaustion) = failure.cause
    else { return nil }
    return (failure.address.description, exhaustion)
  }

  /// The most attempts that were at work at once.
  var mostAtOnce: Int {
    var (now, most) = (0, 0)
    for event in events {
      switch event.kind {
      case .started:
        now += 1
        most = max(most, now)
      case .finished, .failed, .gaveUp: now -= 1
      default: break
      }
    }
    return most
  }

  /// How many attempts were started.
  var starts: Int { events.count { if case .started = $0.kind { true } else { false } } }
}

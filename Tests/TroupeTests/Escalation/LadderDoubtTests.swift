import Testing
import Troupe
import TroupeTesting

/// Ladders for work of which nobody knows whether it was done, and for work that nobody can do.
@Suite struct LadderDoubtTests {
  private struct Paying: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    @RungBuilder let rungs: @Sendable () -> [Rung]

    var body: some Step {
      Stage("charge", by: .clerk, reads: input, writes: output) { "Charge \($0)" }
        .atMostOnce()
        .escalate { On(.inDoubt) { for rung in rungs() { rung } } }
    }
  }

  private func run(
    decides resolution: Resolution? = nil,
    @RungBuilder rungs: @escaping @Sendable () -> [Rung]
  ) async throws -> SimulatedRun<Int> {
    try await Simulation(of: Paying(rungs: rungs)) {
      Stub("charge", as: Int.self) { asked in
        if asked.take == 1 { throw Refusal("the line is dead") }
        return 7
      }
      if let resolution { Stub(.boss) { _ in .value(resolution) } }
    }.run(1)
  }

  @Test func aRetrySaysThatItWasNotDone() async throws {
    let run = try await run { Retry() }
    #expect(try run.output == 7)
    #expect(run.examinations == [.unknown, .notDone])
  }

  @Test func whoIsAskedMaySayThatItWasNotDone() async throws {
    let run = try await run(decides: .retry()) { Ask(.boss, within: .hours(1)) }
    #expect(try run.output == 7)
    #expect(run.examinations == [.unknown, .notDone])
  }

  @Test func whoIsAskedMaySayWhatItGave() async throws {
    let run = try await run(decides: .supply(12)) { Ask(.boss, within: .hours(1)) }
    #expect(try run.output == 12)
    #expect(try run.stage("charge").attempts.count == 1)
  }

  @Test func otherStepsMayTakeItsPlace() async throws {
    let run = try await run {
      Fallback { Stage("by hand", writes: Artifact<Int>("output")) { 3 } }
    }
    #expect(try run.output == 3)
  }

  @Test func aStepAroundItIsNotDoneAgain() async throws {
    struct Shop: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")

      var body: some Step {
        Phase("sell") {
          Stage("charge", by: .clerk, reads: input, writes: output) { "Charge \($0)" }.atMostOnce()
        }
        .escalate { On(.inDoubt) { Ask(.boss, within: .hours(1)) } }
      }
    }
    let run = try await Simulation(of: Shop()) {
      Stub("charge", as: Int.self) { throw Refusal("the line is dead") }
      Stub(.boss) { asked in .value(asked.turn < 3 ? Resolution.retry() : .supply(4)) }
    }.run(1)
    #expect(try run.output == 4)
    #expect(
      run.asked(of: .boss).last?.feedback.first?.reason
        == "'retry' cannot be decided here; decide one of: supply, abort")
  }

  private struct Delegated: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var trigger = Escalation.Trigger.noMember

    var body: some Step {
      Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
        .escalate { On(trigger) { Reassign(to: .expert) } }
    }
  }

  private static let experts = Team {
    Member("expert", plays: .expert) { ClosureAgent { _ in .json(8) } }
  }

  @Test func whoeverElseCanDoItDoesWhatNobodyPlays() async throws {
    let run = try await Simulation(of: Delegated(), team: Self.experts).run(1)
    #expect(try run.output == 8)
    #expect(run.ladders == ["work noMember"])
  }

  @Test func withoutARuleForItARunNeedsAllItsRoles() async throws {
    await #expect(throws: TeamMismatch.self) {
      try await Simulation(of: Delegated(trigger: .failure), team: Self.experts).run(1)
    }
  }
}

extension SimulatedRun {
  /// What was found out about attempts, in order.
  fileprivate var examinations: [Event.Examination] {
    events.compactMap { if case .examined(_, let found) = $0.kind { found } else { nil } }
  }
}

import Testing
import Troupe
import TroupeRuntime

/// Who gets an assignment.
@Suite struct StrategyTests {
  private func members(_ strategy: Team.Strategy, _ jobs: [Workplace.Job]) async throws -> [String]
  {
    let team = Team {
      Member("dear", plays: .worker, capacity: 2, cost: 5) { NoAgent() }
      Member("cheap", plays: .worker, capacity: 2, cost: 1) { NoAgent() }
      Member("middling", plays: .worker, capacity: 4, cost: 3) { NoAgent() }
    }.choosing(strategy)
    return try await Workplace(team: team) { _, _ in .hours(1) }.run(jobs).map(\.member)
  }

  @Test func theLeastLoadedIsWhoHasTheSmallestPartOfItsCapacityAtWork() async throws {
    #expect(
      try await members(.leastLoaded, .inTurn(6)) == [
        "dear", "cheap", "middling", "middling", "dear", "cheap",
      ])
  }

  @Test func inRoundRobinTheNextOneInTheTeamIsWhoIsFree() async throws {
    #expect(
      try await members(.roundRobin, .inTurn(8)) == [
        "dear", "cheap", "middling", "dear", "cheap", "middling", "middling", "middling",
      ])
  }

  @Test func theCheapestIsWhoIsFreeAndCostsLeast() async throws {
    #expect(
      try await members(.cheapest, .inTurn(7)) == [
        "cheap", "cheap", "middling", "middling", "middling", "middling", "dear",
      ])
  }

  @Test func aRoleCanHaveAStrategyOfItsOwn() async throws {
    let other = Role("other")
    let team = Team {
      Member("dear", plays: .worker, other, capacity: 9, cost: 5) { NoAgent() }
      Member("cheap", plays: .worker, other, capacity: 9, cost: 1) { NoAgent() }
    }.choosing(.cheapest, for: other)
    let jobs: [Workplace.Job] = .inTurn(4, role: other)
    let done = try await Workplace(team: team) { _, _ in .hours(1) }.run(jobs)
    #expect(done.map(\.member) == ["cheap", "cheap", "cheap", "cheap"])
    let others = try await Workplace(team: team) { _, _ in .hours(1) }.run(.inTurn(4))
    #expect(others.map(\.member) == ["dear", "cheap", "dear", "cheap"])
  }

  @Test func workThatFailsWithTheCheapGoesOnToTheDear() async throws {
    let asked = Notes()
    func member(_ name: String, cost: Double, fails: Bool) -> Member {
      Member(name, plays: .worker, cost: cost) {
        ClosureAgent { _ in
          asked.add(name)
          if fails { throw Mishap() }
          return .text("done")
        }
      }
    }
    let team = Team {
      member("dear", cost: 5, fails: false)
      member("cheap", cost: 1, fails: true)
      member("middling", cost: 3, fails: true)
    }.choosing(.cheapest)
    let workflow = Body { input, output in
      Stage("ask", by: .worker, reads: input, writes: Artifact<String>("answer")) { "\($0)" }
      Stage("end", reads: input, writes: output) { $0 }
    }
    _ = try await run(workflow, 1, on: Runtime(team: team))
    #expect(asked.all == ["cheap", "middling", "dear"])
  }
}

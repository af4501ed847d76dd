import Testing
import Troupe
import TroupeRuntime

@testable import TroupeSimulation

/// Runs whose work is done by units of a pool.
@Suite struct PoolRunTests {
  private struct Letters: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[String]>("letters")
    var attempts = 1
    var body: some Step {
      FanOut("each", over: input, into: output) { number, letter in
        Stage("write", by: .worker, reads: number, writes: letter) { "\($0)" }
          .retry(attempts: attempts)
          .timeout(.minutes(1))
      }
    }
  }

  /// Answers with its number; its work numbered 1 goes on for five minutes, whoever gives it up.
  private final class Desk: Agent {
    let unit: Int
    let worked = Lock(0)

    init(_ unit: Int) { self.unit = unit }

    func perform(_ assignment: Assignment) async throws -> Delivery {
      let time = try #require(VirtualClock.current)
      if assignment.attempt == 1, assignment.prompt == "0" {
        await time.rest(for: .minutes(5))
      } else {
        try await time.sleep(until: time.now + .seconds(30))
      }
      let count = worked.withLock { count in
        count += 1
        return count
      }
      return .text("unit \(unit), work \(count)")
    }
  }

  private func run(
    _ pool: ClosedRange<Int>, _ numbers: [Int], attempts: Int = 1
  ) async throws -> SimulatedRun<[String]> {
    let team = Team { Member("desk", plays: .worker, pool: pool) { Desk($0) } }
    return try await Simulation(of: Letters(attempts: attempts), team: team) {}.run(numbers)
  }

  @Test func eachAssignmentIsDoneByAUnitOfItsOwn() async throws {
    #expect(
      try await run(1...2, [1, 2, 3, 4]).output.sorted() == [
        "unit 1, work 1", "unit 1, work 2", "unit 2, work 1", "unit 2, work 2",
      ])
  }

  @Test func whatIsGivenUpKeepsItsUnitUntilItReturns() async throws {
    let other = try await run(0...2, [0], attempts: 2)
    #expect(try other.output == ["unit 2, work 1"])
    // There is no other one.
    let same = try await run(0...1, [0], attempts: 2)
    #expect(try same.output == ["unit 1, work 2"])
    #expect(try same.stage("each/write").attempts.last?.start ?? .zero >= .minutes(5))
  }

  /// Cannot do anything as unit 1.
  private struct Broken: Error {}

  private final class Frail: Agent {
    let unit: Int

    init(_ unit: Int) { self.unit = unit }

    func perform(_ assignment: Assignment) async throws -> Delivery {
      let time = try #require(VirtualClock.current)
      try await time.sleep(until: time.now + .seconds(25))
      if unit == 1 { throw Broken() }
      return .text("unit \(unit)")
    }
  }

  /// Letters one after the other.
  private struct Series: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[String]>("letters")
    var body: some Step {
      FanOut("each", over: input, into: output, atMost: 1) { number, letter in
        Stage("write", by: .worker, reads: number, writes: letter) { "\($0)" }
          .retry(attempts: 2)
      }
    }
  }

  @Test func aUnitThatIsBrokenDoesNotGetAllTheWork() async throws {
    for pool in [1...2, 2...2, 0...3] {
      let team = Team { Member("desk", plays: .worker, pool: pool) { Frail($0) } }
      let run = try await Simulation(of: Series(), team: team) {}.run([1, 2, 3, 4, 5, 6])
      #expect(try run.output == Array(repeating: "unit 2", count: 6))
      // The first fails, and a minute later the fourth: so long is it not trusted.
      #expect(try run.stage("each/write").attempts.count == 8)
    }
  }

  @Test func aSimulationWithStubsMakesNoUnits() async throws {
    let made = Notes()
    let team = Team {
      Member("desk", plays: .worker, pool: 2...4) { unit in
        made.add("\(unit)")
        return Desk(unit)
      }
    }
    let run = try await Simulation(of: Letters(), team: team) {
      Stub("write", as: String.self) { $0.member ?? "" }
    }.run([1, 2, 3])
    #expect(try run.output == ["desk", "desk", "desk"])
    #expect(made.all == [])
  }

  @Test func aMemberThatGetsAnotherAgentHasNoUnitsAndAsMuchCapacity() async throws {
    let member = Member("desk", plays: .worker, pool: 0...2) { Desk($0) }.replacing(NoAgent())
    #expect(member.capacity == 2)
    let done = try await Workplace(team: Team { member }) { _, _ in .hours(1) }.run(.inTurn(3))
    #expect(done.map(\.unit) == [0, 0, 0])
    #expect(done.most() == 2)
  }

  @Test func unitsThatArePeopleAreRefusedBeforeTheRunStarts() async throws {
    let team = Team { Member("ann", plays: .worker, pool: 1...2) { _ in Person() } }
    let mismatch = try await #require(throws: TeamMismatch.self) {
      try await Runtime(team: team).run(Letters(), input: [1])
    }
    let problem =
      "member 'ann' has a pool whose unit 1 is a person; let the person be a member without a pool"
    #expect(mismatch.problems == [problem])
    // Nobody has seen a unit before the first one is needed.
    let late = Team { Member("ann", plays: .worker, pool: 0...2) { _ in Person() } }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime(team: late).run(Letters(), input: [1])
    }
    #expect(failure.failure.reason.contains(problem), "\(failure)")
  }

  @Test func aPoolIsAskedOnlyThroughItsUnits() async throws {
    let member = Member("desk", plays: .worker, pool: 1...2) { Desk($0) }
    let assignment = Assignment(address: "x", role: .worker, prompt: "", idempotencyKey: "")
    await #expect(throws: NotStarted("member 'desk' has a pool, whose units do its work")) {
      try await member.agent.perform(assignment)
    }
    #expect(!member.isPerson)
  }
}

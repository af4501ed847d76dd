import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// Members that keep failing get nothing for a while.
@Suite struct BreakerTests {
  private let team = Team {
    Member("frail", plays: .worker) { NoAgent() }.breaker(after: 3, pause: .minutes(10))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func itOpensIsTriedAndCloses(_ seed: UInt64) async throws {
    let failing: Set<Int> = [1, 2, 4, 5, 6, 7]
    var workplace = Workplace(team: team) { _, _ in .seconds(1) }
    workplace.outcome = { job, _, _ in failing.contains(job) ? .failed : .done }
    let done = try await workplace.run(.inTurn(10), seed: seed)
    #expect(done.map(\.job) == Array(0..<10))
    // A success between two and three failures keeps it closed; the trial fails, the next does not.
    #expect(
      done.map(\.standing) == [
        nil, nil, nil, nil, nil, nil, .suspended(failures: 3, pause: .minutes(10)),
        .suspended(failures: 4, pause: .minutes(10)), .reinstated, nil,
      ])
    #expect(done[7].began - done[6].ended == .minutes(10))
    #expect(done[8].began - done[7].ended == .minutes(10))
    #expect(done[9].began - done[8].ended == .zero)
  }

  @Test func onTrialItGetsOneAssignmentAtATime() async throws {
    let team = Team {
      Member("frail", plays: .worker, capacity: 4) { NoAgent() }
        .breaker(after: 1, pause: .minutes(10))
    }
    var workplace = Workplace(team: team) { job, _ in job == 0 ? .minutes(1) : .minutes(5) }
    workplace.outcome = { job, _, _ in job == 0 ? .failed : .done }
    let done = try await workplace.run(.inTurn(12))
    let began = done.map { Int(($0.began / .minutes(1)).rounded()) }
    #expect(began == [0, 0, 0, 0, 11, 16, 16, 16, 16, 21, 21, 21])
  }

  @Test func whatBeganBeforeItOpenedHasNoSayAfterwards() async throws {
    let team = Team {
      Member("frail", plays: .worker, capacity: 2) { NoAgent() }
        .breaker(after: 1, pause: .minutes(10))
    }
    // The second one ends well in the pause.
    var workplace = Workplace(team: team) { job, _ in job == 1 ? .minutes(5) : .minutes(1) }
    workplace.outcome = { job, _, _ in job == 0 ? .failed : .done }
    let done = try await workplace.run(.inTurn(3))
    #expect(done[1].standing == nil)
    #expect(done[2].began - done[0].ended == .minutes(10))
    #expect(done[2].standing == .reinstated)
  }

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

  @Test(arguments: Simulation.seeds(20))
  func aRunTellsWhenAMemberIsSuspendedAndReinstated(_ seed: Seed) async throws {
    let team = Team {
      Member("frail", plays: .worker) { NoAgent() }.breaker(after: 2, pause: .minutes(10))
      Member("sound", plays: .worker) { NoAgent() }
    }
    let failures = Lock(0)
    let run = try await Simulation(of: Letters(), team: team) {
      Stub("write", as: String.self) { asked in
        guard asked.member == "frail" else { return "done" }
        let count = failures.withLock { count in
          count += 1
          return count
        }
        if count <= 2 { throw Mishap() }
        return "done"
      }.taking(.seconds(30))
    }.run(Array(1...60), seed: seed)
    #expect(try run.output == Array(repeating: "done", count: 60))
    let news = run.events.compactMap { event -> String? in
      switch event.kind {
      case .suspended, .reinstated: event.kind.summary
      default: nil
      }
    }
    #expect(news == ["suspended frail after 2 for 600.0 seconds", "reinstated frail"])
  }

  @Test func aMemberThatTakesTooLongIsSuspendedAndTheNextOneTakesOverAtOnce() async throws {
    let team = Team {
      Member("frail", plays: .worker, capacity: 2) { NoAgent() }
        .breaker(after: 2, pause: .hours(10))
      Member("sound", plays: .worker) { NoAgent() }
    }
    let run = try await Simulation(of: Letters(attempts: 5), team: team) {
      Stub("write", as: String.self) { _ in "done" }
        .fault(.late(by: .minutes(5)), on: .attempt(1)).fault(
          .late(by: .minutes(5)), on: .attempt(2))
    }.run([1])
    #expect(try run.output == ["done"])
    let attempts = try run.stage("each/write").attempts
    #expect(attempts.map(\.member) == ["frail", "frail", "sound"])
    #expect(attempts[2].start < .minutes(3))
  }
}

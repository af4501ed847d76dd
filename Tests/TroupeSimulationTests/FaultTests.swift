import Foundation
import Testing
import Troupe
import TroupeSimulation

/// What goes wrong on purpose.
@Suite struct FaultTests {
  private func run(_ fault: Fault, on occasion: Fault.Occasion = .attempt(1)) async throws
    -> SimulatedRun<Draft>
  {
    try await Simulation(of: LaunchPost()) {
      Stub(\.findings) { ["a source"] }.taking(.minutes(10)).fault(fault, on: occasion)
      Stub(\.draft) { .long }
      Stub.examples()
    }.run("cats")
  }

  private func endings(_ run: SimulatedRun<Draft>) throws -> [SimulatedStage.Attempt.Ending] {
    try run.stage("research").attempts.map(\.ending)
  }

  @Test func anAttemptFails() async throws {
    let run = try await run(.fails(Refusal("tired")), on: .attempt(2))
    #expect(try endings(run) == [.finished])
    let other = try await self.run(.fails(Refusal("tired")))
    #expect(try endings(other) == [.failed(reason: "refused: tired"), .finished])
  }

  @Test func anAttemptNeverAnswers() async throws {
    let run = try await run(.hangs)
    #expect(try endings(run) == [.timedOut(.hours(1)), .finished])
    #expect(try run.stage("research").attempts.map(\.answeredLate) == [false, false])
    #expect(try run.stage("research").end == .minutes(71))
  }

  @Test func anAnswerComesAfterTheAttemptWasGivenUp() async throws {
    let run = try await run(.late(by: .minutes(5)))
    #expect(try endings(run) == [.timedOut(.hours(1)), .finished])
    #expect(try run.stage("research").attempts.map(\.answeredLate) == [true, false])
    #expect(try run.stage("research").attempts.map(\.output) == [["a source"], ["a source"]])
    #expect(run.timeline.description.contains("01:05:00.000                 research"))
  }

  @Test func anAnswerTakesLonger() async throws {
    let run = try await run(.slow(by: .minutes(20)))
    #expect(try run.stage("research").end == .minutes(30))
  }

  @Test func anAnswerDoesNotDecode() async throws {
    let run = try await run(.garbage("I am a teapot"))
    #expect(try endings(run).count == 2)
    #expect(run.asked(of: .researcher).map(\.turn) == [1, 2, 3, 1])
    #expect(run.asked(of: .researcher)[1].feedback.map(\.rejected) == ["I am a teapot"])
  }

  @Test func workThatIsAskedForTwiceIsDoneTwiceWithOneKeyAndItsFirstAnswerCounts() async throws {
    let keys = Lock<[String]>([])
    let run = try await Simulation(of: Payment()) {
      Stub(effect: "pay") { _ in
        let count = keys.withLock { keys in
          keys.append(StageContext.current?.idempotencyKey ?? "none")
          return keys.count
        }
        if count > 1 { throw Refusal("paid already") }
      }.fault(.twice)
      Stub(\.receipt) { asked in "receipt of \(asked.attempt)" }.fault(.twice)
    }.run(12)
    #expect(try run.output == "receipt of 1")
    #expect(try run.stage("pay").attempts.map(\.ending) == [.finished])
    #expect(keys.withLock { $0.count } == 2)
    #expect(Set(keys.withLock { $0 }).count == 1)
    #expect(run.asked(of: .writer).count == 2)
  }

  @Test func theProcessEndsInTheMiddleOfAStage() async throws {
    let run = try await run(.crashes, on: .attempt(1))
    let crash = #expect(throws: SimulatedCrash.self) { try run.output }
    #expect(crash?.address == "launch-post/research")
    #expect(run.elapsed == .minutes(10))
    #expect(try endings(run) == [.unended])
    #expect(try !run.stage("draft").ran)
    #expect(run.asked.count == 1)
    #expect(
      run.timeline.description
        == "00:00:00.000                 research  researcher  has not ended")
  }

  @Test func aCrashBesideOtherWorkStopsThatToo() async throws {
    let run = try await Simulation(of: LaunchPost()) {
      Stub(\.draft) { .long }
      Stub(\.facts) { 3 }.taking(.minutes(5)).fault(.crashes)
      Stub(\.style) { 4 }.taking(.minutes(7))
      Stub.examples()
    }.run("cats")
    #expect(try run.stage("facts").attempts.map(\.ending) == [.unended])
    #expect(try run.stage("style").attempts.map(\.ending) == [.unended])
    #expect(throws: SimulatedCrash.self) { try run.output }
  }

  @Test func aFaultMayBeOfOneTakeOnly() async throws {
    let run = try await Simulation(of: LaunchPost()) {
      Stub(\.draft) { .short }.fault(.fails(Refusal("enough")), on: .take(2))
      Stub.examples()
    }.run("cats")
    #expect(
      try run.stage("draft").attempts.map(\.ending) == [
        .finished, .failed(reason: "refused: enough"),
      ])
  }

  @Test func theWallClockThatAgentsAreToldMoves() async throws {
    struct Limited: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let first = Artifact<Int>("first")
      var body: some Step {
        Stage("first", by: .writer, reads: input, writes: first) { "\($0)" }
        Stage("second", by: .critic, reads: first, writes: output) { "\($0)" }
          .timeout(.hours(1))
      }
    }
    func deadline(_ moved: Duration) async throws -> Date {
      let deadlines = Lock<[Date?]>([])
      let team = Team {
        Member("ann", plays: .writer) { ClosureAgent { _ in .json(1) } }
        Member("bob", plays: .critic) {
          ClosureAgent { assignment in
            deadlines.withLock { $0.append(assignment.deadline) }
            return .json(2)
          }
        }
      }
      let simulation = Simulation(of: Limited(), team: team) {
        Stub(\.first) { 1 }.fault(.clockMoves(by: moved))
      }
      _ = try await simulation.run(1)
      return try #require(deadlines.withLock { $0.first ?? nil })
    }
    let moved = try await deadline(.hours(-3)).timeIntervalSince(deadline(.zero))
    #expect(abs(moved + 3 * 3_600) < 0.001)
  }

  @Test func theWallClockMovesAndTimeDoesNot() async throws {
    let run = try await run(.clockMoves(by: .hours(-3)), on: .always)
    #expect(try run.stage("research").end == .minutes(10))
  }

  @Test func chanceDecidesByTheSeed() async throws {
    let simulation = Simulation(of: LaunchPost()) {
      Stub(\.findings) { ["a source"] }.fault(.fails(Refusal("tired")), on: .chance(0.5))
      Stub(\.draft) { .long }
      Stub.examples()
    }
    var attempts: [Int: Int] = [:]
    for seed in Simulation.seeds(200) {
      let run = try await simulation.run("cats", seed: seed)
      attempts[try run.stage("research").attempts.count, default: 0] += 1
    }
    #expect((70...130).contains(attempts[1] ?? 0))
    #expect((30...70).contains(attempts[2] ?? 0))
  }
}

private struct Payment: Workflow {
  let input = Artifact<Int>("sum")
  let output = Artifact<String>("receipt")
  var receipt: Artifact<String> { output }
  var body: some Step {
    Effect("pay", reads: input) { _ in }
    Stage("confirm", by: .writer, reads: input, writes: output) { "Confirm \($0)" }
  }
}

import Testing
import Troupe
import TroupeTesting

/// Each rung, for each trigger that a stage can have, on virtual time.
@Suite struct RungTests {
  private func run(
    _ mishap: Mishap, stubs: [Stub<Climbing>] = [],
    @RungBuilder rungs: @escaping @Sendable () -> [Rung]
  ) async throws -> SimulatedRun<Int> {
    let workflow = Climbing(trigger: mishap.trigger, rungs: rungs)
    return try await Simulation(of: workflow) {
      mishap.clerk()
      stubs
    }.run(1)
  }

  /// What whoever is asked decides.
  private func boss(_ rung: Int = 1, _ resolution: Resolution) -> Stub<Climbing> {
    Stub("work/@escalation(\(rung))", as: Resolution.self) { resolution }
  }

  @Test(arguments: Mishap.allCases)
  func aRetryIsOneMoreTake(_ mishap: Mishap) async throws {
    let run = try await run(mishap) { Retry() }
    #expect(try run.output == 7)
    #expect(try run.stage("work").takes == 2)
    #expect(run.rungs == ["retry"])
    let feedback = run.asked(of: .clerk).last?.feedback.map(\.reason)
    #expect(feedback == (mishap == .gateRejected ? ["'small' does not hold"] : []))
  }

  @Test(arguments: Mishap.allCases)
  func anotherRoleDoesItWhereItIsReassigned(_ mishap: Mishap) async throws {
    let run = try await run(mishap) { Reassign(to: .expert) }
    #expect(try run.output == 8)
    #expect(try run.stage("work").attempts.map(\.member) == ["clerk", "expert"])
    #expect(run.rungs == ["reassign to expert"])
  }

  @Test(arguments: Mishap.allCases)
  func whoeverIsAskedMayHaveItDoneAgainWithGuidance(_ mishap: Mishap) async throws {
    let run = try await run(mishap, stubs: [boss(1, .retry(guidance: "be brief"))]) {
      Ask(.boss, within: .hours(1))
    }
    #expect(try run.output == 7)
    #expect(run.asked(of: .clerk).last?.feedback.last?.reason == "be brief")
    #expect(run.resolutions == ["boss: retry: be brief"])
  }

  @Test(arguments: Mishap.allCases)
  func whoeverIsAskedMaySupplyTheOutput(_ mishap: Mishap) async throws {
    let run = try await run(mishap, stubs: [boss(1, .supply(9))]) {
      Ask(.boss, within: .hours(1))
    }
    #expect(try run.output == 9)
    #expect(try run.stage("work").attempts.count == 1)
  }

  @Test(arguments: Mishap.allCases)
  func whatIsSuppliedMustPassTheGates(_ mishap: Mishap) async throws {
    let run = try await run(mishap, stubs: [boss(1, .supply(900))]) {
      Ask(.boss, within: .hours(1))
      Fallback { Stage("constant", writes: Artifact<Int>("output")) { 10 } }
    }
    #expect(try run.output == 10)
    #expect(run.rungs == ["ask boss within 1 h", "fallback"])
  }

  @Test func whoeverIsAskedMayAcceptWhatWasRejected() async throws {
    let run = try await run(.gateRejected, stubs: [boss(1, .accept(reason: "good enough"))]) {
      Ask(.boss, within: .hours(1))
    }
    #expect(try run.output == 500)
    #expect(try run.stage("work").judgements.map(\.consequence) == [.fail, .waive])
    #expect(run.resolutions == ["boss: accept: good enough"])
  }

  @Test(arguments: [Mishap.timeout, .failure, .concern])
  func nothingCanBeAcceptedWhereThereIsNothing(_ mishap: Mishap) async throws {
    let run = try await run(mishap, stubs: [boss(1, .accept(reason: "fine"))]) {
      Ask(.boss, within: .hours(1))
      Retry()
    }
    #expect(try run.output == 7)
    #expect(run.asked(of: .boss).count == 3)
    #expect(
      run.asked(of: .boss).last?.feedback.last?.reason
        == "'accept' cannot be decided here; decide one of: retry, supply, abort")
  }

  @Test func whatIsSuppliedMustHaveTheTypeOfTheOutput() async throws {
    let run = try await run(.failure, stubs: [boss(1, .supply("nine"))]) {
      Ask(.boss, within: .hours(1))
      Retry()
    }
    #expect(try run.output == 7)
    let feedback = run.asked(of: .boss).last?.feedback.last?.reason
    #expect(feedback?.hasPrefix("the value cannot be used: ") == true)
  }

  @Test(arguments: Mishap.allCases)
  func whoeverIsAskedMayEndTheRun(_ mishap: Mishap) async throws {
    let run = try await run(mishap, stubs: [boss(1, .abort(reason: "off"))]) {
      Ask(.boss, within: .hours(1))
      Retry()
    }
    let aborted = try #require(throws: RunAborted.self) { try run.output }
    #expect(aborted.by == "boss")
    #expect(aborted.why == "off")
    #expect(aborted.address == "climbing/work")
    #expect(run.rungs == ["ask boss within 1 h"])
  }

  @Test(arguments: Mishap.allCases)
  func whoDoesNotAnswerInTimeIsFollowedByTheNextRung(_ mishap: Mishap) async throws {
    let silent = Stub<Climbing>("work/@escalation(1)", as: Resolution.self) { .supply(1) }
    let run = try await run(mishap, stubs: [silent.fault(.hangs), boss(2, .supply(2))]) {
      Ask(.expert, within: .hours(4))
      Ask(.boss, within: .hours(1))
    }
    #expect(try run.output == 2)
    #expect(run.elapsed > .hours(4) && run.elapsed < .hours(5))
    // What is asked is about the work, and not about who did not answer.
    #expect(run.asked(of: .boss).first?.prompt.hasPrefix("'climbing/work' cannot get") == true)
  }

  @Test(arguments: Mishap.allCases)
  func whoIsToldDecidesNothing(_ mishap: Mishap) async throws {
    let run = try await run(mishap) {
      Notify("operations")
      Notify(.boss)
      Retry()
    }
    #expect(try run.output == 7)
    #expect(run.rungs == ["notify operations", "notify boss", "retry"])
    #expect(run.asked(of: .boss).isEmpty)
  }

  @Test(arguments: Mishap.allCases)
  func otherStepsMayBeDoneInstead(_ mishap: Mishap) async throws {
    let run = try await run(mishap) {
      Fallback { Stage("constant", writes: Artifact<Int>("output")) { 10 } }
    }
    #expect(try run.output == 10)
    #expect(
      try run.stage("constant").attempts.map(\.address) == [
        "climbing/work/@escalation(1)/constant"
      ])
  }

  @Test(arguments: Mishap.allCases)
  func anAbortEndsTheRunForGood(_ mishap: Mishap) async throws {
    let run = try await run(mishap) { Abort("nobody would sign it off") }
    let aborted = try #require(throws: RunAborted.self) { try run.output }
    #expect(aborted.why == "nobody would sign it off")
    #expect(aborted.by == nil)
  }

  @Test func anAbortSaysWhyNobodyHasDecided() async throws {
    let run = try await run(.failure, stubs: [boss(1, .accept(reason: "fine"))]) {
      Ask(.boss, within: .hours(1))
      Notify("operations")
      Abort("nobody would sign it off")
    }
    let aborted = try #require(throws: RunAborted.self) { try run.output }
    let why = try #require(aborted.why)
    #expect(why.hasPrefix("nobody would sign it off; 'climbing/work/@escalation(1)' "), "\(why)")
    #expect(why.contains("'accept' cannot be decided here"), "\(why)")
  }

  @Test func anAbortDoesNotTellOfAQuestionThatOtherRungsHaveFollowed() async throws {
    let run = try await run(.failure, stubs: [boss(1, .accept(reason: "fine"))]) {
      Ask(.boss, within: .hours(1))
      Fallback { Stage("constant", writes: Artifact<Int>("output")) { 900 } }
      Abort("nobody would sign it off")
    }
    let aborted = try #require(throws: RunAborted.self) { try run.output }
    #expect(aborted.why == "nobody would sign it off")
  }

  @Test(arguments: Mishap.allCases)
  func aLadderThatEndsWithoutADecisionAborts(_ mishap: Mishap) async throws {
    let run = try await run(mishap) { Notify("operations") }
    let aborted = try #require(throws: RunAborted.self) { try run.output }
    #expect(aborted.why?.hasPrefix("its ladder ended without a decision, after ") == true)
  }
}

extension SimulatedRun {
  /// The rungs to which ladders came, in order.
  var rungs: [String] {
    events.compactMap { event in
      if case .reached(_, let what) = event.kind { what } else { nil }
    }
  }

  /// What was decided by whom.
  var resolutions: [String] {
    events.compactMap { event in
      guard case .resolved(_, let resolution, let member) = event.kind else { return nil }
      let reason = resolution.reason.map { ": \($0)" } ?? ""
      return "\(member ?? "?"): \(resolution.decision.rawValue)\(reason)"
    }
  }
}

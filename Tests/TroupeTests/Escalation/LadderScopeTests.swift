import Testing
import Troupe
import TroupeTesting

/// Which ladder is climbed, and what it is about.
@Suite struct LadderScopeTests {
  /// A stage in a phase in a phase, each of which may have rules.
  private struct Nested: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let first = Artifact<Int>("first")
    @EscalationBuilder var inner: @Sendable () -> [On]
    @EscalationBuilder var outer: @Sendable () -> [On]

    var body: some Step {
      Phase("outer") {
        Stage("first", by: .expert, reads: input, writes: first) { "First \($0)" }
        Phase("inner") {
          Stage("work", by: .clerk, reads: first, writes: output) { "Work on \($0)" }
            .timeout(.minutes(1))
        }
        .escalate { for rule in inner() { rule } }
      }
      .escalate { for rule in outer() { rule } }
    }
  }

  /// The nested work, which goes wrong the first time.
  private func run(
    decides resolution: Resolution? = nil,
    @EscalationBuilder inner: @escaping @Sendable () -> [On],
    @EscalationBuilder outer: @escaping @Sendable () -> [On]
  ) async throws -> SimulatedRun<Int> {
    let work = Stub<Nested>("work", as: Int.self) { asked in
      if !asked.address.contains("~") { throw Refusal("cannot") }
      return 7
    }
    return try await Simulation(of: Nested(inner: inner, outer: outer)) {
      Stub("first", as: Int.self) { 1 }
      work
      if let resolution { Stub(.boss) { _ in .value(resolution) } }
    }.run(1)
  }

  @Test func theNearestRuleIsTheOneThatHolds() async throws {
    let run = try await run {
      On(.failure) { Retry() }
    } outer: {
      On(.failure) { Abort("not here") }
    }
    #expect(try run.output == 7)
    #expect(run.ladders == ["outer/inner failure"])
    #expect(try run.stage("first").takes == 1)
  }

  @Test func whatTheNearestHasNoRuleForGoesOutward() async throws {
    let run = try await run {
      On(.gateRejected, .concern(.security)) { Abort("not here") }
    } outer: {
      On(.failure) { Retry() }
    }
    #expect(try run.output == 7)
    #expect(run.ladders == ["outer failure"])
    #expect(
      run.asked(of: .expert).map(\.address) == ["nested/outer/first", "nested/outer~2/first"])
  }

  @Test func guidanceIsToldToEveryStageOfAStepThatIsDoneAgain() async throws {
    let run = try await run(decides: .retry(guidance: "again")) {
      On(.timeout) { Abort("not here") }
    } outer: {
      On(.failure) { Ask(.boss, within: .hours(1)) }
    }
    #expect(run.asked(of: .expert).map { $0.feedback.map(\.reason) } == [[], ["again"]])
    #expect(run.asked(of: .clerk).map { $0.feedback.map(\.reason) } == [[], ["again"]])
  }

  @Test func whatIsSuppliedForAStepWithOneOutputIsThat() async throws {
    let run = try await run(decides: .supply(99)) {
      On(.timeout) { Abort("not here") }
    } outer: {
      On(.failure) { Ask(.boss, within: .hours(1)) }
    }
    #expect(try run.output == 99)
  }

  @Test func aRuleDoesNotHoldForTheWorkOfItsOwnRungs() async throws {
    let workflow = Climbing(trigger: .failure) {
      Retry()
      Retry()
      Fallback {
        Stage("broken", writes: Artifact<Int>("output")) { throw Refusal("too") }
      }
      Abort("enough")
    }
    let run = try await Simulation(of: workflow) {
      Stub("work", as: Int.self) { _ in throw Refusal("never") }
    }.run(1)
    #expect(run.ladders == ["work failure"])
    #expect(run.rungs == ["retry", "retry", "fallback", "abort: enough"])
    #expect(try run.stage("work").takes == 3)
  }

  @Test func whatATimeoutAroundItEndsBelongsToTheStepAround() async throws {
    struct Hurried: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")

      var body: some Step {
        Phase("hurry") {
          Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
            .escalate { On(.failure) { Ask(.boss, within: .hours(1)) } }
        }
        .timeout(.hours(2))
        .deadline(.minutes(30))
        .fallback { Stage("never", reads: input, writes: output) { $0 } }
      }

      var escalation: [On] {
        On(.timeout) { Fallback { Stage("late", reads: input, writes: output) { $0 + 50 } } }
      }
    }
    let run = try await Simulation(of: Hurried()) {
      Stub("work", as: Int.self) { throw Refusal("cannot") }
      Stub(.boss) { _ in .value(Resolution.retry()) }.fault(.hangs)
    }.run(1)
    #expect(try run.output == 51)
    #expect(run.ladders == ["hurry/work failure", " timeout"])
    #expect(run.elapsed < .minutes(31))
    #expect(try !run.stage("never").ran)
  }

  @Test func aConcernIsNeitherRetriedNorMetByARuleForFailures() async throws {
    struct Careful: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")

      var body: some Step {
        Stage("check", reads: input, writes: output) { number in
          if number == 1 { throw Concern(.compliance, "one is not allowed") }
          return number
        }
        .retry(attempts: 3)
        .escalate { On(.failure, .concern(.security)) { Retry() } }
      }
    }
    let run = try await Simulation(of: Careful()).run(1)
    #expect(try run.stage("check").attempts.count == 1)
    #expect(run.ladders == [])
    guard case .concern(let concern)? = run.failure?.failure.cause else {
      Issue.record("\(run)")
      return
    }
    #expect(concern == Concern(.compliance, "one is not allowed"))
  }

  @Test func eachElementHasALadderOfItsOwn() async throws {
    struct Spread: Workflow {
      let input = Artifact<[Int]>("input")
      let output = Artifact<[Int]>("output")

      var body: some Step {
        FanOut("each", over: input, into: output) { number, result in
          Stage("half", reads: number, writes: result) { number in
            if number % 2 == 1 { throw Refusal("odd") }
            return number / 2
          }
          .escalate { On(.failure) { Ask(.boss, within: .hours(1)) } }
        }
      }
    }
    let run = try await Simulation(of: Spread()) {
      Stub(.boss) { asked in .value(Resolution.supply(asked.address.contains("[1]") ? 10 : 30)) }
    }.run([1, 2, 3])
    #expect(try run.output == [10, 1, 30])
    #expect(
      Set(run.asked(of: .boss).map(\.address)) == [
        "spread/each/items[1]/half/@escalation(1)", "spread/each/items[3]/half/@escalation(1)",
      ])
  }

  @Test func aCalledWorkflowKeepsItsRules() async throws {
    struct Callee: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")
      var body: some Step {
        Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
      }
      var escalation: [On] {
        On(.failure) { Ask(.boss, within: .hours(1)) }
      }
    }
    struct Caller: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")
      var body: some Step {
        Call(Callee(), reads: input, writes: output)
          .escalate {
            On(.failure) { Abort("not here") }
            On(.concern(.security)) { Ask(.boss, within: .hours(2)) }
          }
      }
    }
    #expect(
      try Caller().compile().plan.nodes[1].policies.escalation?.rules.map(\.triggers) == [
        [.failure], [.concern(.security)],
      ])
    let run = try await Simulation(of: Caller()) {
      Stub("work", as: Int.self) { throw Refusal("cannot") }
      Stub(.boss) { _ in .value(Resolution.supply(5)) }
    }.run(1)
    #expect(try run.output == 5)
    #expect(run.ladders == ["callee failure"])
  }

  @Test func gatesBehindTheOneThatIsWaivedHold() async throws {
    struct Checked: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")
      var body: some Step {
        Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
          .gate("positive") { $0 > 0 }
          .gate("small") { $0 < 100 }
          .gate("even") { $0 % 2 == 0 }
          .escalate {
            On(.gateRejected) {
              Ask(.boss, within: .hours(1))
              Ask(.boss, within: .hours(1))
            }
          }
      }
    }
    let run = try await Simulation(of: Checked()) {
      Stub("work", as: Int.self) { 501 }
      Stub(.boss) { asked in .value(Resolution.accept(reason: "fine")) }
    }.run(1)
    #expect(try run.output == 501)
    #expect(
      try run.stage("work").judgements.map { "\($0.gate) \($0.consequence)" } == [
        "positive pass", "small fail", "small waive", "even fail", "even waive",
      ])
  }

  @Test func coverageCountsTheRungs() async throws {
    let workflow = Climbing(trigger: .failure) {
      Retry()
      Abort("no")
    }
    let run = try await Simulation(of: workflow) { Mishap.failure.clerk() }.run(1)
    var coverage = PlanCoverage(of: run.plan)
    coverage.add(run.events)
    #expect(coverage.description.contains("never came to rung 2 of its ladder"), "\(coverage)")
    #expect(!coverage.description.contains("rung 1"), "\(coverage)")
  }
}

extension SimulatedRun {
  /// The steps whose ladders began, without the workflow's name, and why.
  var ladders: [String] {
    events.compactMap { event in
      guard case .escalated(let trigger, _) = event.kind else { return nil }
      return "\(event.address.description.drop { $0 != "/" }.dropFirst()) \(trigger)"
    }
  }
}

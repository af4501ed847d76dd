import Testing
import Troupe

/// Compensations as part of a plan: written, read, compared, drawn and refused.
@Suite struct CompensationPlanTests {
  private func plan(_ work: @escaping @Sendable (Stage<Int>) -> Stage<Int>) throws -> Plan {
    try Trip { input, output in work(Stage("flight", reads: input, writes: output) { $0 }) }
      .compile().plan
  }

  private func whole() throws -> Plan {
    try plan { flight in
      flight
        .compensate(reads: .named("input"), retry: Retry(attempts: 3), timeout: .minutes(1)) {
          _, _ in
        }
        .compensate(ifUnfinished: { _, _ in })
    }
  }

  @Test func aCompensationIsReadAsItWasWritten() throws {
    let plan = try whole()
    #expect(try Plan(json: plan.json) == plan)
    #expect(
      plan.nodes.map(\.path.description) == [
        "trip", "trip/flight", "trip/flight/@compensation",
        "trip/flight/@compensation(unfinished)",
      ])
    #expect(plan.nodes[2].reads.map(\.name) == ["input"])
    #expect(plan.nodes[2].policies.retry?.attempts == 3)
    #expect(plan.nodes[1].policies.compensation == Compensation(finished: 2, unfinished: 3))
  }

  @Test func anotherCompensationIsAnotherPlan() throws {
    let (old, new) = (try plan { $0 }, try plan { $0.compensate { _ in } })
    #expect(old.fingerprint != new.fingerprint)
    let text = old.diff(new).description
    #expect(text.contains("trip/flight: undoes nothing → what is finished"), "\(text)")
    #expect(text.contains("trip/flight/@compensation"), "\(text)")
    #expect(old.diff(try plan { $0 }).isEmpty)
  }

  @Test func whatBecomesOfAFailureIsPartOfThePlan() throws {
    let plans = try [FailureHandling.compensate, .stop].map { handling in
      try Trip(onFailure: handling) { input, output in booking("flight", from: input, to: output) }
        .compile().plan
    }
    #expect(try Plan(json: plans[1].json) == plans[1])
    #expect(plans[0].diff(plans[1]).description == "~ trip: on failure compensate → stop")
  }

  @Test func aCompensationIsDrawnAtItsStage() throws {
    #expect(try whole().dot().contains("compensated"))
  }

  @Test(arguments: [
    (#""finished":2"#, #""finished":3"#), (#""unfinished":3"#, #""other":3"#),
  ])
  func aCompensationThatIsDamagedIsRefused(_ old: String, _ new: String) throws {
    let text = try whole().json.canonicalText
    #expect(text.contains(old))
    let changed = try JSONValue(parsing: text.replacing(old, with: new))
    #expect(throws: PlanFormatError.self) { try Plan(json: changed) }
  }

  @Test func aCompensationReadsWhatItsStageReads() throws {
    let error = #expect(throws: CompilationError.self) {
      try Trip { input, output in
        Stage("seat", reads: input, writes: .named("seat")) { $0 }
        Stage("flight", reads: input, writes: output) { $0 }
          .compensate(reads: .named("seat")) { _, _ in }
        Stage("end", reads: .named("seat"), output, writes: output) { $0 + $1 }
      }
      .compile()
    }
    #expect(
      error?.description.contains("is undone with 'seat', which it does not read itself") == true)
  }

  @Test(arguments: [1_000, 1_001])
  func manyRoundsThatMayBeUndoneAreWarnedOf(_ rounds: Int) throws {
    let program = try Trip { input, output in
      Repeat("rounds", input, upTo: rounds, until: { _ in true }) {
        booking("book", from: input, to: input)
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    .compile()
    let warnings = program.diagnostics.filter { $0.message.contains("a journal must keep") }
    #expect(warnings.count == (rounds > 1_000 ? 1 : 0))
  }

  @Test func whatIsWrittenOnlyToBeUndoneIsUsed() throws {
    let program = try Trip { input, output in
      booking("flight", from: input)
      Stage("end", reads: input, writes: output) { $0 }
    }
    .compile()
    #expect(program.diagnostics.isEmpty)
  }
}

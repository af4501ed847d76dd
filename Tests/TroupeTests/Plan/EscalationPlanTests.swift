import Testing
import Troupe

/// Ladders as part of a plan: written, read, compared and refused.
@Suite struct EscalationPlanTests {
  private struct Work: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    @RungBuilder var rungs: @Sendable () -> [Rung]

    var body: some Step {
      Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
        .escalate {
          On(.failure, .concern(.security)) { for rung in rungs() { rung } }
          On(.inDoubt) { Abort("nobody knows") }
        }
    }
  }

  private func plan(@RungBuilder _ rungs: @escaping @Sendable () -> [Rung]) throws -> Plan {
    try Work(rungs: rungs).compile().plan
  }

  private func whole() throws -> Plan {
    try plan {
      Notify("operations")
      Retry()
      Reassign(to: .expert)
      Ask(.boss, within: .hours(4))
      Fallback { Stage("guess", writes: Artifact<Int>("output")) { 1 } }
    }
  }

  @Test func aLadderIsReadAsItWasWritten() throws {
    let plan = try whole()
    #expect(try Plan(json: plan.json) == plan)
    #expect(
      plan.nodes.map(\.path.description) == [
        "work", "work/work", "work/work/@escalation(4)", "work/work/@escalation(5)",
        "work/work/@escalation(5)/guess",
      ])
    #expect(plan.roles.map(\.id) == ["clerk", "expert", "boss"])
    #expect(
      plan.nodes[1].policies.escalation?.rules.map { plan.text(of: $0) } == [
        "on failure, concern about security: notify operations → retry → reassign to expert → "
          + "ask boss within 4 h → fallback", "on in doubt: abort: nobody knows",
      ])
  }

  @Test func anotherLadderIsAnotherPlan() throws {
    let (old, new) = (try plan { Retry() }, try plan { Abort("no") })
    #expect(old.fingerprint != new.fingerprint)
    #expect(
      old.diff(new).description
        == "~ work/work: escalates on failure, concern about security: retry; on in doubt: "
        + "abort: nobody knows → on failure, concern about security: abort: no; on in doubt: "
        + "abort: nobody knows")
    #expect(old.diff(try plan { Retry() }).isEmpty)
  }

  @Test(arguments: [
    (#""ask":2"#, #""ask":3"#), (#""reassign":"expert""#, #""reassign":"nobody""#),
    (#""inDoubt""#, #""unsure""#), (#""notify":"operations""#, #""tell":"operations""#),
    (#""fallback":3"#, #""fallback":2"#),
  ])
  func aLadderThatIsDamagedIsRefused(_ old: String, _ new: String) throws {
    let text = try whole().json.canonicalText
    #expect(text.contains(old))
    let changed = try JSONValue(parsing: text.replacing(old, with: new))
    #expect(throws: PlanFormatError.self) { try Plan(json: changed) }
  }
}

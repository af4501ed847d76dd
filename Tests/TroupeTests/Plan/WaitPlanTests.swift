import Foundation
import Testing
import Troupe

/// Waits and marks of work in a plan's JSON, in differences and in pictures.
@Suite struct WaitPlanTests {
  private struct Waiting: Workflow {
    let input = Artifact<Date>("date")
    let output = Artifact<Int>("number")
    var body: some Step {
      Wait(for: Signal<Int>("number"), writes: output, within: .hours(48))
      Wait(until: input)
      Wait("cool down", lasting: .hours(24))
      Effect("publish", reads: output) { _ in }.atMostOnce()
    }
  }

  @Test func aPlanWithWaitsIsReadBackFromItsJSON() throws {
    let plan = try Waiting().compile().plan
    #expect(try Plan(json: JSONValue(parsing: plan.json.canonicalText)) == plan)
    guard case .array(let parts)? = plan.json["nodes"] else { return }
    let nodes = parts.map { node in
      "\(node["wait"]?.canonicalText ?? "") \(node["policies"]?.canonicalText ?? "")"
    }
    #expect(
      nodes == [
        " ", #"{"for":"signal","payload":"Int","signal":"number","within":"PT48H"} "#,
        #"{"for":"instant"} "#, #"{"for":"span","length":"PT24H"} "#,
        #" {"occurrence":"atMostOnce"}"#,
      ])
  }

  @Test(arguments: [
    (
      #""within":"PT48H""#, #""within":"PT0S""#,
      "'nodes[1].wait.within' of this plan should be a duration longer than zero, and is \"PT0S\""
    ),
    (
      #""length":"PT24H""#, #""length":"-PT1H""#,
      "'nodes[3].wait.length' of this plan should be a duration longer than zero, and is \"-PT1H\""
    ),
    (
      #""signal":"number""#, #""signal":"""#,
      "'nodes[1].wait.signal' of this plan should be the name of a signal, and is \"\""
    ),
    (
      #""for":"instant""#, #""for":"ever""#,
      "'nodes[2].wait.for' of this plan should be one of signal, instant, span, and is \"ever\""
    ),
    (
      #""payload":"Int""#, #""payload":"String""#,
      "node 1 of this plan, 'waiting/number', waits for a signal of type 'String' and writes "
        + "another type"
    ),
    (
      #""name":"cool down","#, #""name":"cool down","writes":[{"name":"number","type":"Int"}],"#,
      "node 3 of this plan, 'waiting/cool down', waits for time and writes, which only signals do"
    ),
    (
      #""name":"cool down","#, #""name":"cool down","policies":{"timeout":"PT1H"},"#,
      "node 3 of this plan, 'waiting/cool down', is a wait and has a timeout, which no wait has"
    ),
    (
      #""name":"cool down","#, #""name":"cool down","policies":{"occurrence":"probe"},"#,
      "node 3 of this plan, 'waiting/cool down', is no stage and has an occurrence, which only "
        + "stages have"
    ),
    (
      #""occurrence":"atMostOnce""#, #""occurrence":"twice""#,
      "'nodes[4].policies.occurrence' of this plan should be one of atLeastOnce, atMostOnce, "
        + "probe, and is \"twice\""
    ),
  ])
  func aWaitThatMakesNoSenseIsRefused(old: String, new: String, message: String) throws {
    let text = try Waiting().compile().plan.json.canonicalText
    #expect(text.contains(old), "nothing to change in \(text)")
    let changed = try JSONValue(parsing: text.replacing(old, with: new))
    #expect(
      #expect(throws: PlanFormatError.self) { try Plan(json: changed) }?.description == message)
  }

  @Test func aWaitWithChildrenIsRefused() throws {
    var plan = try Waiting().compile().plan
    plan.nodes[0].children = [1, 2, 3]
    plan.nodes[3].children = [4]
    plan.nodes[4].path = plan.nodes[3].path.appending("publish")
    #expect(
      #expect(throws: PlanFormatError.self) { try Plan(json: plan.json) }?.description
        == "node 3 of this plan, 'waiting/cool down', is a wait and has children, which no wait has"
    )
  }

  @Test func whatIsDifferentIsToldInWords() throws {
    let plan = try Waiting().compile().plan
    var new = plan
    new.nodes[1].kind = .wait(
      .signal(Node.Awaited("digit", payload: "Int", within: .hours(48) + .milliseconds(1))))
    new.nodes[2].kind = .wait(.span(.hours(2)))
    new.nodes[3].kind = .wait(.span(.hours(25)))
    new.nodes[4].policies.occurrence = .probe
    #expect(
      plan.diff(new).description == """
        ~ waiting/number: wait for signal 'number', within 2 d → for signal 'digit', within 2 d, \
        wait {"for":"signal","payload":"Int","signal":"digit","within":"PT48H"} → \
        {"for":"signal","payload":"Int","signal":"digit","within":"PT48H0.001S"}
        ~ waiting/wait: wait until an instant → for 2 h
        ~ waiting/cool down: wait for 1 d → for 1 d 1 h
        ~ waiting/publish: at most once → probed
        """)
  }

  @Test func waitsAreDrawnInAShapeOfTheirOwn() throws {
    let plan = try Waiting().compile().plan
    let lines = plan.mermaid().split(separator: "\n").filter { $0.contains("  n") }.dropLast()
    #expect(
      lines.prefix(6).map(String.init) == [
        #"  n0(["date<br/>Date"])"#, #"  n1[/"number<br/>signal · within 2 d"/]"#,
        #"  n2[/"wait<br/>until date"/]"#, #"  n3[/"cool down<br/>for 1 d"/]"#,
        #"  n4>"publish<br/>at most once"]"#, #"  n5(["number<br/>Int"])"#,
      ])
    #expect(plan.dot().split(separator: "\n").count { $0.contains("shape=parallelogram") } == 3)
  }
}

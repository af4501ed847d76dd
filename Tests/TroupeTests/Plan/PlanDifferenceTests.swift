import Testing
import Troupe

@Suite struct PlanDifferenceTests {
  struct Before: Workflow {
    var name: String { "post" }
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")
    struct Parameters: Codable, Sendable { var words = 600 }
    var parameters = Parameters()
    var body: some Step {
      Stage("draft", by: Role("writer"), reads: input, writes: output) { $0 }
        .gate("long", otherwise: .rework(upTo: 3)) { _ in true }
        .timeout(.minutes(10))
      Stage("old", reads: output, writes: output) { $0 }
    }
  }

  struct After: Workflow {
    var name: String { "post" }
    var version: String? { "2" }
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")
    struct Parameters: Codable, Sendable { var words = 800 }
    var parameters = Parameters()
    var body: some Step {
      Stage("draft", by: Role("author"), reads: input, writes: output) { $0 }
        .gate("long", otherwise: .rework(upTo: 2)) { _ in true }
        .retry(attempts: 2)
      Stage("new", by: Role("author"), reads: output, writes: output) { $0 }
    }
  }

  @Test func differencesAreToldInWords() throws {
    let difference = try Before().compile().plan.diff(After().compile().plan)
    #expect(
      difference.description == """
        ~ version: none → 2
        ~ parameter 'words': 600 → 800
        - role 'writer'
        + role 'author'
        ~ post/draft: role writer → author, retry none → 2 attempts, timeout 10 min → none, \
        gate 'long' rework up to 3 → rework up to 2
        - post/old: stage, reads text, writes text
        + post/new: stage by author, reads text, writes text
        """)
  }

  @Test func whoDecidesAGateIsTold() throws {
    let by = [nil, Gate.Review(node: 2), Gate.Review(node: 2, passing: 0.8)]
    let plans = try by.map { review in
      var plan = try Before().compile().plan
      plan.nodes[1].policies.gates[0].review = review
      return plan
    }
    #expect(
      plans[0].diff(plans[1]).description == "~ post/draft: gate 'long' by code → by review")
    #expect(
      plans[1].diff(plans[2]).description
        == "~ post/draft: gate 'long' by review → by review passing 0.8")
  }

  @Test func equalPlansDoNotDiffer() throws {
    let plan = try EveryConstruct().compile().plan
    #expect(plan.diff(plan).isEmpty)
  }

  @Test func anotherOrderOfStepsIsTold() throws {
    let plan = try EveryConstruct().compile().plan
    var other = plan
    other.nodes[0].children.swapAt(0, 1)
    #expect(
      plan.diff(other).description == "~ every-construct: its steps are in another order")
  }

  /// Two plans that differ in a single node.
  private func difference(
    _ change: (inout Node) -> Void, _ other: (inout Node) -> Void
  ) -> String {
    func plan(_ change: (inout Node) -> Void) -> Plan {
      var step = Node(
        id: 1, path: Path(text: "post/step"), kind: .stage, name: "step",
        writes: [ArtifactUse("text", type: "String")])
      change(&step)
      return Plan(
        workflow: "post", input: ArtifactUse("topic", type: "String"),
        output: ArtifactUse("text", type: "String"),
        nodes: [
          Node(id: 0, path: Path(text: "post"), kind: .sequence, name: "post", children: [1]), step,
        ])
    }
    let (old, new) = (plan(change), plan(other))
    #expect(old.fingerprint != new.fingerprint)
    return old.diff(new).description
  }

  @Test func noDifferenceIsTooSmallToBeTold() {
    let text = ArtifactUse("text", type: "String")
    let gates = [
      Gate("long", judges: [text], otherwise: .fail),
      Gate("good", judges: [text], otherwise: .accept),
    ]
    func call(_ output: String) -> Node.Kind {
      .call(
        Node.Invocation(
          workflow: "called", version: nil, input: text,
          output: ArtifactUse(output, type: "String")))
    }
    func spread(_ collectsOutcomes: Bool) -> Node.Kind {
      .fanOut(
        Node.Spread(
          element: text, result: text, width: nil, tolerated: 0, endsEarly: false,
          collectsOutcomes: collectsOutcomes))
    }
    func backoff(_ factor: Double) -> Retry {
      Retry(attempts: 2, backoff: .exponential(from: .seconds(1), factor: factor))
    }
    #expect(
      difference {
        $0.policies.timeout = .seconds(3_661)
      } _: {
        $0.policies.timeout = .seconds(3_662)
      } == "~ post/step: timeout PT1H1M1S → PT1H1M2S")
    #expect(
      difference {
        $0.policies.gates = gates
      } _: {
        $0.policies.gates = gates.reversed()
      }
        == "~ post/step: gates in the order 'good', 'long'")
    #expect(
      difference {
        $0.policies.retry = backoff(2)
      } _: {
        $0.policies.retry = backoff(3)
      }
        == "~ post/step: factor of pauses 2 → 3")
    #expect(
      difference {
        $0.kind = call("a")
      } _: {
        $0.kind = call("b")
      }.contains("call "))
    #expect(
      difference {
        $0.kind = spread(false)
      } _: {
        $0.kind = spread(true)
      }.contains("fan-out "))
    #expect(
      difference {
        $0.name = "step"
      } _: {
        $0.name = "other"
      }
        == "~ post/step: name 'step' → 'other'")
  }

  @Test func noDifferenceHidesBehindAnother() {
    let text = ArtifactUse("text", type: "String")
    func retry(_ attempts: Int, _ initial: Duration, upTo limit: Duration, _ jitter: Double)
      -> Retry
    {
      Retry(
        attempts: attempts, backoff: .exponential(from: initial, upTo: limit, jitter: jitter))
    }
    func spread(_ width: Int, of element: String, collectsOutcomes: Bool) -> Node.Kind {
      .fanOut(
        Node.Spread(
          element: ArtifactUse(element, type: "Int"), result: text, width: width, tolerated: 0,
          endsEarly: false, collectsOutcomes: collectsOutcomes))
    }
    func call(_ version: String, _ input: String) -> Node.Kind {
      .call(
        Node.Invocation(
          workflow: "called", version: version, input: ArtifactUse(input, type: "Int"),
          output: text))
    }
    #expect(
      difference {
        $0.policies.timeout = .seconds(1)
        $0.policies.retry = retry(2, .seconds(1), upTo: .seconds(60), 0)
      } _: {
        $0.policies.timeout = .seconds(2)
        $0.policies.retry = retry(3, .milliseconds(1_010), upTo: .seconds(120), 0.5)
      }
        == "~ post/step: retry 2 attempts → 3 attempts, first pause PT1S → PT1.01S, "
        + "longest pause 1 min → 2 min, jitter 0 → 0.5, timeout 1 s → 2 s")
    #expect(
      difference {
        $0.kind = spread(2, of: "a", collectsOutcomes: false)
      } _: {
        $0.kind = spread(3, of: "b", collectsOutcomes: true)
      } == """
        ~ post/step: fan-out 2 at once → 3 at once, \
        fan-out {"element":{"name":"a","type":"Int"},"result":{"name":"text","type":"String"},\
        "width":3} → {"collectsOutcomes":true,"element":{"name":"b","type":"Int"},\
        "result":{"name":"text","type":"String"},"width":3}
        """)
    #expect(
      difference {
        $0.kind = call("1", "a")
      } _: {
        $0.kind = call("2", "b")
      }.hasPrefix("~ post/step: call called 1 → called 2, call {\"input\":{\"name\":\"a\""))
    #expect(
      difference {
        $0.kind = .parallel
      } _: {
        $0.kind = spread(3, of: "a", collectsOutcomes: false)
        $0.role = "none"
      } == "~ post/step: kind parallel → fan-out, 3 at once, role none → \"none\"")
  }

  @Test func anotherOrderOfGatesIsToldBesideANewGate() {
    func gate(_ name: String) -> Gate { Gate(name, judges: [], otherwise: .fail) }
    #expect(
      difference {
        $0.policies.gates = [gate("long"), gate("good")]
      } _: {
        $0.policies.gates = [gate("good"), gate("long"), gate("new")]
      } == "~ post/step: gate 'new' added, gates in the order 'good', 'long', 'new'")
  }

  @Test func anotherOrderOfRolesIsToldWhereNothingElseIsDifferent() throws {
    let plan = try After().compile().plan
    var (old, new) = (plan, plan)
    old.roles = [Role("author"), Role("editor")]
    new.roles = old.roles.reversed()
    #expect(old.diff(new).description == "~ post: the order of roles or nodes")
    #expect(old.diff(old).isEmpty)
  }

  @Test func parametersThatAreNoObjectAreComparedAsAWhole() throws {
    let plan = try After().compile().plan
    var (old, new) = (plan, plan)
    old.parameters = [1, 2]
    #expect(old.diff(new).description == #"~ parameters: [1,2] → {"words":800}"#)
    new.parameters = [1, 3]
    #expect(old.diff(new).description == "~ parameters: [1,2] → [1,3]")
  }
}

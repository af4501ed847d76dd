import Testing
import Troupe

/// Reading a plan refuses what compiling one refuses, and says where and why.
@Suite struct PlanRefusalTests {
  /// Changes the text of a sound plan in one place and reads it.
  private func refusal(_ old: String, _ new: String) throws -> String? {
    let text = try Sound().compile().plan.json.canonicalText
    #expect(text.contains(old), "nothing to change in \(text)")
    let changed = try JSONValue(parsing: text.replacing(old, with: new))
    return #expect(throws: PlanFormatError.self) { try Plan(json: changed) }?.description
  }

  @Test(arguments: [
    (#""timeout":"PT1M""#, #""timeout":"-PT1S""#, "timeout", "longer than zero", #""-PT1S""#),
    (#""timeout":"PT1M""#, #""timeout":"PT0S""#, "timeout", "longer than zero", #""PT0S""#),
    (#""deadline":"PT1H""#, #""deadline":"PT0S""#, "deadline", "longer than zero", #""PT0S""#),
  ])
  func aLimitThatIsNoTimeIsRefused(
    old: String, new: String, key: String, expected: String, found: String
  ) throws {
    #expect(
      try refusal(old, new)
        == "'nodes[2].policies.\(key)' of this plan should be a duration \(expected), "
        + "and is \(found)")
  }

  @Test(arguments: [
    (#""attempts":3"#, #""attempts":0"#, "retry.attempts", "a whole number from 1 on", "0"),
    (#""factor":2"#, #""factor":-1"#, "retry.backoff.factor", "a number from 1 on", "-1"),
    (#""factor":2"#, #""factor":0.5"#, "retry.backoff.factor", "a number from 1 on", "0.5"),
    (#""factor":2"#, #""factor":"2""#, "retry.backoff.factor", "a number from 1 on", #""2""#),
    (#""jitter":0.25"#, #""jitter":7"#, "retry.backoff.jitter", "a number from 0 to 1", "7"),
    (#""jitter":0.25"#, #""jitter":-0.1"#, "retry.backoff.jitter", "a number from 0 to 1", "-0.1"),
    (
      #""initial":"PT1S""#, #""initial":"P1D""#, "retry.backoff.initial",
      "an ISO 8601 duration like PT1H30M", #""P1D""#
    ),
    (#""rework":2"#, #""rework":0"#, "gates[0].otherwise.rework", "a whole number from 1 on", "0"),
    (
      #""then":"fail""#, #""then":"x""#, "gates[0].otherwise.then", "one of fail, accept, escalate",
      #""x""#
    ),
  ])
  func aPolicyOutOfItsRangeIsRefused(
    old: String, new: String, key: String, expected: String, found: String
  ) throws {
    #expect(
      try refusal(old, new)
        == "'nodes[2].policies.\(key)' of this plan should be \(expected), and is \(found)")
  }

  @Test(arguments: [
    (#""width":4"#, #""width":0"#, "fan-out.width", "a whole number from 1 on", "0"),
    (#""width":4"#, #""tolerated":-1"#, "fan-out.tolerated", "a whole number from 0 on", "-1"),
    (#""width":4"#, #""endsEarly":1"#, "fan-out.endsEarly", "true or false", "1"),
  ])
  func aDetailOutOfItsRangeIsRefused(
    old: String, new: String, key: String, expected: String, found: String
  ) throws {
    #expect(
      try refusal(old, new)
        == "'nodes[3].\(key)' of this plan should be \(expected), and is \(found)")
  }

  @Test func theRoundsOfALoopAreAtLeastOne() throws {
    #expect(
      try refusal(#""limit":5"#, #""limit":0"#)
        == "'nodes[5].repeat.limit' of this plan should be a whole number from 1 on, and is 0")
  }

  @Test(arguments: [
    (
      #"{"id":"writer"}"#, #"{"id":"writer"},{"id":"writer"}"#,
      "the role 'writer' stands twice among the roles of this plan"
    ),
    (
      #"{"id":"writer"}"#, #"{"id":"author"}"#,
      "node 2 of this plan, 'sound/write/draft', has the role 'writer', which is not among the "
        + "roles of this plan"
    ),
    (
      #""path":"sound/write/draft""#, #""path":"sound/write/drift""#,
      "node 2 of this plan has the path 'sound/write/drift', and by its name and place it should "
        + "be 'sound/write/draft'"
    ),
    (
      #""children":[1,3,5,7],"#, #""children":[1,3,5],"#,
      "node 7 of this plan is no child of any other"
    ),
    (
      #""children":[1,3,5,7],"#, #""children":[1,3,6,7],"#,
      "node 5 of this plan is not where its parent says: the nodes must stand in pre-order, "
        + "each with the number of its place"
    ),
    (
      #""name":"each","path":"sound/each""#, #""name":"write","path":"sound/write""#,
      "node 0 of this plan, 'sound', has two children named 'write'"
    ),
    (
      #""children":[2],"id":1,"kind":"sequence""#, #""children":[2],"id":1,"kind":"stage""#,
      "node 1 of this plan, 'sound/write', is a stage and has children, which no stage has"
    ),
    (
      #""id":1,"kind":"sequence","#, #""id":1,"kind":"sequence","role":"writer","#,
      "node 1 of this plan, 'sound/write', is no stage and has a role, which only stages have"
    ),
    (
      #""id":1,"kind":"sequence","#,
      #""id":1,"kind":"sequence","policies":{"retry":{"attempts":2}},"#,
      "node 1 of this plan, 'sound/write', is no stage and has a retry, which only stages have"
    ),
    (
      #""name":"good","#, #""name":"long","#,
      "node 2 of this plan, 'sound/write/draft', has two gates named 'long'"
    ),
    (
      #""name":"good","#, #""name":"","#,
      "node 2 of this plan, 'sound/write/draft', has a gate with an empty name"
    ),
  ])
  func whatDoesNotFitTogetherIsRefused(old: String, new: String, message: String) throws {
    #expect(try refusal(old, new) == message)
  }

  @Test func aReviewByNoRoleIsRefused() throws {
    var plan = try EveryConstruct().compile().plan
    let id = try #require(plan.nodes.firstIndex { $0.path.description.hasSuffix("(reads well)") })
    plan.nodes[id].role = nil
    #expect(
      #expect(throws: PlanFormatError.self) { try Plan(json: plan.json) }?.description.contains(
        "has a gate 'reads well' that is reviewed by no stage of a role") == true)
  }

  @Test func aNodeWithoutANameIsRefused() throws {
    var plan = try Sound().compile().plan
    plan.nodes[7].name = ""
    plan.nodes[7].path = Path(text: "sound/")
    #expect(
      #expect(throws: PlanFormatError.self) { try Plan(json: plan.json) }?.description
        == "node 7 of this plan, 'sound/', has an empty name")
  }

  @Test(arguments: [
    (#""kind":"repeat""#, #""kind":"polka""#, "a kind of node that this version of Troupe knows"),
    (#""format":1"#, #""format":1.5"#, "a whole number"),
    (#""nodes":["#, #""nodes":0,"x":["#, "a list"),
    (#""policies":{"#, #""policies":0,"x":{"#, "an object"),
    (
      #""location":"TroupeTests"#, #""location":"here","x":"TroupeTests"#,
      "a place in source like File.swift:3:7"
    ),
  ])
  func aPartOfAnotherFormIsRefused(old: String, new: String, expected: String) throws {
    #expect(try refusal(old, new)?.contains(" of this plan should be \(expected), and is ") == true)
  }

  @Test(arguments: [
    (#""kind":"repeat""#, "'nodes[5]' of this plan has no 'kind'"),
    (#""workflow":"sound""#, "the whole of this plan has no 'workflow'"),
    (#""attempts":3"#, "'nodes[2].policies.retry' of this plan has no 'attempts'"),
  ])
  func aMissingPartIsNamed(part: String, message: String) throws {
    #expect(try refusal(part, #""other":0"#) == message)
  }

  @Test func aPlanWithoutNodesIsRefused() throws {
    var plan = try Sound().compile().plan
    plan.nodes = []
    #expect(
      #expect(throws: PlanFormatError.self) { try Plan(json: plan.json) }?.description
        == "this plan has no nodes")
  }

  @Test func aPlanThatNestsTooDeepIsRefused() {
    func name(_ id: Int) -> String { id == 0 ? "w" : "s" }
    var path = Path(root: "w")
    let nodes = (0..<600).map { id in
      if id > 0 { path = path.appending("s") }
      return Node(
        id: id, path: path, kind: .sequence, name: name(id), children: id < 599 ? [id + 1] : [])
    }
    let use = ArtifactUse("text", type: "String")
    let plan = Plan(workflow: "w", input: use, output: use, nodes: nodes)
    #expect(
      #expect(throws: PlanFormatError.self) { try Plan(json: plan.json) }?.description
        == "this plan nests deeper than 512 nodes")
  }

  private struct Sound: Workflow {
    let input = Artifact<[Int]>("in")
    let output = Artifact<Int>("out")
    let text = Artifact<String>("text")
    let each = Artifact<[Int]>("each")

    var body: some Step {
      Phase("write") {
        Stage("draft", by: Role("writer"), reads: input, writes: text) { "\($0)" }
          .gate("long", otherwise: .rework(upTo: 2)) { _ in true }
          .gate("good", otherwise: .accept) { _ in true }
          .retry(attempts: 3, backoff: .exponential(from: .seconds(1)))
          .timeout(.minutes(1))
          .deadline(.hours(1))
      }
      FanOut("each", over: input, into: each, atMost: 4) { number, result in
        Stage("double", reads: number, writes: result) { $0 * 2 }
      }
      Repeat("polish", text, upTo: 5, until: { $0.count > 9 }) {
        Stage("revise", reads: text, writes: text) { $0 + "!" }
      }
      Stage("end", reads: each, text, writes: output) { _, _ in 0 }
    }
  }
}

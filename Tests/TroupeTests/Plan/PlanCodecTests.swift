import Foundation
import Testing
import Troupe
import TroupeSimulation

@Suite struct PlanCodecTests {
  private func plans() throws -> [Plan] {
    [try LaunchPost().compile().plan, try EveryConstruct().compile().plan]
  }

  @Test func aPlanReadBackFromItsJSONIsTheSame() throws {
    for plan in try plans() {
      let back = try Plan(json: JSONValue(parsing: plan.json.prettyText))
      #expect(back == plan)
      #expect(back.json == plan.json)
      #expect(back.fingerprint == plan.fingerprint)
      let viaCoder = try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan))
      #expect(viaCoder == plan)
    }
  }

  /// What a workflow may take as its parameters: any Codable value.
  private struct With<Parameters: Codable & Sendable>: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    var name: String { "with" }
    var parameters: Parameters
    var body: some Step {
      Stage("pass", reads: input, writes: output) { $0 }.timeout(.seconds(Int64.max))
    }
  }

  @Test func parametersMayBeAnyValue() throws {
    for plan in [
      try With(parameters: [1, 2]).compile().plan, try With(parameters: "a").compile().plan,
      try With(parameters: 1.5).compile().plan, try With(parameters: Int?.none).compile().plan,
      try With(parameters: ["a": 1]).compile().plan,
    ] {
      #expect(try Plan(json: JSONValue(parsing: plan.json.canonicalText)) == plan)
    }
  }

  @Test func theJSONOfASmallPlanReadsWell() throws {
    let workflow = Small()
    let text = try workflow.compile().plan.json.prettyText
      .replacing(/TroupeTests\/PlanCodecTests.swift:\d+:\d+/, with: "HERE")
    #expect(
      text == """
        {
          "format": 1,
          "input": {
            "name": "in",
            "type": "Int"
          },
          "nodes": [
            {
              "children": [
                1
              ],
              "id": 0,
              "kind": "sequence",
              "name": "small",
              "path": "small"
            },
            {
              "id": 1,
              "kind": "stage",
              "location": "HERE",
              "name": "add",
              "path": "small/add",
              "policies": {
                "gates": [
                  {
                    "judges": [
                      {
                        "name": "out",
                        "type": "Int"
                      }
                    ],
                    "location": "HERE",
                    "name": "positive",
                    "otherwise": {
                      "rework": 2,
                      "then": "accept"
                    }
                  }
                ],
                "timeout": "PT1M30S"
              },
              "reads": [
                {
                  "name": "in",
                  "type": "Int"
                }
              ],
              "writes": [
                {
                  "name": "out",
                  "type": "Int"
                }
              ]
            }
          ],
          "output": {
            "name": "out",
            "type": "Int"
          },
          "parameters": {
            "step": 1
          },
          "workflow": "small"
        }
        """)
  }

  @Test func theFingerprintLeavesLocationsOutAndHoldsEverythingElse() throws {
    let plan = try Small().compile().plan
    var moved = plan
    moved.nodes[1].location = SourceLocation(fileID: "a", filePath: nil, line: 1, column: 1)
    #expect(moved.fingerprint == plan.fingerprint)
    #expect(moved == plan)
    var other = Small()
    other.parameters.step = 2
    #expect(try other.compile().plan.fingerprint != plan.fingerprint)
    moved.nodes[1].policies.timeout = .seconds(91)
    #expect(moved.fingerprint != plan.fingerprint)
  }

  @Test(arguments: [
    ("{}", "this is no plan: it has no 'format'"),
    (
      #"{"format": 2}"#,
      "this plan has format 2, and this version of Troupe reads format 1"
    ),
    (
      #"{"format":1,"workflow":7}"#,
      "'workflow' of this plan should be text, and is 7"
    ),
    (
      #"{"format":1,"workflow":"w","input":{"name":"i","type":"Int"},"#
        + #""output":{"name":"o","type":"Int"},"#
        + #""nodes":[{"id":0,"kind":"dance","name":"w","path":"w"}]}"#,
      "'nodes[0].kind' of this plan should be a kind of node that this version of Troupe knows, "
        + "and is \"dance\""
    ),
    (
      #"{"format":1,"workflow":"w","input":{"name":"i","type":"Int"},"#
        + #""output":{"name":"o","type":"Int"},"#
        + #""nodes":[{"id":0,"kind":"sequence","name":"w","path":"w","children":[0]}]}"#,
      "node 1 of this plan is not where its parent says: the nodes must stand in pre-order, "
        + "each with the number of its place"
    ),
  ])
  func aBadPlanIsRefusedWithItsPlace(_ text: String, _ message: String) throws {
    let error = #expect(throws: PlanFormatError.self) {
      try Plan(json: JSONValue(parsing: text))
    }
    #expect(error?.description == message)
  }

  @Test func mangledPlansNeverCrashTheReader() throws {
    let bytes = Array(try EveryConstruct().compile().plan.json.canonicalText.utf8)
    var random = SeededGenerator(seed: 7)
    var refused = 0
    for _ in 0..<500 {
      var mangled = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        mangled[Int.random(in: 0..<mangled.count, using: &random)] =
          UInt8.random(in: 32...126, using: &random)
      }
      do {
        _ = try Plan(json: JSONValue(parsing: mangled))
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }

  struct Small: Workflow {
    struct Parameters: Codable, Sendable { var step = 1 }
    var parameters = Parameters()
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    var body: some Step {
      Stage("add", reads: input, writes: output) { $0 + parameters.step }
        .gate("positive", otherwise: .rework(upTo: 2, then: .accept)) { $0 > 0 }
        .timeout(.seconds(90))
    }
  }
}

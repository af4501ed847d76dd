import Foundation
import Testing
import Troupe

@Suite struct DiagramTests {
  struct Small: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")
    var body: some Step {
      Stage("draft", by: Role("writer"), reads: input, writes: output) { $0 }
        .gate("long", otherwise: .rework(upTo: 3)) { _ in true }
        .retry(attempts: 2)
    }
  }

  @Test func aSmallPlanIsDrawnInDOT() throws {
    let lines = try Small().compile().plan.dot().split(separator: "\n").map(String.init)
    #expect(lines.first == "digraph \"small\" {")
    let body = lines.filter { $0.hasPrefix("  n") && !$0.hasPrefix("  node") }
    let quiet = "<FONT POINT-SIZE=\"9\" COLOR=\"#5F6B7A\">"
    #expect(
      body == [
        "  n0 [shape=oval, style=filled, fillcolor=\"#EEF1F5\", penwidth=1.2, "
          + "label=<<B>topic</B><BR/>\(quiet)String</FONT>>]",
        "  n1 [fillcolor=\"#DCEBF8\", color=\"#2F7DBF\", label=<<B>draft</B><BR/>"
          + "\(quiet)writer</FONT><BR/>\(quiet)2 attempts</FONT>>]",
        "  n2 [shape=diamond, style=filled, fillcolor=\"#FFF4EC\", color=\"#C2561A\", "
          + "margin=\"0.02,0.02\", label=<long<BR/>\(quiet)then fail</FONT>>]",
        "  n3 [shape=oval, style=filled, fillcolor=\"#EEF1F5\", penwidth=2.2, "
          + "label=<<B>text</B><BR/>\(quiet)String</FONT>>]",
        "  n1 -> n2",
        "  n2 -> n1 [label=< rework ≤ 3 >, constraint=false, style=dashed, color=\"#C2561A\", "
          + "fontcolor=\"#C2561A\"]",
        "  n0 -> n1",
        "  n2 -> n3 [label=< pass >]",
      ])
  }

  @Test func aSmallPlanIsDrawnInMermaid() throws {
    #expect(
      try Small().compile().plan.mermaid(artifacts: true) == """
        flowchart TB
          n0(["topic<br/>String"])
          n1["draft<br/>writer<br/>2 attempts"]:::role0
          n2{"long<br/>then fail"}:::gate
          n3(["text<br/>String"])
          n1 -->|"text"| n2
          n2 -.->|"rework ≤ 3"| n1
          n0 --> n1
          n2 -->|"pass"| n3
          classDef role0 fill:#DCEBF8,stroke:#2F7DBF
          legend0["writer"]:::role0
          classDef gate fill:#FFF4EC,stroke:#C2561A

        """)
  }

  struct Hostile: Workflow {
    let name: String
    let input = Artifact<String>("in")
    let output = Artifact<String>("out")
    var body: some Step {
      Phase(name) {
        Stage(name, by: Role(name), reads: input, writes: output) { $0 }.gate(name) { _ in true }
      }
      Choose(name + "?", on: output) {
        When(name) { _ in
          true
        } then: {
          Effect(name, reads: output) { _ in }
        }
      }
    }
  }

  static let hostileNames = [
    "with \"quotes\" and \\ backslash\\", "two\nlines\r\nand a tab\t", "<b>&amp;</b> -> x",
    "emoji 🎭👩‍👩‍👧", "עברית and العربية", "end", "\u{0}\u{1B}[31m", "]]>--{}|;#`", " ",
  ]

  @Test(.enabled(if: Graphviz.isInstalled, "install Graphviz to check diagrams"))
  func everyDiagramIsAcceptedByGraphviz() throws {
    var plans = [try EveryConstruct().compile().plan, try LaunchPost().compile().plan]
    for name in Self.hostileNames { plans.append(try Hostile(name: name).compile().plan) }
    for plan in plans {
      for artifacts in [false, true] {
        let said = try Graphviz.complaints(about: plan.dot(artifacts: artifacts))
        #expect(said == "", "\(plan.workflow.debugDescription)")
      }
    }
  }

  @Test func namesNeverEndALabelInMermaid() throws {
    for name in Self.hostileNames {
      let text = try Hostile(name: name).compile().plan.mermaid()
      for line in text.split(separator: "\n") where line.contains("\"") {
        #expect(line.count { $0 == "\"" } == 2, "\(line)")
      }
    }
  }

  @Test func everyStepOfAPlanIsInItsPicture() throws {
    let plan = try EveryConstruct().compile().plan
    // What undoes a stage is a word in its box, and so are those who review it.
    let stages = plan.nodes.filter {
      $0.kind == .stage && !$0.path.isCompensation && !$0.path.isReview
    }
    for text in [plan.dot(ladders: true), plan.mermaid(ladders: true)] {
      for stage in stages { #expect(text.contains(stage.name)) }
      #expect(text.ranges(of: "compensated").count == 4)
      for gate in plan.nodes.flatMap(\.policies.gates) { #expect(text.contains(gate.name)) }
    }
  }

  @Test func edgesSayWhatWasWrittenIfAsked() throws {
    let plan = try LaunchPost().compile().plan
    #expect(plan.dot(artifacts: true).contains("label=< findings >"))
    #expect(!plan.dot().contains("label=< findings >"))
  }
}

enum Graphviz {
  static var isInstalled: Bool { path != nil }

  private static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/dot" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What `dot` says about a drawing, errors and warnings; nothing if it is fine.
  static func complaints(about text: String) throws -> String {
    let process = Process()
    let (input, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/dot")
    process.arguments = ["-Tsvg", "-o", "/dev/null"]
    process.standardInput = input
    process.standardError = errors
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }
}

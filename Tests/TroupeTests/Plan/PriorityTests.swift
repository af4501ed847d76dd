import Testing
import Troupe
import TroupeTesting

/// Whose assignments are served first is part of the plan.
@Suite struct PriorityTests {
  private struct Desk: Workflow {
    let input = Artifact<String>("question")
    let output = Artifact<String>("answer")
    var priority: Int? = 5
    var body: some Step {
      Phase("work") {
        Stage("answer", by: .writer, reads: input, writes: output) { $0 }
          .gate("editor agrees", reviewedBy: .editor, within: .hours(1))
          .fallback {
            Stage("again", by: .writer, reads: input, writes: output) { $0 }
          }
        if let priority {
          Stage("urgent", by: .writer, reads: output, writes: output) { $0 }.priority(priority)
        } else {
          Stage("urgent", by: .writer, reads: output, writes: output) { $0 }
        }
      }
      .priority(2)
      Stage("last", by: .writer, reads: output, writes: output) { $0 }
    }
  }

  @Test func aPriorityHoldsForAllInsideThatHasNoneOfItsOwn() throws {
    let program = try Desk().compile()
    let priorities = program.plan.nodes.map { "\($0.path) \(program.priority(of: $0.id))" }
    #expect(
      priorities == [
        "desk 0", "desk/work 2", "desk/work/answer 2", "desk/work/answer/@fallback 2",
        "desk/work/answer/@fallback/again 2", "desk/work/answer/@gate(editor agrees) 2",
        "desk/work/urgent 5", "desk/last 0",
      ])
  }

  @Test func aPriorityIsKeptToldDrawnAndRaised() throws {
    let plan = try Desk().compile().plan
    #expect(try Plan(json: JSONValue(parsing: plan.json.prettyText)) == plan)
    #expect(
      plan.diff(try Desk(priority: nil).compile().plan).description
        == "~ desk/work/urgent: priority 5 → none")
    #expect(
      plan.diff(try Desk(priority: 6).compile().plan).description
        == "~ desk/work/urgent: priority 5 → 6")
    #expect(plan.mermaid().contains("priority 5"))
    #expect(plan.dot().contains("priority 2"))
  }

  @Test func aPriorityIsGivenOnce() throws {
    struct Twice: Workflow {
      let input = Artifact<String>("question")
      let output = Artifact<String>("answer")
      var body: some Step {
        Stage("answer", by: .writer, reads: input, writes: output) { $0 }.priority(1).priority(2)
      }
    }
    let error = #expect(throws: CompilationError.self) { try Twice().compile() }
    #expect(error?.description.contains("'.priority'") == true, "\(error as Any)")
  }

  @Test(arguments: Simulation.seeds(20))
  func theMoreImportantWorkOfARunIsDoneFirst(_ seed: Seed) async throws {
    struct Office: Workflow {
      let input = Artifact<[Int]>("numbers")
      let output = Artifact<[String]>("letters")
      var body: some Step {
        Parallel("all") {
          FanOut("usual", over: input, into: output) { number, letter in
            Stage("write", by: .writer, reads: number, writes: letter) { "\($0)" }
          }
          Phase("urgent") {
            Wait("a while", lasting: .minutes(90))
            FanOut(over: input, into: Artifact<[String]>("complaints")) { number, letter in
              Stage("answer", by: .writer, reads: number, writes: letter) { "\($0)" }
            }
          }
          .priority(1)
        }
      }
    }
    let team = Team { Member("sam", plays: .writer) { ClosureAgent { _ in .text("") } } }
    let run = try await Simulation(of: Office(), team: team) {
      Stub("write", as: String.self) { _ in "" }.taking(.hours(1))
      Stub("answer", as: String.self) { _ in "" }.taking(.hours(1))
    }.run(Array(1...5), seed: seed)
    let started = run.events.compactMap { event -> Substring? in
      guard case .started(let attempt) = event.kind, attempt.member != nil else { return nil }
      return event.address.description.split(separator: "/").last
    }
    #expect(
      started == [
        "write", "write", "answer", "answer", "answer", "answer", "answer", "write", "write",
        "write",
      ])
  }
}

import Foundation
import Testing
import Troupe
import TroupeTesting

// The code of the page "People", as it stands there: a test holds the two together.

struct Signed: Codable, Sendable, Equatable {
  var by: String
}

extension Role {
  static let scribe = Role("scribe")
  static let spokesperson = Role("spokesperson")
}

struct Statement: Workflow {
  let input = Artifact<String>("topic")
  let output = Artifact<Signed>("statement")
  let text = Artifact<String>("text")

  var body: some Step {
    Stage("write", by: .scribe, reads: input, writes: text) { "Write a statement on \($0)." }
      .gate(
        "may go out", reviewedBy: .spokesperson, within: .hours(24), otherwise: .rework(upTo: 2))
    Stage("sign", by: .spokesperson, reads: text, writes: output) { "Sign: \($0)" }
  }
}

private let office = Team {
  Member("pen", plays: .scribe) { ClosureAgent { .text("We are sorry. (\($0.take))") } }
  Member("ann", plays: .spokesperson) { Person() }
  Member("ben", plays: .spokesperson) { Person() }
}

func statement(on topic: String) async throws -> Signed {
  try await Runtime(team: office).withRun(of: Statement(), input: topic) { run in
    for await event in run.events {
      guard case .asked(let attempt, let asking) = event.kind else { continue }
      switch asking.purpose {
      case .review where attempt.member == "ann":
        try await run.answer(asking.request, .approve, as: "ann")
      case .review(let gate):
        try await run.answer(asking.request, .reject("not '\(gate)'"), as: "ben")
      case .assignment:
        try await run.answer(asking.request, .supply(["by": "Ann"]), as: "ann")
      case .resolution:
        try await run.answer(asking.request, .abort("nobody can say"), as: "ann")
      }
    }
    return try await run.output
  }
}

@Suite struct PeoplePage {
  @Test func aStatementIsReadAndSigned() async throws {
    #expect(try await statement(on: "the delay") == Signed(by: "Ann"))
  }

  @Test func aKeptStatementIsAnsweredThroughItsStore() async throws {
    let store = Store.memory
    let runtime = Runtime(team: office, store: store)
    guard case .waiting = try await runtime.advance(Statement(), input: "it", id: "a") else {
      return #expect(Bool(false), "it does not wait")
    }
    for request in try await store.inbox() where request.members.contains("ann") {
      try await store.answer(request.id, of: request.run, .approve, as: "ann")
    }
    guard case .waiting(let awaited) = try await runtime.advance(Statement(), input: "it", id: "a")
    else { return #expect(Bool(false), "it does not wait") }
    #expect(
      awaited.map(\.description) == [
        "'statement/sign' waits for 'ann' or 'ben' to answer an assignment"
      ])
  }

  @Test func whatMayNotGoOutIsWrittenAgain() async throws {
    let simulation = Simulation(of: Statement(), team: office) {
      Stub("write", as: String.self) { "We are sorry." }
      Stub("may go out", returning: [Review.rejected("too short"), .accepted])
      Stub(\.output) { Signed(by: "Ann") }
    }
    let run = try await simulation.run("the delay")
    #expect(try run.stage("write").takes == 2)
  }

  @Test func aStatementSurvivesEveryCrash() async throws {
    let simulation = Simulation(of: Statement(), team: office) {
      Stub("write", as: String.self) { asked in asked.take == 1 ? "Sorry." : "We are sorry." }
      Stub("may go out", as: Review.self) { asked in
        asked.prompt.contains("We") ? .accepted : .rejected("too short")
      }.taking(.hours(3))
      Stub(\.output) { Signed(by: "Ann") }.taking(.hours(20))
    }
    try await expectSurvivesCrashes(of: simulation, "the delay")
  }

  @Test func thePageSaysWhatIsTestedHere() throws {
    try expectPage("People", isHeldBy: #filePath, blocks: 6)
  }
}

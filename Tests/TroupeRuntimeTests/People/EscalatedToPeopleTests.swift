import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// People who are asked what becomes of a step that cannot get further by itself.
@Suite struct EscalatedToPeopleTests {
  private struct Column: Workflow {
    static let chief = Role("chief")

    let input = Artifact<String>("topic")
    let output = Artifact<Int>("length")
    let draft = Artifact<String>("draft")

    var body: some Step {
      Stage("draft", reads: input, writes: draft) { $0 }
        .gate("long enough") { $0.count > 10 }
        .gate("no cats") { !$0.contains("cats!") }
        .escalate {
          On(.gateRejected) {
            Ask(Self.chief, within: .hours(4))
            Abort("nobody signs it off")
          }
        }
      Stage("measure", reads: draft, writes: output) { $0.count }
    }
  }

  private static let question = "column/draft/@escalation(1)"

  private func work(_ work: @escaping @Sendable (Desk) async throws -> Void) async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Member("ann", plays: Column.chief) { Person() }
        Member("ben", plays: Column.chief) { Person() }
      }
      #expect(
        try await desk.advance(Column())?.first?.hasPrefix(
          "'\(Self.question)' waits for 'ann' or 'ben' to answer a decision about 'column/draft' until "
        )
          == true)
      try await work(desk)
    }
  }

  @Test func theInboxShowsWhatHappenedAndWhatMayBeDecided() async throws {
    try await work { desk in
      let request = try #require(try await desk.store.inbox().first)
      #expect(request.id == Self.question)
      #expect(
        request.purpose == .resolution(of: "column/draft", [.retry, .supply, .accept, .abort]))
      #expect(request.prompt.contains("rejected by gate 'long enough'"))
      #expect(request.prompt.contains("cats"))
      #expect(request.schema == nil)
      #expect(request.silence?.contains("nobody signs it off") == true, "\(request.silence ?? "")")
    }
  }

  @Test func whoSuppliesItIsItsAuthorAndItsGatesHold() async throws {
    try await work { desk in
      try await desk.answer(Self.question, .supply("a long text about dogs"), as: "ben")
      #expect(try await desk.advance(Column()) == nil)
      #expect(try await desk.output() == 22)
      let history = try await desk.store.history(of: "run")
      let deciders = history.events.compactMap { event -> String? in
        if case .resolved(_, _, let member) = event.kind { member } else { nil }
      }
      #expect(deciders == ["ben"])
    }
  }

  @Test func whoApprovesItWaivesTheGateThatRejectedIt() async throws {
    try await work { desk in
      try await desk.answer(
        Self.question, .approve(score: nil, reason: "short and good"), as: "ben")
      #expect(try await desk.advance(Column()) == nil)
      #expect(try await desk.output() == 4)
      let records = try await desk.store.history(of: "run").journal
      let waiver = try #require(records.last { $0.type == "judged" && $0.members["by"] != nil })
      #expect(waiver.members["gate"] == "long enough")
      #expect(waiver.members["by"] == "ben")
      #expect(waiver.members["why"] == "short and good")
    }
  }

  @Test func whoEndsItEndsTheRun() async throws {
    try await work { desk in
      try await desk.answer(Self.question, .abort("not this week"), as: "ann")
      await #expect(throws: RunAborted.self) { try await desk.advance(Column()) }
    }
  }

  @Test func withoutAnAnswerInTimeTheNextRungFollowsAlsoAfterARestart() async throws {
    try await work { desk in
      try await desk.sleep(.seconds(5 * 3_600))
      await #expect(throws: RunAborted.self) { try await desk.advance(Column()) }
      await #expect(throws: RunHasEnded.self) {
        try await desk.answer(Self.question, .abort("late"), as: "ann")
      }
    }
  }

  @Test(arguments: [
    (Inbox.Answer.reject("no"), "it is a decision, which is answered with 'revise' or 'supply'"),
    (.approve, "say why it is used although it was not let pass"),
    (.supply(7), "the value cannot be used: expected a string, found the number 7"),
  ])
  func whatCannotBeDecidedIsRefused(_ answer: Inbox.Answer, _ reason: String) async throws {
    try await work { desk in
      let error = await #expect(throws: AnswerRefused.self) {
        let letter = Letter(
          id: "one", from: nil, at: desk.time.clock.date,
          .answer(Self.question, answer, as: "ann"))
        try await desk.store.send(letter, to: "run", of: Column().compile(), nonce: "1")
      }
      #expect(error?.description.contains(reason) == true, "\(error?.description ?? "taken")")
    }
  }
}

import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// People who may not review what they have made.
@Suite struct IndependentPeopleTests {
  private struct Essay: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("essay")

    var body: some Step {
      Stage("write", by: Self.editor, reads: input, writes: output) { "Write about \($0)." }
        .gate("reads well", reviewedBy: Self.editor, independent: true)
    }
  }

  private static let review = "essay/write/@gate(reads well)"

  /// Ann and Ben are asked for the text, and Ben has supplied it.
  private func reviewing(_ work: @escaping @Sendable (Desk) async throws -> Void) async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Member("ann", plays: Essay.editor) { Person() }
        Member("ben", plays: Essay.editor) { Person() }
        Member("cleo", plays: Role("chief")) { Person() }
      }
      _ = try await desk.advance(Essay())
      try await desk.answer("essay/write", .supply("Cats purr."), as: "ben")
      _ = try await desk.advance(Essay())
      try await work(desk)
    }
  }

  @Test func onlyOthersAreAskedAlsoAfterARestart() async throws {
    try await reviewing { desk in
      for _ in 1...2 {
        #expect(try await desk.store.inbox().map(\.members) == [["ann"]])
        _ = try await desk.advance(Essay())
      }
      await #expect(throws: AnswerRefused(Self.review, .notYours(members: ["ann"]))) {
        try await desk.answer(Self.review, .approve, as: "ben")
      }
      try await desk.answer(Self.review, .approve, as: "ann")
      #expect(try await desk.advance(Essay()) == nil)
    }
  }

  @Test func itIsNotHandedOnToWhoHasMadeIt() async throws {
    try await reviewing { desk in
      for (id, target) in [("1", "ben"), ("2", "editor")] {
        let letter = Letter(
          id: id, from: "otto", at: desk.time.clock.date,
          .redirect(Self.review, to: target, why: "away"))
        _ = try await desk.store.send(letter, to: "run", nonce: id)
      }
      _ = try await desk.advance(Essay())
      #expect(
        try await desk.story().filter { $0.contains("refused") } == [
          "essay refused 1: nobody: request '\(Self.review)' cannot be handed on: "
            + "'ben' made what is to be reviewed"
        ])
      #expect(try await desk.store.inbox().map(\.members) == [["ann"]])
    }
  }
}

import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Answers that a run does not take.
@Suite struct RefusedAnswerTests {
  private static let review = "letters/write/@gate(reads well)"

  /// A run that waits for a review.
  private static func reviewing(
    passing: Double? = nil, _ work: @escaping @Sendable (Desk, Letters) async throws -> Void
  ) async throws {
    try await Desk.work { desk in
      var letters = Letters()
      letters.parameters.passing = passing
      _ = try await desk.advance(letters)
      try await desk.answer("letters/write", .supply("Cats purr."), as: "cleo")
      _ = try await desk.advance(letters)
      try await work(desk, letters)
    }
  }

  private static func refusal(_ work: () async throws -> Void) async -> AnswerRefused.Reason? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? AnswerRefused)?.reason
    }
  }

  @Test func theFirstAnswerHoldsBeforeAndAfterItIsRecorded() async throws {
    try await Self.reviewing { desk, letters in
      try await desk.answer(Self.review, .approve, as: "ann")
      #expect(
        await Self.refusal { try await desk.answer(Self.review, .reject("no"), as: "ben") }
          == .superseded(by: "ann"))
      // The same once more changes nothing.
      try await desk.answer(Self.review, .approve, as: "ann")
      #expect(try await desk.store.folder(of: "run").mailbox.names().count == 1)
      #expect(try await desk.store.inbox().map { $0.pending?.by } == ["ann"])
      #expect(try await desk.advance(letters) == nil)
    }
  }

  @Test func ofTwoLettersThatCrossedTheSecondIsRefusedAndTheSameIsAcknowledged() async throws {
    try await Self.reviewing { desk, letters in
      let mailbox = desk.store.folder(of: "run").mailbox
      for (name, answer, member) in [
        ("a", Inbox.Answer.approve, "ann"), ("b", .reject("no"), "ben"), ("c", .approve, "ann"),
      ] {
        try await mailbox.handIn(
          Letter(
            id: name, from: nil, at: desk.time.clock.date, .answer(Self.review, answer, as: member)),
          nonce: name)
      }
      #expect(try await desk.advance(letters) == nil)
      let story = try await desk.story()
      #expect(
        story.filter { $0.contains("answered: 'ann'") || $0.contains("refused") }
          == [
            "\(Self.review) answered: 'ann' approves it",
            "letters refused b: superseded: 'ann' has already answered request '\(Self.review)', "
              + "and the first answer holds",
          ])
      #expect(story.contains("letters acknowledged c"))
      let records = try await desk.store.history(of: "run").journal
      #expect(
        records.first { $0.type == "refused" }?.members["because"] == .string("superseded"))
    }
  }

  @Test func onlyThoseWhoAreAskedMayAnswer() async throws {
    try await Self.reviewing { desk, _ in
      #expect(
        await Self.refusal { try await desk.answer(Self.review, .approve, as: "cleo") }
          == .notYours(members: ["ann", "ben"]))
    }
  }

  @Test func anAnswerIsWhatWasAskedFor() async throws {
    try await Self.reviewing(passing: 0.5) { desk, letters in
      #expect(
        await Self.refusal { try await desk.answer(Self.review, .supply("Cats."), as: "ann") }
          == .wrongType("it is a review, which is answered with 'approve' or 'reject'"))
      #expect(
        await Self.refusal { try await desk.answer(Self.review, .approve, as: "ann") }
          == .wrongType("the gate needs a score, and passes from 0.5 on"))
      try await desk.answer(Self.review, .approve(score: 0.7), as: "ann")
      #expect(try await desk.advance(letters) == nil)
    }
  }

  @Test func aValueOfAnotherTypeIsRefusedWhenItReachesTheRun() async throws {
    try await Desk.work { desk in
      _ = try await desk.advance(Letters())
      try await desk.answer("letters/write", .supply(17), as: "cleo")
      let waits = try await desk.advance(Letters())
      #expect(waits?.count == 1)
      #expect(
        try await desk.story().contains { $0.contains("refused") && $0.contains("wrong type") })
      // What is right can still come.
      try await desk.answer("letters/write", .supply("Cats purr."), as: "cleo")
      #expect(try await desk.advance(Letters())?.first?.contains("review") == true)
    }
  }

  @Test func whatIsNotAskedAnyMoreIsLateAndWhatNeverWasIsUnknown() async throws {
    try await Self.reviewing { desk, letters in
      #expect(
        await Self.refusal { try await desk.answer("letters/read", .approve, as: "ann") }
          == .unknown(open: [Self.review]))
      #expect(
        await Self.refusal {
          try await desk.answer("letters/write", .supply("Cats hiss."), as: "cleo")
        } == .superseded(by: "cleo"))
      try await desk.answer(Self.review, .approve, as: "ann")
      _ = try await desk.advance(letters)
      await #expect(throws: RunHasEnded.self) {
        try await desk.answer(Self.review, .reject("no"), as: "ann")
      }
    }
  }
}

import Testing
import Troupe

@testable import TroupeRuntime

/// People who write and review, in runs that are kept and in runs that are not.
@Suite struct AnswerTests {
  @Test func aRunInMemoryAsksAndTakesTheAnswer() async throws {
    let team = Team {
      Member("ann", plays: Letters.editor) { Person() }
      Member("cleo", plays: Letters.writer) { Person() }
    }
    let (output, story) = try await Runtime(team: team).withRun(of: Letters(), input: "cats") {
      run in
      var events: [Event] = []
      for await event in run.events {
        events.append(event)
        guard case .asked(_, let asking) = event.kind else { continue }
        switch asking.purpose {
        case .assignment:
          try await run.answer(asking.request, .supply("Cats purr."), as: "cleo")
        case .review:
          try await run.answer(asking.request, .approve, as: "ann")
        case .resolution: Issue.record("\(asking)")
        }
      }
      return (try await run.output, TroupeRuntimeTests.story(events))
    }
    #expect(output == "Cats purr.")
    #expect(
      story == [
        "letters opened", "letters/write opened", "letters/write started 1.1 by cleo",
        "letters/write asked cleo for an assignment",
        "letters/write answered: 'cleo' supplies it", "letters/write finished 1.1 by cleo",
        "letters/write/@gate(reads well) started 1.1 by ann",
        "letters/write/@gate(reads well) asked ann for a review for gate 'reads well'",
        "letters/write/@gate(reads well) answered: 'ann' approves it",
        "letters/write/@gate(reads well) finished 1.1 by ann",
        "letters/write judged by reads well: accepted, pass", "letters/write completed",
        "letters completed",
      ])
  }

  @Test func aKeptRunWaitsForPeopleOverRestartsAndAsksOnce() async throws {
    let writing = ["'letters/write' waits for 'cleo' to answer an assignment"]
    try await Desk.work { desk in
      #expect(try await desk.advance(Letters()) == writing)
      #expect(try await desk.advance(Letters()) == writing)
      try await desk.answer("letters/write", .supply("first"), as: "cleo")
      let review = "letters/write/@gate(reads well)"
      #expect(
        try await desk.advance(Letters()) == [
          "'\(review)' waits for 'ann' or 'ben' to answer a review for gate 'reads well'"
        ])
      try await desk.answer(review, .reject("too short"), as: "ben")
      #expect(try await desk.advance(Letters()) == writing)
      let request = try #require(try await desk.store.inbox().first)
      #expect(request.id == "letters/write~2")
      #expect(request.prompt == "Write about cats.")
      #expect(request.earlier.map(\.verdict.reason) == ["too short"])
      try await desk.answer(request.id, .supply("Cats purr."), as: "cleo")
      _ = try await desk.advance(Letters())
      let second = try #require(try await desk.store.inbox().first)
      #expect(second.id == "letters/write~2/@gate(reads well)")
      #expect(second.materials.map(\.value) == ["Cats purr."])
      #expect(second.earlier.map(\.verdict.reason) == ["too short"])
      #expect(second.members == ["ann", "ben"])
      try await desk.answer(second.id, .approve, as: "ann")
      #expect(try await desk.advance(Letters()) == nil)
      #expect(try await desk.output() == "Cats purr.")
      #expect(try await desk.store.inbox().isEmpty)
      let story = try await desk.story()
      #expect(story.count { $0.contains(" asked ") } == 4)
      #expect(story.count { $0.contains(" started ") } == 4)
    }
  }
}

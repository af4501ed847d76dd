import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Requests that are handed on to others.
@Suite struct RedirectingTests {
  private static let review = "letters/write/@gate(reads well)"

  private static func reviewing(
    _ work: @escaping @Sendable (Desk) async throws -> Void
  ) async throws {
    try await Desk.work { desk in
      _ = try await desk.advance(Letters())
      try await desk.answer("letters/write", .supply("Cats purr."), as: "cleo")
      _ = try await desk.advance(Letters())
      try await work(desk)
    }
  }

  /// Letters are taken in the order of their identities.
  private static func redirect(
    _ desk: Desk, _ request: String = review, to target: String, id: String = "move"
  ) async throws {
    let letter = Letter(
      id: id, from: "otto", at: desk.time.clock.date,
      .redirect(request, to: target, why: "away"))
    _ = try await desk.store.send(letter, to: "run", nonce: id)
  }

  @Test func onlyThoseToWhomItWentMayAnswerAlsoAfterARestart() async throws {
    try await Self.reviewing { desk in
      try await Self.redirect(desk, to: "cleo")
      for _ in 1...2 {
        let waits = try await desk.advance(Letters())
        #expect(
          waits == ["'\(Self.review)' waits for 'cleo' to answer a review for gate 'reads well'"])
      }
      await #expect(throws: AnswerRefused(Self.review, .notYours(members: ["cleo"]))) {
        try await desk.answer(Self.review, .approve, as: "ann")
      }
      let record = try #require(
        try await desk.store.history(of: "run").journal.last { $0.type == "asked" })
      #expect(record.members["by"] == "otto")
      #expect(record.members["why"] == "away")
      try await desk.answer(Self.review, .approve, as: "cleo")
      #expect(try await desk.advance(Letters()) == nil)
    }
  }

  @Test func itGoesToAllWhoPlayARole() async throws {
    try await Self.reviewing { desk in
      try await Self.redirect(desk, to: "cleo")
      _ = try await desk.advance(Letters())
      try await Self.redirect(desk, to: "editor", id: "00-back")
      // Whoever is asked once the run has taken that may answer before it has.
      try await desk.answer(Self.review, .approve, as: "ben")
      #expect(try await desk.advance(Letters()) == nil)
    }
  }

  @Test func whoIsNoPersonOfTheTeamGetsNothing() async throws {
    try await Self.reviewing { desk in
      try await Self.redirect(desk, to: "dora")
      _ = try await desk.advance(Letters())
      #expect(
        try await desk.story().last { $0.contains("refused") }
          == "letters refused move: nobody: request '\(Self.review)' cannot be handed on: 'dora' is "
          + "neither a person of the team nor a role that one plays; people are 'ann', 'ben', 'cleo'"
      )
      #expect(try await desk.store.inbox().map(\.members) == [["ann", "ben"]])
    }
  }

  @Test func whatIsAnsweredOrUnknownIsNotHandedOn() async throws {
    try await Self.reviewing { desk in
      await #expect(throws: AnswerRefused("letters/write", .superseded(by: "cleo"))) {
        try await Self.redirect(desk, "letters/write", to: "ann")
      }
      await #expect(throws: AnswerRefused("letters/read", .unknown(open: [Self.review]))) {
        try await Self.redirect(desk, "letters/read", to: "ann")
      }
    }
  }

  @Test func nobodyGetsASecondVote() async throws {
    let clerk = Role("clerk")
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Member("ann", plays: clerk) { Person() }
        Member("ben", plays: clerk) { Person() }
        Member("cleo", plays: Role("other")) { Person() }
      }
      let workflow = Votes(clerk: clerk)
      _ = try await desk.advance(workflow)
      let requests = try await desk.store.inbox()
      let ann = try #require(requests.first { $0.members == ["ann"] })
      try await Self.redirect(desk, ann.id, to: "ben")
      _ = try await desk.advance(workflow)
      #expect(try await desk.story().contains { $0.contains("asked for another review of it") })
      try await Self.redirect(desk, ann.id, to: "cleo", id: "00-again")
      for request in requests where request.id != ann.id {
        try await desk.answer(request.id, .approve, as: "ben")
      }
      try await desk.answer(ann.id, .approve, as: "cleo")
      #expect(try await desk.advance(workflow) == nil)
    }
  }

  @Test(arguments: [UInt64](1...20))
  func whoWasHandedOneReviewGetsNoOtherWhenTheTeamChanges(_ seed: UInt64) async throws {
    let clerk = Role("clerk")
    @Sendable func team(_ names: [String]) -> Team {
      Team { for name in names { Member(name, plays: clerk) { Person() } } }
    }
    try await Desk.work(seed: seed) { desk in
      var desk = desk
      desk.people = team(["ann", "ben", "cleo"])
      let workflow = Votes(clerk: clerk)
      _ = try await desk.advance(workflow)
      let requests = try await desk.store.inbox().sorted { $0.id < $1.id }
      let free = ["ann", "ben", "cleo"].filter { name in
        !requests.contains { $0.members == [name] }
      }
      try await Self.redirect(desk, requests[0].id, to: free[0])
      _ = try await desk.advance(workflow)
      // Whoever has the other review leaves; its seat goes to whoever has none.
      desk.people = team([requests[0].members[0], free[0], "dora"])
      _ = try await desk.advance(workflow)
      let asked = try await desk.store.inbox().map(\.members)
      #expect(asked.sorted { $0[0] < $1[0] } == [[free[0]], ["dora"]].sorted { $0[0] < $1[0] })
    }
  }

  @Test func whoIsAskedForSeveralReviewsWithOthersHasOneVote() async throws {
    let clerk = Role("clerk")
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Member("ann", plays: clerk) { Person() }
        Member("ben", plays: clerk) { Person() }
        Member("cleo", plays: Role("chief")) { Person() }
        Member("dora", plays: Role("chief")) { Person() }
      }
      let workflow = Votes(clerk: clerk)
      _ = try await desk.advance(workflow)
      let requests = try await desk.store.inbox()
      try await Self.redirect(desk, requests[0].id, to: "chief")
      _ = try await desk.advance(workflow)
      try await desk.answer(requests[0].id, .approve, as: "cleo")
      _ = try await desk.advance(workflow)
      try await Self.redirect(desk, requests[1].id, to: "chief", id: "01-again")
      _ = try await desk.advance(workflow)
      #expect(try await desk.store.inbox().map(\.members) == [["dora"]])
    }
  }

  private struct Votes: Workflow {
    let clerk: Role
    let input = Artifact<String>("input")
    let output = Artifact<String>("output")

    var body: some Step {
      Stage("copy", reads: input, writes: output) { $0 }
        .gate("agreed", reviewedBy: clerk, quorum: Quorum(2, of: 2))
    }
  }
}

import Foundation
import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Who is asked, and what becomes of requests that others overtake.
@Suite struct AskedPeopleTests {
  private static let clerk = Role("clerk")

  private struct Single<Content: Step>: Workflow {
    let name = "test"
    let input = Artifact<String>("input")
    let output = Artifact<String>("output")
    let content: @Sendable (Artifact<String>, Artifact<String>) -> Content

    init(
      @StepBuilder _ content: @escaping @Sendable (Artifact<String>, Artifact<String>) -> Content
    ) { self.content = content }

    var body: some Step { content(input, output) }
  }

  private static func member(_ name: String) -> Member {
    Member(name, plays: clerk) { Person() }
  }

  @Test func eachReviewerOfAQuorumIsAskedForAReviewOfTheirOwn() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Self.member("ann")
        Self.member("ben")
        Self.member("cleo")
      }
      let workflow = Single { input, output in
        Stage("copy", reads: input, writes: output) { $0 }
          .gate("agreed", reviewedBy: Self.clerk, quorum: Quorum(2, of: 3))
      }
      #expect(try await desk.advance(workflow)?.count == 3)
      var requests = try await desk.store.inbox()
      #expect(requests.map(\.members.count) == [1, 1, 1])
      #expect(Set(requests.flatMap(\.members)) == ["ann", "ben", "cleo"])
      let ann = try #require(requests.first { $0.members == ["ann"] })
      #expect(ann.purpose == .review(gate: "agreed"))
      let ben = try #require(requests.first { $0.members == ["ben"] })
      await #expect(throws: AnswerRefused.self) {
        try await desk.answer(ben.id, .approve, as: "ann")
      }
      try await desk.answer(ann.id, .approve, as: "ann")
      #expect(try await desk.advance(workflow)?.count == 2)
      requests = try await desk.store.inbox()
      #expect(Set(requests.flatMap(\.members)) == ["ben", "cleo"])
      try await desk.answer(ben.id, .approve, as: "ben")
      // Two are enough; the third is not waited for any more.
      #expect(try await desk.advance(workflow) == nil)
      #expect(try await desk.store.inbox().isEmpty)
    }
  }

  @Test func aPersonIsNeverTooBusyToBeAsked() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team { Self.member("ann") }
      let (list, notes) = (Artifact<[Int]>("list"), Artifact<[String]>("notes"))
      let workflow = Single { input, output in
        Stage("list", reads: input, writes: list) { _ in [1, 2, 3] }
        FanOut("each", over: list, into: notes) { number, note in
          Stage("note", by: Self.clerk, reads: number, writes: note) { "\($0)" }
        }
        Stage("join", reads: notes, writes: output) { $0.joined() }
      }
      #expect(try await desk.advance(workflow)?.count == 3)
      for request in try await desk.store.inbox().reversed() {
        try await desk.answer(request.id, .supply(.string(request.prompt)), as: "ann")
      }
      #expect(try await desk.advance(workflow) == nil)
      #expect(try await desk.output() == "123")
    }
  }

  @Test func aRequestThatLostItsRaceIsNotAskedAnyMore() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team { Self.member("ann") }
      let workflow = Single { input, output in
        Race("first") {
          Stage("ask", by: Self.clerk, reads: input, writes: output) { $0 }
          Phase("wait") {
            Wait("an hour", lasting: .hours(1))
            Stage("give up", reads: input, writes: output) { _ in "nobody" }
          }
        }
      }
      #expect(try await desk.advance(workflow)?.count == 2)
      #expect(try await desk.store.inbox().count == 1)
      try await desk.sleep(.hours(2))
      #expect(try await desk.advance(workflow) == nil)
      #expect(try await desk.output() == "nobody")
      #expect(try await desk.story().contains("test/first/ask gave up 1.1 by ann: cancelled"))
    }
  }

  @Test func whenNobodyAnswersItHappensWhatTheRequestSays() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team { Self.member("ann") }
      let kept = Artifact<String>("kept")
      let workflow = Single { input, output in
        Stage("ask", by: Self.clerk, reads: input, writes: kept) { $0 }
          .timeout(.hours(1))
          .retry(attempts: 2)
          .fallback { Stage("nobody", reads: input, writes: kept) { $0 } }
        Phase("more") {
          Stage("ask", by: Self.clerk, reads: kept, writes: output) { $0 }
            .deadline(.hours(1))
            .fallback { Stage("never", reads: input, writes: output) { $0 } }
        }
        .fallback { Stage("instead", reads: kept, writes: output) { "\($0) instead" } }
      }
      func silence() async throws -> [String?] {
        try await desk.store.inbox().map(\.silence)
      }
      _ = try await desk.advance(workflow)
      #expect(try await silence() == ["it is asked for again, 2 times in all"])
      try await desk.sleep(.minutes(70))
      _ = try await desk.advance(workflow)
      #expect(try await desk.store.inbox().map(\.id) == ["test/ask#2"])
      try await desk.sleep(.minutes(70))
      _ = try await desk.advance(workflow)
      #expect(try await silence() == ["the fallback of 'test/more' begins"])
      try await desk.sleep(.minutes(70))
      #expect(try await desk.advance(workflow) == nil)
      #expect(try await desk.output() == "cats instead")
    }
  }

  @Test func whatPeopleAreAskedIsNeverInDoubt() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team { Self.member("ann") }
      let workflow = Single { input, output in
        Stage("ask", by: Self.clerk, reads: input, writes: output) { $0 }
          .atMostOnce()
      }
      #expect(try await desk.advance(workflow)?.count == 1)
      #expect(try await desk.advance(workflow)?.count == 1)
      try await desk.answer("test/ask", .supply("done"), as: "ann")
      #expect(try await desk.advance(workflow) == nil)
      #expect(try await desk.story().count { $0.contains("started") } == 1)
    }
  }

  @Test func aTeamThatHasChangedAsksThoseWhoPlayTheRoleNow() async throws {
    try await Desk.work { desk in
      let workflow = Single { input, output in
        Stage("ask", by: Self.clerk, reads: input, writes: output) { $0 }
      }
      var desk = desk
      desk.people = Team { Self.member("ann") }
      _ = try await desk.advance(workflow)
      desk.people = Team {
        Self.member("ben")
        Self.member("cleo")
      }
      _ = try await desk.advance(workflow)
      // Still the same request, to others.
      let request = try #require(try await desk.store.inbox().first)
      #expect(request.id == "test/ask" && request.members == ["ben", "cleo"])
      // Where no person plays the role any more, it is withdrawn.
      desk.people = Team {
        Member("robot", plays: Self.clerk) { ClosureAgent { _ in .text("beep") } }
      }
      #expect(try await desk.advance(workflow) == nil)
      #expect(try await desk.output() == "beep")
      #expect(
        try await desk.story().filter { $0.hasPrefix("test/ask") } == [
          "test/ask started 1.1 by ann", "test/ask asked ann for an assignment",
          "test/ask asked ben, cleo for an assignment", "test/ask gave up 1.1 by ann: cancelled",
          "test/ask started 1.2 by robot", "test/ask finished 1.2 by robot",
        ])
    }
  }

  @Test func afterAnAgentHasFailedAPersonIsAsked() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        Member("robot", plays: Self.clerk) { ClosureAgent { _ in throw Mishap() } }
        Self.member("ann")
      }
      let workflow = Single { input, output in
        Stage("ask", by: Self.clerk, reads: input, writes: output) { $0 }
      }
      _ = try await desk.advance(workflow)
      #expect(try await desk.store.inbox().map(\.id) == ["test/ask#2"])
      try await desk.answer("test/ask#2", .supply("done"), as: "ann")
      #expect(try await desk.advance(workflow) == nil)
      #expect(
        try await desk.store.history(of: "run").artifacts.last?.member == "ann")
    }
  }

  @Test func aForkAsksAnewWithTheTimeThatWasLeft() async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team { Self.member("ann") }
      let workflow = Single { input, output in
        Stage("ask", by: Self.clerk, reads: input, writes: output) { $0 }
          .deadline(.hours(10))
      }
      _ = try await desk.advance(workflow)
      let records = try await desk.store.history(of: "run").records
      let date = desk.time.clock.date
      try await desk.sleep(.hours(5))
      _ = try await desk.store.fork(
        "run", at: records, setting: [:], as: "fork", repeatingEffects: false, nonce: "n",
        date: desk.time.clock.date)
      let requests = try await desk.store.inbox()
      #expect(requests.map(\.run) == ["run", "fork"])
      #expect(requests.last?.until.map { $0.timeIntervalSince(date) > 50_000 } == true)
      try await desk.store.answer("test/ask", of: "fork", .supply("yes"), as: "ann")
      #expect(try await desk.runtime.run(workflow, input: "cats", id: "fork") == "yes")
      #expect(try await desk.store.inbox().map(\.run) == ["run"])
    }
  }
}

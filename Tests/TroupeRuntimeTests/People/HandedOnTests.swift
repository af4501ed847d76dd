import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// What holds for requests that are handed on, and for people who are given limits.
@Suite struct HandedOnTests {
  private struct Song: Codable, Sendable, Equatable { let title: String }

  /// A person writes a song for each topic.
  private struct Songs: Workflow {
    static let singer = Role("singer")

    let input = Artifact<String>("topics")
    let output = Artifact<[Song]>("songs")
    let topics = Artifact<[String]>("list")
    var limit: Duration?

    var body: some Step {
      Stage("split", reads: input, writes: topics) { _ in ["cats", "dogs"] }
      let each = FanOut("each", over: topics, into: output) { topic, song in
        Stage("write", by: Self.singer, reads: topic, writes: song) { "Sing about \($0)." }
      }
      if let limit { each.timeout(limit) } else { each }
    }
  }

  private static let requests = (1...2).map { "songs/each/items[\($0)]/write" }

  private func work(
    _ ann: Member = Member("ann", plays: Songs.singer) { Person() }, limit: Duration? = nil,
    _ work: @escaping @Sendable (Desk, Songs) async throws -> Void
  ) async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team {
        ann
        Member("ben", plays: Role("drummer")) { Person() }
      }
      let songs = Songs(limit: limit)
      #expect(try await desk.advance(songs)?.count == 2)
      try await work(desk, songs)
    }
  }

  private func redirect(_ desk: Desk, _ request: String, id: String) async throws {
    let letter = Letter(
      id: id, from: nil, at: desk.time.clock.date, .redirect(request, to: "ben", why: "away"))
    _ = try await desk.store.send(letter, to: "run", nonce: id)
  }

  @Test func eachElementOfAFanOutMayGoToTheSamePerson() async throws {
    try await work { desk, songs in
      try await redirect(desk, Self.requests[0], id: "first")
      try await redirect(desk, Self.requests[1], id: "second")
      _ = try await desk.advance(songs)
      #expect(try await desk.store.inbox().map(\.members) == [["ben"], ["ben"]])
    }
  }

  @Test func whatIsHandedOnIsStillAskedInTheSameForm() async throws {
    try await work { desk, songs in
      try await redirect(desk, Self.requests[0], id: "move")
      _ = try await desk.advance(songs)
      let request = try #require(
        try await desk.store.inbox().first { $0.id == Self.requests[0] })
      #expect(request.members == ["ben"])
      #expect(request.schema != nil)
    }
  }

  @Test func itStaysWithThemOverAnyNumberOfRestartsWhateverTheTimeThatIsLeft() async throws {
    try await work(limit: .hours(4)) { desk, songs in
      try await redirect(desk, Self.requests[0], id: "move")
      for _ in 1...3 {
        try await desk.sleep(.seconds(600))
        _ = try await desk.advance(songs)
        let request = try #require(
          try await desk.store.inbox().first { $0.id == Self.requests[0] })
        #expect(request.members == ["ben"])
      }
    }
  }

  @Test func whatAPersonIsAskedStaysOpenWhateverTheirLimits() async throws {
    let rated = Member("ann", plays: Songs.singer) { Person() }
      .rate(1, per: .hours(1)).needs(Resource("desk", 1)).breaker(after: 1, pause: .hours(1))
    try await work(rated) { desk, songs in
      let asked = try await desk.store.inbox().map(\.id)
      #expect(asked == Self.requests)
      try await desk.answer(Self.requests[0], .supply(["title": "Cats"]), as: "ann")
      try await desk.answer(Self.requests[1], .supply(["title": "Dogs"]), as: "ann")
      #expect(try await desk.advance(songs) == nil)
      #expect(try await desk.story().count { $0.contains(" asked ") } == 2)
    }
  }
}

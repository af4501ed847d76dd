import Testing
import Troupe
import TroupeSimulation

/// What is recorded, and what is replayed for what.
@Suite struct CassetteTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("cats.json")
  }

  private func cassette(_ mode: Cassette.Mode) throws -> Cassette {
    try Cassette(at: path, mode: mode)
  }

  @Test func whatWasRecordedIsReplayedWithoutTheAgents() async throws {
    let real = try await Simulation(
      of: LaunchPost(), team: Newsroom.team(Newsroom.diligent).recorded(in: cassette(.record))
    ).run("cats")
    let cassette = try cassette(.replay)
    let replayed = try await Simulation(
      of: LaunchPost(), team: Newsroom.team(Newsroom.absent).recorded(in: cassette)
    ).run("cats")
    #expect(try replayed.output == Draft(text: "\(Draft.long.text) (3, 5)"))
    #expect(try replayed.output == real.output)
    #expect(try replayed.stage("draft").takes == 2)
    #expect(replayed.usage == Usage(inputTokens: 5, outputTokens: 2))
    #expect(replayed.timeline.description == real.timeline.description)
    #expect(cassette.unused.isEmpty)
  }

  @Test func aRealRunIsReplayedToo() async throws {
    for (mode, agent) in [(Cassette.Mode.record, Newsroom.diligent), (.replay, Newsroom.absent)] {
      let runtime = Runtime(team: try Newsroom.team(agent).recorded(in: cassette(mode)))
      let draft = try await runtime.run(LaunchPost(), input: "cats")
      #expect(draft == Draft(text: "\(Draft.long.text) (3, 5)"))
    }
  }

  @Test func theSameRequestGetsItsAnswersInOrderAndThenTheLastAgain() async throws {
    let recording = try cassette(.record)
    let agent = Newsroom.talkative("one", "two", "two", "three", "three")
    for _ in 1...5 { _ = try await recording.ask("Count.", agent) }
    let replaying = try cassette(.replay)
    var answers: [String] = []
    for attempt in 1...6 {
      answers.append(try await replaying.ask("Count.", Newsroom.absent, attempt: attempt))
    }
    #expect(answers == ["one", "two", "two", "three", "three", "three"])
  }

  @Test func roundsElementsAndTakesOfAStageShareTheirAnswers() async throws {
    _ = try await cassette(.record).ask("Go.", Newsroom.talkative("gone"), at: "post/each/draft")
    let address = "post/each/items[7]/rounds[2]/draft~3"
    #expect(try await cassette(.replay).ask("Go.", Newsroom.absent, at: address) == "gone")
  }

  @Test func whateverTheAnswerDependsOnMakesAnotherRequest() async throws {
    _ = try await cassette(.record).ask("Go.", Newsroom.talkative("gone"))
    let cassette = try cassette(.replay)
    let shy = Role("writer", instructions: "Be brief.")
    let complaint = Feedback(source: .decoding, reason: "too long")
    for ask in [
      { try await cassette.ask("Go!", Newsroom.absent) },
      { try await cassette.ask("Go.", Newsroom.absent, at: "post/other") },
      { try await cassette.ask("Go.", Newsroom.absent, role: .critic) },
      { try await cassette.ask("Go.", Newsroom.absent, role: shy) },
      { try await cassette.ask("Go.", Newsroom.absent, feedback: [complaint]) },
      { try await cassette.ask("Go.", Newsroom.absent, schema: .anything) },
    ] as [() async throws -> String] {
      await #expect(throws: CassetteMiss.self) { try await ask() }
    }
    #expect(cassette.misses.count == 6)
    #expect(cassette.unused == ["'post/draft' (writer): Go."])
  }

  @Test func recordingTakesThePlaceOfTheSameRequestsOnly() async throws {
    let first = try cassette(.record)
    _ = try await first.ask("One.", Newsroom.talkative("1"))
    _ = try await first.ask("Two.", Newsroom.talkative("2"))
    _ = try await cassette(.record).ask("Two.", Newsroom.talkative("II"))
    let replaying = try cassette(.replay)
    #expect(try await replaying.ask("One.", Newsroom.absent) == "1")
    #expect(try await replaying.ask("Two.", Newsroom.absent) == "II")
  }

  @Test func fillingAsksOnlyForWhatIsMissing() async throws {
    _ = try await cassette(.record).ask("One.", Newsroom.talkative("1"))
    let filling = try cassette(.fill)
    #expect(try await filling.ask("One.", Newsroom.absent) == "1")
    let agent = Newsroom.talkative("2", "3")
    #expect(try await filling.ask("Two.", agent) == "2")
    #expect(try await filling.ask("Two.", agent) == "3")
    let replaying = try cassette(.replay)
    #expect(try await replaying.ask("One.", Newsroom.absent) == "1")
    #expect(try await replaying.ask("Two.", Newsroom.absent) == "2")
    #expect(try await replaying.ask("Two.", Newsroom.absent) == "3")
  }

  @Test func whatAnAgentThrowsIsNotRecorded() async throws {
    let recording = try cassette(.record)
    await #expect(throws: Refusal.self) { try await recording.ask("Go.", Newsroom.talkative()) }
    #expect(!folder.has("cats.json"))
    #expect(try await recording.ask("Go.", Newsroom.talkative("gone")) == "gone")
    #expect(try await cassette(.replay).ask("Go.", Newsroom.absent) == "gone")
  }

  @Test func aValueThatCannotBeWrittenIsNamed() async throws {
    struct Opaque: Sendable {}
    let agent = ClosureAgent { _ in .value(Opaque()) }
    await #expect {
      _ = try await cassette(.record).ask("Go.", agent)
    } throws: {
      "\($0)".hasSuffix("cannot be recorded: it is not Encodable; deliver text or JSON")
    }
  }

  @Test func anUnusedRequestIsNamedByWhoWasAskedWhat() async throws {
    let feedback = [Feedback(source: .gate("long"), reason: "too short")]
    _ = try await cassette(.record).ask(
      "Write about\n\(String(repeating: "cats ", count: 20))", Newsroom.talkative("miaow"),
      feedback: feedback)
    #expect(
      try cassette(.replay).unused == [
        "'post/draft' (writer, with feedback): Write about cats cats cats cats cats cats cats cats "
          + "cats cat…"
      ])
  }

  @Test func theEnvironmentSaysTheMode() throws {
    func mode(_ value: String?) throws -> Cassette.Mode {
      let environment = value.map { ["TROUPE_RECORD": $0] } ?? [:]
      return try Cassette(at: path, mode: nil, leavingOut: [], environment: environment).mode
    }
    #expect(try [nil, "", "0"].map(mode) == [.replay, .replay, .replay])
    #expect(try ["1", "all"].map(mode) == [.record, .record])
    #expect(try mode("missing") == .fill)
    #expect {
      try mode("yes")
    } throws: {
      "\($0)".hasSuffix(
        """
        cats.json: TROUPE_RECORD is 'yes'; it may be 'missing' to record what is not there, 'all' \
        or '1' to record everything again, or unset to replay
        """)
    }
  }

  @Test func aCassetteStandsBesideItsTest() throws {
    let cassette = try Cassette(
      "cats/dogs", mode: .replay, filePath: folder.path("LaunchPostTests.swift"))
    #expect(cassette.file == folder.path("__Cassettes__/LaunchPostTests/cats%2Fdogs.json"))
  }
}

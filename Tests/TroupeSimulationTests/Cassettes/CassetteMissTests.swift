import Testing
import Troupe
import TroupeSimulation

/// What is said of a request that was never recorded.
@Suite struct CassetteMissTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("cats.json")
  }

  private func miss(_ ask: () async throws -> String) async -> String? {
    await #expect(throws: CassetteMiss.self) { try await ask() }?.description
  }

  @Test func theNearestRequestOfTheStageIsShownWithTheDifference() async throws {
    let recording = try Cassette(at: path, mode: .record)
    let schema = JSONSchema(of: Draft.self)
    let writer = Role("writer", instructions: "You write posts.\nYou are brief.")
    for topic in ["dogs", "cats"] {
      _ = try await recording.ask(
        "Write 600 words about \(topic).\nCite every claim.", Newsroom.talkative("{}"),
        role: writer, schema: schema)
    }
    let replaying = try Cassette(at: path, mode: .replay)
    let text = await miss {
      try await replaying.ask(
        "Write 700 words about cats.\nCite every claim.", Newsroom.absent, role: writer,
        schema: schema)
    }
    #expect(
      text == """
        \(path) has no answer for stage 'post/draft' (role 'writer')
          the nearest recorded request (-), and this one (+):
              … 4 unchanged lines
              You are brief.

            - Write 600 words about cats.
            + Write 700 words about cats.
              Cite every claim.

              … 12 unchanged lines
          record what is missing: TROUPE_RECORD=missing swift test
        """)
  }

  @Test func aRenamedStageIsShownByItsRole() async throws {
    let recording = try Cassette(at: path, mode: .record)
    _ = try await recording.ask("Write.", Newsroom.talkative("done"), at: "post/sketch")
    let replaying = try Cassette(at: path, mode: .replay)
    let text = await miss { try await replaying.ask("Write.", Newsroom.absent) }
    #expect(
      text == """
        \(path) has no answer for stage 'post/draft' (role 'writer')
          the nearest recorded request (-), and this one (+):
            - stage: post/sketch
            + stage: post/draft
              role: writer

              Write.
          record what is missing: TROUPE_RECORD=missing swift test
        """)
  }

  @Test func whereNothingIsNearTheRequestIsShown() async throws {
    let replaying = try Cassette(at: path, mode: .replay)
    let feedback = [Feedback(source: .gate("long"), reason: "too short", rejected: "miaow")]
    let text = await miss {
      try await replaying.ask("Write.", Newsroom.absent, feedback: feedback)
    }
    #expect(
      text == """
        \(path) has no answer for stage 'post/draft' (role 'writer')
          nothing is recorded of this stage or role; it was asked:
            stage: post/draft
            role: writer

            Write.

            gate 'long': too short
            rejected: miaow
          record what is missing: TROUPE_RECORD=missing swift test
        """)
    #expect(!folder.has("cats.json"))
  }

  @Test func aLongDifferenceIsCut() async throws {
    let replaying = try Cassette(at: path, mode: .replay)
    let prompt = String(repeating: "line\n", count: 200)
    let text = await miss { try await replaying.ask(prompt, Newsroom.absent) }
    #expect(text?.split(separator: "\n").count == 83)
    #expect(text?.contains("\n    … 124 more lines\n") == true)
  }

  @Test func aMissFailsTheRunAndNamesTheStage() async throws {
    let cassette = try Cassette(at: path, mode: .replay)
    let run = try await Simulation(
      of: LaunchPost(), team: Newsroom.team(Newsroom.absent).recorded(in: cassette)
    ).run("cats")
    let said = try #require(run.failure?.description)
    #expect(said.contains("has no answer for stage 'launch-post/research' (role 'researcher')"))
    #expect(cassette.misses.map(\.stage) == Array(repeating: "launch-post/research", count: 3))
  }
}

import Testing
import Troupe
import TroupeSimulation

/// What stands in a cassette's file, and what is said of one that cannot be used.
@Suite struct CassetteFileTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("cats.json")
  }

  @Test func theFileReadsWell() async throws {
    let cassette = try Cassette(at: path, mode: .record)
    let feedback = [
      Feedback(source: .gate("long"), reason: "too short"),
      Feedback(source: .decoding, reason: "no JSON", rejected: "a\nb"),
    ]
    _ = try await cassette.ask(
      "Write.\nNow.", Newsroom.talkative("{\r\n}\n"), feedback: feedback, schema: .anything)
    let critic = Role("critic", instructions: "Be kind.")
    let agent = ClosureAgent { _ in .json(nil, usage: Usage(inputTokens: 1, outputTokens: 2)) }
    _ = try await cassette.ask("Judge.", agent, role: critic)
    #expect(
      try folder.text("cats.json") == #"""
        {
          "exchanges": [
            {
              "asked": {
                "instructions": "Be kind.",
                "prompt": "Judge.",
                "role": "critic",
                "stage": "post/draft"
              },
              "delivered": [
                {
                  "json": null,
                  "usage": {
                    "inputTokens": 1,
                    "outputTokens": 2
                  }
                }
              ]
            },
            {
              "asked": {
                "feedback": [
                  {
                    "from": "gate 'long'",
                    "reason": "too short"
                  },
                  {
                    "from": "the form of the answer",
                    "reason": "no JSON",
                    "rejected": [
                      "a",
                      "b"
                    ]
                  }
                ],
                "prompt": [
                  "Write.",
                  "Now."
                ],
                "role": "writer",
                "schema": {},
                "stage": "post/draft"
              },
              "delivered": [
                {
                  "text": [
                    "{\r",
                    "}",
                    ""
                  ]
                }
              ]
            }
          ],
          "format": 1
        }

        """#)
    let replaying = try Cassette(at: path, mode: .replay)
    let text = try await replaying.ask(
      "Write.\nNow.", Newsroom.absent, feedback: feedback, schema: .anything)
    #expect(text == "{\r\n}\n")
    #expect(try await replaying.ask("Judge.", Newsroom.absent, role: critic) == "null")
  }

  @Test func exchangesAreSortedByStageRoleAndRequest() async throws {
    let cassette = try Cassette(at: path, mode: .record)
    let echo = ClosureAgent { .text($0.prompt) }
    for prompt in ["3", "1", "2"] {
      for role in [Role.writer, .critic] {
        for stage in ["b", "a"] { _ = try await cassette.ask(prompt, echo, at: stage, role: role) }
      }
    }
    let asked = try folder.text("cats.json").matches(
      of: #/"prompt": "(\d)",\s+"role": "(\w+)",\s+"stage": "(\w)"/#
    ).map { "\($0.3) \($0.2) \($0.1)" }
    #expect(
      asked == [
        "a critic 1", "a critic 2", "a critic 3", "a writer 1", "a writer 2", "a writer 3",
        "b critic 1", "b critic 2", "b critic 3", "b writer 1", "b writer 2", "b writer 3",
      ])
  }

  @Test(arguments: Simulation.seeds(10))
  func theOrderOfAnswersDoesNotChangeTheFile(_ seed: Seed) async throws {
    let reference = try Cassette(at: folder.path("reference.json"), mode: .record)
    let cassette = try Cassette(at: path, mode: .record)
    for (cassette, seed) in [(reference, 0), (cassette, seed)] {
      _ = try await Simulation(
        of: LaunchPost(), team: Newsroom.team(Newsroom.diligent).recorded(in: cassette)
      ).run("cats", seed: seed)
    }
    #expect(try folder.text("cats.json") == folder.text("reference.json"))
  }

  @Test func agentsAtWorkAtOnceAreAllRecorded() async throws {
    let recording = try Cassette(at: path, mode: .record)
    // Another cassette of the same file, as another test may have.
    let other = try Cassette(at: path, mode: .record)
    let echo = ClosureAgent { .text($0.prompt) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...40 {
        let cassette = number.isMultiple(of: 2) ? recording : other
        group.addTask { _ = try await cassette.ask("\(number)", echo) }
      }
      try await group.waitForAll()
    }
    let replaying = try Cassette(at: path, mode: .replay)
    for number in 1...40 {
      #expect(try await replaying.ask("\(number)", Newsroom.absent) == "\(number)")
    }
  }

  @Test func theSameRequestIsRecordedInTheOrderOfAsking() async throws {
    let (asked, wasAsked) = AsyncStream<Void>.makeStream()
    let (answered, wasAnswered) = AsyncStream<Void>.makeStream()
    let agent = ClosureAgent { assignment in
      guard assignment.attempt == 1 else { return .text("second") }
      wasAsked.finish()
      for await _ in answered {}
      return .text("first")
    }
    let recording = try Cassette(at: path, mode: .record)
    async let first = recording.ask("Go.", agent, attempt: 1)
    for await _ in asked {}
    _ = try await recording.ask("Go.", agent, attempt: 2)
    wasAnswered.finish()
    _ = try await first
    let replaying = try Cassette(at: path, mode: .replay)
    #expect(try await replaying.ask("Go.", Newsroom.absent) == "first")
    #expect(try await replaying.ask("Go.", Newsroom.absent) == "second")
  }

  @Test func twoVersionsThatWereMergedGiveAllTheirAnswers() async throws {
    let exchange = #"{"asked": {"prompt": "Go.", "role": "writer", "stage": "post/draft"}, "#
    try folder.write(
      """
      {"format": 1, "exchanges": [\(exchange) "delivered": [{"text": "a"}]},
      \(exchange) "delivered": [{"text": "b"}]}]}
      """, to: "cats.json")
    let cassette = try Cassette(at: path, mode: .replay)
    #expect(try await cassette.ask("Go.", Newsroom.absent) == "a")
    #expect(try await cassette.ask("Go.", Newsroom.absent) == "b")
  }

  @Test(arguments: [
    (
      "{\n  \"format\": 1,\n<<<<<<< HEAD\n",
      "it is no cassette: line 3, column 1: expected a key in quotes, found '<'; "
        + "mend it, or remove it and record it again"
    ),
    (
      "",
      "it is no cassette: line 1, column 1: expected a value, found the end of the text; "
        + "mend it, or remove it and record it again"
    ),
    (
      #"{"format": 2}"#,
      "it is no cassette of format 1, it has format 2; remove it and record it again"
    ),
    ("[]", "it is no cassette of format 1, it has no 'format'; remove it and record it again"),
    (
      #"{"format": 1, "exchanges": [{"asked": {"prompt": 7}}]}"#,
      "it is no cassette: exchanges[0].asked: expected the key \"stage\", found an object of 1 key "
        + "without it; mend it, or remove it and record it again"
    ),
  ])
  func aBrokenFileIsNamedAndLeftAlone(_ text: String, _ reason: String) throws {
    try folder.write(text, to: "cats.json")
    for mode in [Cassette.Mode.replay, .record, .fill] {
      let error = #expect(throws: CassetteError.self) { try Cassette(at: path, mode: mode) }
      #expect(error?.file == path)
      #expect(error?.reason == reason)
    }
    #expect(try folder.text("cats.json") == text)
  }

  @Test func aFileThatBreaksMeanwhileIsLeftAlone() async throws {
    let cassette = try Cassette(at: path, mode: .record)
    _ = try await cassette.ask("Go.", Newsroom.talkative("gone"))
    try folder.write("mine", to: "cats.json")
    await #expect(throws: CassetteError.self) {
      try await cassette.ask("Come.", Newsroom.talkative("come"))
    }
    #expect(try folder.text("cats.json") == "mine")
  }

  @Test func whatIsChangedByHandMeanwhileIsKept() async throws {
    let recording = try Cassette(at: path, mode: .record)
    _ = try await recording.ask("Go.", Newsroom.talkative("gone"))
    try folder.write(try folder.text("cats.json").replacing("gone", with: "went"), to: "cats.json")
    _ = try await recording.ask("Come.", Newsroom.talkative("come"))
    let replaying = try Cassette(at: path, mode: .replay)
    #expect(try await replaying.ask("Go.", Newsroom.absent) == "went")
    #expect(try await replaying.ask("Come.", Newsroom.absent) == "come")
  }

  @Test func aPlaceThatCannotBeWrittenIsNamedWithTheReason() async throws {
    try folder.write("a file", to: "taken")
    let cassette = try Cassette(at: folder.path("taken/cats.json"), mode: .record)
    await #expect {
      _ = try await cassette.ask("Go.", Newsroom.talkative("gone"))
    } throws: {
      "\($0)" == "\(folder.path("taken/cats.json")): its folder cannot be made: File exists"
    }
  }

  @Test func aFolderInItsPlaceIsNamed() throws {
    let error = #expect(throws: CassetteError.self) { try Cassette(at: folder.path(".")) }
    #expect(error?.reason == "it cannot be read: Is a directory")
  }
}

import Testing
import Troupe
import TroupeSimulation

/// Which secrets are left out of a cassette, and that it is found without them.
@Suite struct RedactionTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.path("cats.json")
  }

  private func cassette(
    _ mode: Cassette.Mode, _ environment: [String: String] = [:], _ secrets: [Redaction] = []
  ) throws -> Cassette {
    try Cassette(at: path, mode: mode, leavingOut: secrets, environment: environment)
  }

  @Test func aSecretIsNowhereInTheFile() async throws {
    let secret = "s3cr3t\"\n12345"
    let environment = ["OPENAI_API_KEY": secret]
    let everywhere = Feedback(
      source: .gate(secret), reason: secret, rejected: JSONValue.string(secret).canonicalText)
    let agent = ClosureAgent { _ in .json([.object([secret: .string("is \(secret)")])]) }
    let answer = try await cassette(.record, environment).ask(
      "With \(secret).", agent, at: "post/draft", role: Role("writer", instructions: secret),
      feedback: [everywhere], schema: JSONSchema(["description": .string(secret)]))
    #expect(answer == #"[{"‹OPENAI_API_KEY›":"is ‹OPENAI_API_KEY›"}]"#)
    let text = try folder.text("cats.json")
    #expect(!text.contains("s3cr3t"))
    #expect(!text.contains("12345"))
    #expect(text.ranges(of: "‹OPENAI_API_KEY›").count == 8)
  }

  @Test func ofSecretsThatOverlapTheLongestIsLeftOut() async throws {
    _ = try await cassette(
      .record, ["API_TOKEN": "ABCDEFGH12"],
      [.text("hunter", as: "A"), .text("prefix-ABCDEFGH12-suffix", as: "MINE")]
    ).ask("Use prefix-ABCDEFGH12-suffix and hunter.", Newsroom.talkative("yes"))
    let text = try folder.text("cats.json")
    #expect(text.contains("Use ‹MINE› and ‹A›."))
    #expect(!text.contains("prefix"))
  }

  @Test func aRequestIsFoundWithoutItsSecret() async throws {
    func token(_ value: String) -> [String: String] { ["CI_TOKEN": value] }
    _ = try await cassette(.record, token("abcdefgh")).ask(
      "Use abcdefgh.", Newsroom.talkative("I used abcdefgh."))
    let replaying = try cassette(.replay, token("another one"))
    #expect(try await replaying.ask("Use another one.", Newsroom.absent) == "I used ‹CI_TOKEN›.")
  }

  @Test func aMissDoesNotShowTheSecret() async throws {
    let replaying = try cassette(.replay, ["CI_TOKEN": "abcdefgh"])
    let miss = await #expect(throws: CassetteMiss.self) {
      try await replaying.ask("Use abcdefgh.", Newsroom.absent)
    }
    #expect(miss?.description.contains("Use ‹CI_TOKEN›.") == true)
    #expect(miss.map { "\($0.request)\($0)" }?.contains("abcdefgh") == false)
  }

  @Test func variablesAreSecretByTheirNamesAndLengths() {
    let environment = [
      "API_KEY": "11111111", "ci_token": "22222222", "CLIENT_SECRET": "33333333",
      "DB_PASSWORD": "44444444", "PIN_KEY": "5555555", "KEYBOARD": "66666666", "HOME": "77777777",
    ]
    let secrets = Redaction.secrets(in: environment)
    #expect(
      secrets.reduce("11111111 22222222 33333333 44444444 5555555 66666666 77777777") {
        $1.redacting($0)
      } == "‹API_KEY› ‹ci_token› ‹CLIENT_SECRET› ‹DB_PASSWORD› 5555555 66666666 77777777")
  }

  @Test func ofASecretInsideOfAnotherTheLongerIsLeftOut() {
    let secrets = Redaction.secrets(in: ["A_KEY": "12345678", "B_KEY": "0123456789"])
    #expect(
      secrets.reduce("0123456789, 12345678") { $1.redacting($0) } == "‹B_KEY›, ‹A_KEY›")
  }

  @Test func moreSecretsAreGivenAsTextsAndPatterns() async throws {
    let secrets: [Redaction] = [
      .text("Ann", as: "NAME"), .text("", as: "NOTHING"),
      .matching(#/sk-(\d+)/#, as: "NUMBER"),
    ]
    let recording = try cassette(.record, ["CI_TOKEN": "abcdefgh"], secrets)
    let answer = try await recording.ask("Go.", Newsroom.talkative("Ann has sk-123 and abcdefgh."))
    #expect(answer == "‹NAME› has ‹NUMBER› and ‹CI_TOKEN›.")
  }

  @Test func aNumberThatHoldsASecretBecomesText() async throws {
    let agent = ClosureAgent { _ in .json([12_345_678, 12]) }
    let recording = try cassette(.record, ["PASSWORD": "12345678"])
    #expect(try await recording.ask("Go.", agent) == #"["‹PASSWORD›",12]"#)
  }

  @Test func anAccentAfterASecretDoesNotHideIt() {
    #expect(Redaction.text("secret", as: "X").redacting("secret\u{301}") == "‹X›\u{301}")
  }
}

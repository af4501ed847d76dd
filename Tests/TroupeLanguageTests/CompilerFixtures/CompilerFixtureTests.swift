import Foundation
import Testing

@Suite(.serialized) struct CompilerFixtureTests {
  /// All mistakes in one run of the compiler, each in a file of its own.
  static let errors = Result {
    try Compiler.errors(
      in: [("Payloads.swift", Mistake.payloads)]
        + Mistake.all.enumerated().map { ("Mistake\($0).swift", $1.source) })
  }

  @Test(arguments: Mistake.all.indices)
  func aMistakeIsToldOnItsLine(_ index: Int) throws {
    let mistake = Mistake.all[index]
    let own = try Self.errors.get().filter { $0.file == "Mistake\(index).swift" }
    let first = try #require(own.first, "\(mistake.name): the compiler found nothing")
    #expect(first.text.contains(mistake.says), "\(mistake.name): \(own)")
    #expect(first.line == mistake.line, "\(mistake.name): \(own)")
  }

  /// A module that uses the language as people do, to be accepted under other settings.
  private func module(_ prefix: String) -> String {
    """
    import Foundation
    import Troupe

    \(prefix)struct Topic: Codable, Sendable { var name: String }
    \(prefix)struct Text: Codable, Sendable { var words: [String] }

    extension Role {
      \(prefix)static let author = Role("author")
    }

    extension Signal where Payload == Date {
      \(prefix)static let approved = Signal("approved")
    }

    \(prefix)struct Writing: Workflow {
      let input = Artifact<Topic>("topic")
      let output = Artifact<Text>("text")
      let words = Artifact<[String]>("words")
      let longer = Artifact<[String]>("longer")
      let approval = Artifact<Date>("approval")
      let parts = Artifact<[FanOut.Element<String>]>("parts")
      struct Parameters: Codable, Sendable { var count = 3 }
      var parameters = Parameters()

      var body: some Step {
        Stage("words", reads: input, writes: words) { topic in [topic.name] }
        FanOut(over: words, into: longer) { word, long in
          Stage("grow", by: .author, reads: word, writes: long) { "Make longer: \\($0)" }
            .retry(attempts: 2)
        }
        FanOut("some", over: words, into: parts, tolerating: 1) { word, part in
          Stage("part", reads: word, writes: part) { word in word + "!" }
        }
        Repeat("again", longer, upTo: 2, until: { $0.count > 3 }, otherwise: .accept) {
          Stage("more", reads: longer, writes: longer) { list in list + list }
        }
        Choose(on: longer) {
          When("few") { $0.count < parameters.count } then: {
            Effect("tell", reads: longer) { list in print(list.count) }
          }
          Otherwise(.skip)
        }
        Wait(for: .approved, writes: approval, within: .hours(48))
        Wait(until: approval)
        Wait("cool down", lasting: .hours(24))
        Wait("both", reads: approval, words) { approval, words in approval }
        Effect("publish", reads: longer) { list in print(list.count) }
          .probe { key in key.isEmpty ? .finished : .unknown }
        Race {
          Stage("one", reads: longer, writes: output) { Text(words: $0) }
          Stage("two", reads: longer, parts, writes: output) { list, parts in
            Text(words: list + parts.compactMap(\\.value))
          }
        }
        .gate("some", on: output, otherwise: .rework(upTo: 1)) { text in
          text.words.isEmpty ? .rejected("it is empty") : .accepted
        }
      }
    }

    \(prefix)func write() async throws -> Text {
      let team = Team {
        Member("me", plays: .author) { ClosureAgent { .text($0.prompt) } }
      }
      return try await Runtime(team: team).run(Writing(), input: Topic(name: "x"))
    }
    """
  }

  @Test(arguments: [
    ["-enable-upcoming-feature", "NonisolatedNonsendingByDefault"],
    ["-enable-upcoming-feature", "ExistentialAny"],
    ["-enable-upcoming-feature", "InferIsolatedConformances"],
    [
      "-enable-upcoming-feature", "NonisolatedNonsendingByDefault", "-enable-upcoming-feature",
      "ExistentialAny", "-enable-upcoming-feature", "InferIsolatedConformances",
      "-enable-upcoming-feature", "MemberImportVisibility",
    ],
  ])
  func aModuleWithUpcomingFeaturesIsAccepted(_ options: [String]) throws {
    #expect(try Compiler.errors(in: [("Module.swift", module(""))], options: options) == [])
  }

  @Test func aModuleThatIsolatesToTheMainActorIsAcceptedWithNonisolatedTypes() throws {
    let options = ["-default-isolation", "MainActor"]
    #expect(
      try Compiler.errors(in: [("Module.swift", module("nonisolated "))], options: options) == [])
    // As the README's troubleshooting quotes it.
    let said = try Compiler.errors(in: [("Module.swift", module(""))], options: options)
    #expect(
      said.contains {
        $0.text.contains("main actor-isolated conformance of 'Topic' to 'Decodable'")
          && $0.text.contains("cannot satisfy conformance requirement")
      }, "\(said)")
  }
}

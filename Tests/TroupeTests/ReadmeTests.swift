import Foundation
import Testing
import Troupe
import TroupeTesting

/// The worked example of the README, word for word where it can be.
@Suite struct ReadmeTests {
  struct Digest: Workflow {
    let input = Artifact<[Page]>("pages")
    let output = Artifact<Summary>("digest")
    let notes = Artifact<[String]>("notes")
    struct Parameters: Codable, Sendable { var words = 200 }
    var parameters = Parameters()

    var body: some Step {
      FanOut("read", over: input, into: notes, atMost: 4) { page, note in
        Stage("take notes", by: .reader, reads: page, writes: note) { page in
          "Note the three main points of: \(page.text)"
        }
      }
      Stage("summarise", by: .digestWriter, reads: notes, writes: output) { notes in
        "Summarise in \(parameters.words) words: \(notes.joined(separator: "\n"))"
      }
      .gate("names its sources", otherwise: .rework(upTo: 2)) { summary in
        summary.sources.isEmpty ? .rejected("name the pages you used") : .accepted
      }
      .retry(attempts: 3, backoff: .exponential(from: .seconds(1)))
      .timeout(.minutes(2))
    }
  }

  struct Page: Codable, Sendable { var title: String, text: String }
  struct Summary: Codable, Sendable { var text: String, sources: [String] }

  @Test(arguments: Simulation.seeds(20))
  func aDigestWithoutSourcesIsReworked(_ seed: TroupeSimulation.Seed) async throws {
    let simulation = Simulation(of: Digest()) {
      Stub("read/take notes", as: String.self) { "a note" }.taking(.uniform(.minutes(1), .hours(8)))
      Stub(\.output) { asked in Summary(text: "…", sources: asked.take == 1 ? [] : ["page 1"]) }
    }
    let run = try await simulation.run([Page(title: "1", text: "…")], seed: seed)
    #expect(try run.output.sources == ["page 1"])
    #expect(try run.stage("summarise").takes == 2)
  }

  @Test func theParametersAreWhatTheWriterIsTold() async throws {
    let prompts = AsyncStream<String>.makeStream()
    let team = Team {
      Member("test", plays: .reader, .digestWriter) {
        ClosureAgent { assignment in
          if assignment.role == .reader { return .text("a note") }
          prompts.continuation.yield(assignment.prompt)
          return .value(Summary(text: "…", sources: ["page 1"]))
        }
      }
    }
    var digest = Digest()
    digest.parameters.words = 300
    _ = try await Runtime(team: team).run(digest, input: [Page(title: "1", text: "…")])
    let prompt = await prompts.stream.first { _ in true }
    #expect(prompt == "Summarise in 300 words: a note")
  }

  @Test func theReadmeShowsTheExampleAndWhereItLives() throws {
    let readme = try text("README.md")
    let here = try text("Tests/TroupeTests/ReadmeTests.swift")
    let part = try #require(readme.split(separator: "import Troupe\n\n").dropFirst().first)
    let digest = part.split(separator: "    FanOut").first.map(String.init) ?? ""
    #expect(digest.hasPrefix("struct Digest: Workflow {"))
    let indented = digest.split(separator: "\n").map { "  \($0)" }
    for line in indented { #expect(here.contains("\n\(line)\n"), "\(line)") }
    // A package is named after its folder otherwise, which may be called anything.
    #expect(readme.contains(#"dependencies: [.package(name: "troupe", path: "../troupe")],"#))
    #expect(readme.contains(".testTarget(\n      name: \"NewsroomTests\","))
    #expect(
      readme.contains("import Testing\nimport TroupeTesting\n@testable import Newsroom\n\n@Test"))
  }

  private func text(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func thePictureIsTheOneThatIsDrawn() throws {
    let text = try text("README.md")
    let picture = try #require(text.split(separator: "```mermaid\n").dropFirst().first)
    #expect(
      picture.split(separator: "```").first.map(String.init)
        == (try Digest().compile().plan.mermaid()))
  }
}

extension Role {
  fileprivate static let reader = Role("reader")
  fileprivate static let digestWriter = Role("writer", instructions: "Write plain English.")
}

import Foundation
import Testing
import Troupe

/// The worked example of the README, word for word where it can be.
@Suite struct ReadmeTests {
  struct Digest: Workflow {
    let input = Artifact<[Page]>("pages")
    let output = Artifact<Summary>("digest")
    let notes = Artifact<[String]>("notes")

    var body: some Step {
      FanOut("read", over: input, into: notes, atMost: 4) { page, note in
        Stage("take notes", by: .reader, reads: page, writes: note) { page in
          "Note the three main points of: \(page.text)"
        }
      }
      Stage("summarise", by: .digestWriter, reads: notes, writes: output) { notes in
        "Summarise in 200 words: \(notes.joined(separator: "\n"))"
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

  @Test func aDigestWithoutSourcesIsReworked() async throws {
    let team = Team {
      Member("test", plays: .reader, .digestWriter) {
        ClosureAgent { assignment in
          if assignment.role == .reader { return .text("a note") }
          return .value(Summary(text: "…", sources: assignment.take == 1 ? [] : ["page 1"]))
        }
      }
    }
    let digest = try await Runtime(team: team).run(Digest(), input: [Page(title: "1", text: "…")])
    #expect(digest.sources == ["page 1"])
  }

  @Test func thePictureIsTheOneThatIsDrawn() throws {
    let readme = URL(filePath: #filePath).appending(path: "../../../README.md").standardized
    let text = try String(contentsOf: readme, encoding: .utf8)
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

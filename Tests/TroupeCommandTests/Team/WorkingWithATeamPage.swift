import Foundation
import Testing
import Troupe
import TroupeCommand

// The code of the page "Working with a team", as it stands there: a test holds the two together.

extension Role {
  fileprivate static let researcher = Role("researcher")
  fileprivate static let writer = Role("writer", skills: ["prose"])
  fileprivate static let editor = Role("editor")
  fileprivate static let painter = Role("painter", skills: ["oil"])
  fileprivate static let modeller = Role("modeller")
  fileprivate static let coder = Role("coder")
}

private let team = Team {
  Member("searcher", plays: .researcher, capacity: 4) { CommandAgent("search-agent", "--json") }
  Member("scribe", plays: .writer, .editor) { CommandAgent("claude", "-p") }
  Member("stand-in", plays: .writer) { ClosureAgent { .text("About \($0.prompt)") } }
}

private let desk = Team {
  Member("mini", plays: .writer, .researcher, capacity: 8, cost: 1) { CommandAgent("mini", "-p") }
  Member("maxi", plays: .writer, skills: ["prose", "latin"], cost: 30) { CommandAgent("maxi") }
}
.choosing(.cheapest)
.choosing(.affinity, for: .researcher)

private let gpu = Resource("gpu", 2)
private let studio = Team {
  Member("painter", plays: .painter, capacity: 4) { CommandAgent("paint") }
    .needs(gpu)
    .rate(10, per: .minutes(1))
  Member("modeller", plays: .modeller, capacity: 4) { CommandAgent("model") }
    .needs(gpu)
    .breaker(after: 5, pause: .minutes(2))
}

private let crew = Team {
  Member("coder", plays: .coder, pool: 1...8, idle: .minutes(10)) { unit in
    CommandAgent("codex", "exec", directory: "work/\(unit)")
  }
}

private let keyed = CommandAgent("claude", "-p", environment: .basic.passing("ANTHROPIC_API_KEY"))
private let voice = CommandAgent(
  "say", "--voice", "Ada", prompt: .argument, timeLimit: .seconds(30))

struct EchoAgent: Agent {
  func perform(_ assignment: Assignment) async throws -> Delivery {
    .text(assignment.prompt)
  }
}

@Suite struct WorkingWithATeamPage {
  private struct Answering: Workflow {
    let complaint = Artifact<String>("complaint")
    let answer = Artifact<String>("answer")
    var input: Artifact<String> { complaint }
    var output: Artifact<String> { answer }
    var body: some Step {
      Stage("answer", by: .writer, reads: complaint, writes: answer) { "Answer: \($0)" }
        .priority(10)
    }
  }

  private struct Picture: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("picture")
    var body: some Step {
      Stage("write", by: Role("writer"), reads: input, writes: output) { $0 }
        .gate("editor agrees", reviewedBy: Role("editor"), within: .hours(1))
      Stage("model", by: .modeller, reads: input, writes: output) { $0 }
      Stage("paint", by: .painter, reads: input, writes: output) { $0 }
    }
  }

  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/Troupe/Troupe.docc/WorkingWithATeam.md").standardized

  /// The code blocks of the page in a language.
  private func blocks(_ language: String) throws -> [String] {
    try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "```\(language)\n")
      .dropFirst().compactMap { $0.components(separatedBy: "```").first }
  }

  @Test func theTeamsOfThePageMakeSense() async throws {
    let plan = try Answering().compile().plan
    for team in [team, desk] {
      #expect(throws: Never.self) { try team.validate(for: plan) }
    }
    #expect(studio.problems == [])
    #expect(crew.problems == [])
    #expect(plan.nodes[1].policies.priority == 10)
    let echo = Team { Member("echo", plays: .writer) { EchoAgent() } }
    #expect(try await Runtime(team: echo).run(Answering(), input: "x") == "Answer: x")
  }

  @Test func theFileOfThePageIsATeam() async throws {
    let file = try #require(try blocks("json").first)
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      try file.replacing("ANTHROPIC_API_KEY", with: "PATH").write(
        toFile: path, atomically: true, encoding: .utf8)
      let result = await Shell(workflows: [Picture()]).call(
        "team", "--team", path, "--store", folder.store)
      #expect(result.errors == "")
      #expect(result.code == .done)
    }
  }

  @Test func thePageSaysWhatIsTestedHere() throws {
    func lines(_ text: String) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        .replacing("private let", with: "let")
        .replacing("( ", with: "(")
    }
    let code = lines(try String(contentsOf: URL(filePath: #filePath), encoding: .utf8))
    let blocks = try blocks("swift")
    #expect(blocks.count == 7)
    for block in blocks {
      #expect(code.contains(lines(block)), "not in this file:\n\(block)")
    }
  }
}

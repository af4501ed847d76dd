import Foundation
import Testing
import Troupe
import TroupeCommand

/// Who plays what, and how busy they are.
@Suite struct TeamCommandTests {
  private typealias Letter = TeamFileTests.Letter

  private struct Song: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("song")
    var body: some Step {
      Stage("sing", by: Role("singer"), reads: input, writes: output) { $0 }
    }
  }

  /// Has its role only where a parameter says so.
  private struct Verse: Workflow {
    struct Parameters: Codable, Sendable {
      var isSung = false
    }

    var parameters = Parameters()
    let input = Artifact<String>("topic")
    let output = Artifact<String>("verse")
    var body: some Step {
      if parameters.isSung {
        Stage("sing", by: Role("singer"), reads: input, writes: output) { $0 }
      } else {
        Stage("say", reads: input, writes: output) { $0 }
      }
    }
  }

  @Test func aFileMayPlayRolesThatComeWithAParameterOrThatTheToolsOwnTeamPlays() async throws {
    try await StoreFolder.with { folder in
      func call(_ role: String, own: Team = Team(), _ arguments: String...) async throws
        -> Shell.Result
      {
        let path = "\(folder.path)/team.json"
        let agent = #"{"kind": "command", "run": ["cat"]}"#
        try #"{"members": [{"name": "ann", "plays": ["\#(role)"], "agent": \#(agent)}]}"#
          .write(toFile: path, atomically: true, encoding: .utf8)
        return await Shell(workflows: [Verse()], team: own).call(arguments + ["--team", path])
      }
      let sung = try await call(
        "singer", "run", "verse", #"--input="la""#, "--set=isSung=true", "--quiet")
      #expect((sung.code, sung.output) == (.done, "la\n"), "\(sung.errors)")
      let said = try await call("singer", "check", "verse")
      #expect(said.code == .usage)
      #expect(said.errors.contains("no workflow has a role 'singer'"))
      let all = try await call("singer", "resume", "--all", "--store", folder.path)
      #expect(all.code == .done)
      #expect(all.errors.contains("warning: no workflow has a role 'singer'"), "\(all.errors)")
      let singer = Team { Member("bob", plays: Role("singer")) { Person() } }
      #expect(try await call("singer", own: singer, "check", "verse").code == .done)
    }
  }

  private func team(_ perform: @escaping @Sendable (Assignment) async throws -> Delivery) -> Team {
    Team {
      Member("scribe", plays: Role("writer"), Role("editor"), capacity: 2, cost: 0.5) {
        ClosureAgent(perform)
      }
      .rate(10, per: .minutes(1)).needs(Resource("gpu", 2))
      Member("desk", plays: Role("editor")) { ClosureAgent(perform) }
        .breaker(after: 3, pause: .minutes(5))
    }.choosing(.cheapest, for: Role("editor"))
  }

  private let nowhere = "--store=/nowhere"

  @Test func wherePeopleAndAgentsAreNotNeededNoTableIsShown() async throws {
    let result = await Shell(workflows: [Echo()]).call("team", nowhere)
    #expect(result.code == .done)
    #expect(
      result.output == "the team has no members, and no workflow has a role that needs one\n")
  }

  @Test func aTeamIsShownWithWhatIsMissing() async throws {
    let shell = Shell(workflows: [Letter(), Song()], team: team { _ in .text("") })
    let result = await shell.call("team", nowhere)
    #expect(
      result.output == """
        MEMBER  PLAYS           AT WORK  CAPACITY  DONE  FAILED  COST  LIMITS                       STANDING
        scribe  writer, editor        –         2     –       –   0.5  10 per 1 min, needs gpu (2)
        desk    editor                –         1     –       –     0  breaker after 3 for 5 min

        ROLE    PLAYED BY     CHOICE        WAITING  NEEDED BY
        writer  scribe        least loaded        –  letter
        editor  scribe, desk  cheapest            –  letter
        singer  nobody        least loaded        –  song

        """)
    #expect(
      result.errors == """
        error: nobody plays the role 'singer', which 'song/sing' needs; \
        add a member: Member("…", plays: Role("singer")) { … }

        """)
    #expect(result.code == .failed)
    let letter = await shell.call("team", "letter", nowhere)
    #expect(letter.code == .done)
    #expect(!letter.output.contains("singer"))
    #expect(await shell.call("team", "lettre", nowhere).code == .usage)
  }

  @Test func whatRunsUnderWaySayOfMembersIsShown() async throws {
    try await StoreFolder.with { folder in
      let hold = AsyncStream<Never>.makeStream()
      let fails = AsyncStream<Void>.makeStream()
      // The first attempt at each letter fails; then they are held.
      let team = Team {
        Member("scribe", plays: Role("writer"), Role("editor"), capacity: 2) {
          ClosureAgent { assignment in
            if assignment.attempt == 1 { throw Flat() }
            fails.continuation.yield()
            for await _ in hold.stream {}
            return .text("")
          }
        }
      }
      struct Letters: Workflow {
        let input = Artifact<[String]>("topics")
        let output = Artifact<[String]>("letters")
        var body: some Step {
          FanOut(over: input, into: output) { topic, letter in
            Stage("write", by: Role("writer"), reads: topic, writes: letter) { $0 }
              .retry(attempts: 2)
          }
        }
      }
      let shell = Shell(workflows: [Letters()], team: team)
      try await Runtime(team: team, store: .directory(folder.store)).withRun(
        of: Letters(), input: ["a", "b", "c"], id: "run"
      ) { _ in
        var held = 0
        for await _ in fails.stream {
          held += 1
          if held == 2 { break }
        }
        let text = await shell.call("team", "--store", folder.store, "--json").output
        let json = try JSONValue(parsing: text)
        guard case .array(let members) = json["members"], case .array(let roles) = json["roles"]
        else {
          Issue.record("\(text)")
          return
        }
        #expect(members.first?["atWork"] == 2, "\(text)")
        #expect(members.first?["done"] == 0)
        #expect(members.first?["failed"]?.canonicalText.isEmpty == false)
        #expect(roles.first?["waiting"] == 1, "\(text)")
        hold.continuation.finish()
      }
      let after = await shell.call("team", "--store", folder.store).output
      // What has ended is no longer under way.
      #expect(after.contains("scribe  writer, editor        0         2     0       0     0"))
    }
  }

  private struct Flat: Error {}
}

import Foundation
import Testing
import Troupe
import TroupeCommand

/// Studies of teams from files.
@Suite struct SimulateTeamTests {
  /// A draft, and two reviews at once by one role.
  private struct Column: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<Int>("mark")
    let draft = Artifact<String>("draft")
    let facts = Artifact<Int>("facts")
    let style = Artifact<Int>("style")

    var body: some Step {
      Stage("draft", by: Role("writer"), reads: input, writes: draft) { "Write about \($0)." }
        .estimate(tokens: 100_000)
      Parallel("review") {
        Stage("facts", by: Role("critic"), reads: draft, writes: facts) { "Check \($0)." }
        Stage("style", by: Role("critic"), reads: draft, writes: style) { "Judge \($0)." }
      }
      Stage("add", reads: facts, style, writes: output) { $0 + $1 }
    }
  }

  /// Its tokens are enough for the work of an agent, and not for as much again.
  private struct Letter: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("letter")

    var body: some Step {
      Stage("draft", by: Role("writer"), reads: input, writes: output) { "Write about \($0)." }
        .estimate(tokens: 100_000)
        .budget(tokens: 150_000)
        .gate("good", reviewedBy: Role("critic"), within: .hours(1))
    }
  }

  private static let durations = """
    {"draft": "15 min", "role:critic": "10 min", "add": "5 min"}
    """

  private let shell = Shell(workflows: [Column(), Echo()], input: durations)

  private let scribe = """
    {"name": "scribe", "plays": ["writer"], "cost": 0.5, "price": {"input": 3, "output": 15},
     "agent": {"kind": "command", "run": ["false"]}}
    """

  private func critic(_ more: String = "", agent: String = "person") -> String {
    let agent = agent == "person" ? "" : #", "run": ["false"]"#
    let kind = agent.isEmpty ? "person" : "command"
    return #"{"name": "ann", "plays": ["critic"], \#(more) "agent": {"kind": "\#(kind)"\#(agent)}}"#
  }

  private func simulate(
    _ members: String..., of workflow: String = "column", with shell: Shell? = nil,
    and arguments: String...
  ) async throws -> Shell.Result {
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      try #"{"members": [\#(members.joined(separator: ","))]}"#
        .write(toFile: path, atomically: true, encoding: .utf8)
      let result = await (shell ?? self.shell).call(
        ["simulate", workflow, "--durations=-", "--seeds=5", "--team", path] + arguments)
      return Shell.Result(
        code: result.code, output: result.output,
        errors: result.errors.replacing(path, with: "team.json"))
    }
  }

  private func figures(_ members: String...) async throws -> JSONValue {
    let result = try await simulate(scribe, members.joined(separator: ","), and: "--json")
    return try #require(try JSONValue(parsing: result.output)["figures"])
  }

  private func member(_ name: String, in figures: JSONValue) throws -> JSONValue {
    guard case .array(let members)? = figures["members"] else { return .null }
    return try #require(members.first { $0["name"] == .string(name) })
  }

  @Test func theReportSaysWhoIsBusyWhoWaitsAndWhatItCosts() async throws {
    let result = try await simulate(scribe, critic(#""cost": 2,"#))
    #expect(result.errors.isEmpty)
    #expect(result.code == .done)
    #expect(
      result.output.hasPrefix(
        """
        column: 5 simulated runs

        Makespan
          p50 40 min, p95 40 min, mean 40 min

        Roles
                  members  busy  at work  most  asked  waited  wait mean  wait p95
          writer        1     –      0.4     1      1     0 %        0 s       0 s
          critic        1     –      0.5     1      2    50 %      5 min    10 min

        Members
                  at once  busy  asked  waited  wait mean  wait p95  cost
          scribe        1  38 %      1     0 %        0 s       0 s     2
          ann           1  50 %      2    50 %      5 min    10 min     4

        Cost
          6 a run, on average

        Critical path, in shares of the makespan

        """))
  }

  @Test func capacityAndRateDecideWhoWaits() async throws {
    let two = try await figures(critic(#""capacity": 2,"#))
    #expect(two["makespan"]?["p50"] == 1_800)
    #expect(try member("ann", in: two)["waited"] == 0)
    let slow = try await figures(
      critic(
        #""capacity": 2, "rate": {"assignments": 1, "per": "30 min"},"#, agent: "command"))
    #expect(slow["makespan"]?["p50"] == 3_600)
    #expect(try member("ann", in: slow)["queue"]?["p95"] == 1_800)
    #expect(try member("ann", in: slow)["utilisation"] == 0.166667)
  }

  @Test func aPoolDoesAsMuchAtOnceAsItHasUnitsAtMost() async throws {
    let pool = try await figures(critic(#""pool": {"from": 0, "to": 2},"#, agent: "command"))
    #expect(pool["makespan"]?["p50"] == 1_800)
    #expect(try member("ann", in: pool)["waited"] == 0)
    #expect(try member("ann", in: pool)["capacity"] == 2)
    let one = try await figures(critic(#""pool": {"from": 1, "to": 1},"#, agent: "command"))
    #expect(one["makespan"]?["p50"] == 2_400)
  }

  @Test func thePriceIsThatOfTheTokensThatThePlanSays() async throws {
    let figures = try await figures(critic())
    // Half a unit for the assignment, and 15 for each million of 100,000 tokens.
    #expect(try member("scribe", in: figures)["cost"] == 2)
    #expect(figures["cost"] == 2)
    let result = try await simulate(
      scribe, critic(#""price": {"input": 1, "output": 1},"#, agent: "command"))
    #expect(
      result.output.contains(
        "'.estimate(tokens:)' does, or '.using' of a stub that answers for them: "
          + "'review/facts', 'review/style'"))
  }

  @Test func aPersonUsesUpNoTokensAndHasNoRate() async throws {
    let shell = Shell(workflows: [Letter()], input: #"{"role:critic": "10 min"}"#)
    let result = try await simulate(scribe, critic(), of: "letter", with: shell)
    #expect(result.code == .done, "\(result.errors)\(result.output)")
    let rated = try await figures(
      critic(#""capacity": 2, "rate": {"assignments": 1, "per": "30 min"},"#))
    #expect(rated["makespan"]?["p50"] == 1_800)
  }

  @Test func aTeamThatCannotDoTheWorkIsRefused() async throws {
    let result = try await simulate(scribe)
    #expect(result.code == .usage)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("nobody plays the role 'critic'"), "\(result.errors)")
  }

  @Test func aTeamHasItsOwnNumbers() async throws {
    let result = try await simulate(scribe, critic(), and: "--members", "critic=2")
    #expect(result.code == .usage)
    #expect(result.errors.contains("'--members' and '--team'"))
  }
}

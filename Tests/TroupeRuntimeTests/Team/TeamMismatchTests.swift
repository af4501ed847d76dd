import Testing
import Troupe

/// Teams that make no sense are refused before a run starts.
@Suite struct TeamMismatchTests {
  private struct Letter: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("letter")
    var body: some Step {
      Stage("write", by: Role("writer", skills: ["prose", "latin"]), reads: input, writes: output) {
        $0
      }
    }
  }

  private func problems(@TeamBuilder _ members: () -> [Member]) async throws -> [String] {
    let team = Team(members: members)
    let mismatch = try await #require(throws: TeamMismatch.self) {
      try await Runtime(team: team).run(Letter(), input: "x")
    }
    return mismatch.problems
  }

  @Test func numbersThatMakeNoSenseAreTold() async throws {
    let problems = try await problems {
      Member("ann", plays: Role("writer"), capacity: 0, cost: -1) { NoAgent() }
        .needs(Resource("gpu", 0)).rate(0, per: .zero).breaker(after: 0, pause: .zero)
      Member("ann", plays: Role("writer"), cost: .nan) { NoAgent() }
        .needs(Resource("gpu", 2))
    }
    #expect(
      problems == [
        "member 'ann' has a capacity of 0; give it at least 1",
        "member 'ann' has a cost of -1.0; give a number from 0 on",
        "member 'ann' has need of 'gpu', of which there are 0; let there be at least 1",
        "member 'ann' has a rate of 0 assignments; allow at least 1, in a longer span if need be",
        "member 'ann' has a rate per 0 s; give a span longer than zero",
        "member 'ann' has a breaker after 0 failures; give at least 1",
        "member 'ann' has a breaker with a pause of 0 s; give a pause longer than zero",
        "two members are named 'ann'; give one of them another name",
        "member 'ann' has a cost of nan; give a number from 0 on",
        "the resource 'gpu' is there 0 times and 2 times; let all members that need it name the "
          + "same Resource",
      ])
  }

  @Test func boundsOfPoolsThatMakeNoSenseAreTold() async throws {
    let problems = try await problems {
      Member("ann", plays: Role("writer"), pool: 0...0) { _ in NoAgent() }
      Member("bob", plays: Role("writer"), pool: -1...3, idle: .seconds(-1)) { _ in NoAgent() }
    }
    #expect(
      problems == [
        "member 'ann' has a pool of at most 0 units; allow at least 1",
        "member 'bob' has a pool of at least -1 units; let 0 or more stay",
        "member 'bob' has units that are idle for -1 s; give a time that is not less than zero",
      ])
  }

  @Test func skillsMustCoverThoseOfTheRole() async throws {
    let problems = try await problems {
      Member("ann", plays: Role("writer"), skills: ["prose", "latin", "greek"]) { NoAgent() }
      Member("bob", plays: Role("writer"), skills: ["prose"]) { NoAgent() }
      Member("cat", plays: Role("writer")) { NoAgent() }
      Member("dan", plays: Role("writer"), skills: []) { NoAgent() }
    }
    #expect(
      problems == [
        "member 'bob' plays the role 'writer', but its skills lack 'latin'; add what it can do to "
          + "its skills, or let another member play the role",
        "member 'dan' plays the role 'writer', but its skills lack 'prose', 'latin'; add what it can "
          + "do to its skills, or let another member play the role",
      ])
  }
}

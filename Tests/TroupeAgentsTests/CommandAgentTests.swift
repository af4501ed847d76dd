import Testing
import Troupe

@Suite struct CommandAgentTests {
  struct Verdicts: Codable, Sendable, Equatable { var fine: Bool, notes: [String] }

  private func assignment(
    _ prompt: String, instructions: String = "", feedback: [Feedback] = [],
    schema: JSONSchema? = nil
  ) -> Assignment {
    Assignment(
      address: "test/stage", role: Role("tester", instructions: instructions), prompt: prompt,
      feedback: feedback, schema: schema, idempotencyKey: "key")
  }

  private func text(_ agent: CommandAgent, _ assignment: Assignment) async throws -> String {
    guard case .text(let text) = try await agent.perform(assignment).content else { return "" }
    return text
  }

  @Test func theAssignmentIsGivenOnStandardInput() async throws {
    let feedback = Feedback(source: .gate("short"), reason: "too long", rejected: "la la")
    let given = try await text(
      CommandAgent("cat"),
      assignment(
        "Say hello.", instructions: "You are kind.", feedback: [feedback],
        schema: JSONSchema(of: Bool.self)))
    #expect(
      given == """
        You are kind.

        Say hello.

        What was wrong with earlier answers:
        - gate 'short': too long
          what was rejected: la la

        Answer with JSON only, valid against this JSON Schema:
        {"type":"boolean"}
        """)
  }

  @Test func theAssignmentCanBeTheLastArgument() async throws {
    let agent = CommandAgent("printf", "<%s>", prompt: .argument)
    #expect(try await text(agent, assignment("$(rm -rf /) `x` \"q\"")) == "<$(rm -rf /) `x` \"q\">")
  }

  @Test func aToolThatFailsIsQuotedWithItsLastWords() async throws {
    let agent = CommandAgent("sh", "-c", "echo 'no \u{1B}[31mmoney' >&2; exit 7")
    let failure = await #expect(throws: CommandFailure.self) {
      try await agent.perform(assignment("x"))
    }
    #expect(failure?.exitCode == 7)
    #expect(
      failure?.description == "'sh' exited with code 7; it last said: no \\u{1B}[31mmoney")
  }

  @Test func onlyTheGivenEnvironmentIsPassedOn() async throws {
    let environment = CommandEnvironment(["PATH": "/usr/bin:/bin"]).setting("TOKEN", to: "t")
    let lines = try await text(
      CommandAgent("env", environment: environment), assignment("x"))
    #expect(lines.split(separator: "\n").sorted() == ["PATH=/usr/bin:/bin", "TOKEN=t"])
  }

  @Test func aToolThatTakesTooLongIsEnded() async throws {
    let agent = CommandAgent("sleep", "1000", timeLimit: .milliseconds(50))
    let error = await #expect(throws: (any Error).self) {
      try await agent.perform(assignment("x"))
    }
    #expect("\(error!)" == "'sleep' was ended after 0.05 seconds, its limit")
  }

  struct Review: Workflow {
    let input = Artifact<String>("text")
    let output = Artifact<Verdicts>("verdicts")
    var body: some Step {
      Stage("review", by: Role("reviewer"), reads: input, writes: output) { "Review: \($0)" }
    }
  }

  @Test func whatAToolWritesIsDecodedAsTheStagesType() async throws {
    let script = """
      grep -q '"notes"' || exit 1
      echo 'Here you are:'
      echo '```json'
      echo '{"fine": true, "notes": ["well done"]}'
      echo '```'
      """
    let team = Team {
      Member("tool", plays: Role("reviewer")) { CommandAgent("sh", "-c", script) }
    }
    let verdicts = try await Runtime(team: team).run(Review(), input: "text")
    #expect(verdicts == Verdicts(fine: true, notes: ["well done"]))
  }

  @Test func cancellingARunEndsTheTool() async throws {
    let team = Team {
      Member("tool", plays: Role("reviewer")) { CommandAgent("sleep", "1000") }
    }
    await #expect(throws: CancellationError.self) {
      try await Runtime(team: team).withRun(of: Review(), input: "text") { run in
        for await event in run.events {
          if case .started = event.kind { run.cancel() }
        }
        return try await run.output
      }
    }
  }
}

import Testing
import Troupe
import TroupeSimulation

@Suite struct SimulationTests {
  private let simulation = Simulation(of: LaunchPost()) {
    Stub(\.findings) { ["a source"] }.taking(.minutes(10))
    Stub(\.draft, returning: [.short, .long]).taking(.minutes(30))
    Stub(\.facts) { 3 }.taking(.minutes(5))
    Stub(\.style) { asked in asked.prompt.count }.taking(.minutes(7))
  }

  @Test func aShortDraftIsReworked() async throws {
    let run = try await simulation.run("cats")
    #expect(try run.output.text.hasPrefix(Draft.long.text))
    #expect(try run.stage("draft").takes == 2)
    #expect(try run.stage("review/style").output(as: Int.self) == 68)
    #expect(try run.stage("draft").judgements.map(\.consequence) == [.rework(take: 2), .pass])
    #expect(run.elapsed > .minutes(77))
    #expect(run.elapsed < .minutes(78))
  }

  @Test func theTimelineSaysWhoDidWhatWhen() async throws {
    #expect(
      try await simulation.run("cats").timeline.description == """
        00:00:00.000 – 00:10:00.000  research      researcher  finished
        00:10:00.000 – 00:40:00.000  draft         writer      finished
        00:40:00.000                 draft                     'long enough' rejected: \
        'long enough' does not hold → take 2
        00:40:00.000 – 01:10:00.000  draft         writer      finished (take 2)
        01:10:00.000                 draft                     'long enough' accepted
        01:10:00.000 – 01:15:00.000  review/facts  critic      finished
        01:10:00.000 – 01:17:00.000  review/style  critic      finished
        01:17:00.000 – 01:17:00.001  assemble                  finished
        """)
  }

  @Test func whatWasAskedAndReadIsKnown() async throws {
    let run = try await simulation.run("cats")
    #expect(run.asked(of: .writer).map(\.take) == [1, 2])
    #expect(run.asked(of: .writer).map(\.feedback.count) == [0, 1])
    #expect(run.asked(of: .researcher).map(\.prompt) == ["Look into cats."])
    #expect(
      try run.stage("assemble").attempts.map(\.inputs) == [
        [["text": .string(Draft.long.text)], 3, 68]
      ])
    #expect(run.unusedStubs.isEmpty)
  }

  @Test func stagesAreComparedByWhenTheyRan() async throws {
    let run = try await simulation.run("cats")
    #expect(try run.ran("research").before("draft"))
    #expect(try !run.ran("draft").before("research"))
    #expect(try run.ran("assemble").after("facts"))
    #expect(try run.ran("facts").overlapped("style"))
    #expect(try !run.ran("facts").overlapped("draft"))
    #expect(try !run.ran("facts").overlapped("facts"))
    #expect(try !run.ran("draft").overlapped("draft"))
    #expect(throws: NoSuchStage.self) { try run.ran("drafts") }
  }

  @Test func aWorkflowThatFailsIsAResult() async throws {
    let simulation = Simulation(of: LaunchPost()) {
      Stub(\.findings) { throw Refusal("not my field") }
      Stub.examples()
    }
    let run = try await simulation.run("cats")
    #expect(run.failure?.failure.address.description == "launch-post/research")
    #expect(throws: RunFailure.self) { try run.output }
    #expect(
      try run.stage("research").attempts.map(\.ending)
        == Array(
          repeating: .failed(reason: "refused: not my field"), count: 3))
    #expect(run.elapsed > .minutes(2))
    #expect(try !run.stage("draft").ran)
    #expect(run.unusedStubs.count == 1)
    #expect(run.unusedStubs.first?.hasSuffix("Stub.examples()") == true)
  }

  @Test func hoursOfWaitingTakeNoTime() async throws {
    struct Patient: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("wait", by: .writer, reads: input, writes: output) { "\($0)" }
          .retry(attempts: 73, backoff: .constant(.hours(1)))
      }
    }
    let simulation = Simulation(of: Patient()) {
      Stub(\.output) { asked in
        guard asked.attempt > 72 else { throw Refusal("not yet") }
        return 1
      }
    }
    let run = try await simulation.run(1)
    #expect(try run.output == 1)
    #expect(run.elapsed > .hours(72))
  }
}

import Testing
import Troupe
import TroupeTesting

/// People who answer, in runs that are ended at every point.
@Suite struct PeopleCrashTests {
  /// A draft that people write and review, and about which one decides in the end.
  private struct Column: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("column")
    let draft = Artifact<String>("draft")

    var body: some Step {
      Stage("write", by: .writer, reads: input, writes: draft) { "Write about \($0)." }
        .timeout(.hours(48))
        .gate(
          "reads well", reviewedBy: .editor, quorum: Quorum(2, of: 2), within: .hours(24),
          otherwise: .rework(upTo: 1, then: .escalate)
        )
        .escalate { On(.gateRejected) { Ask(.boss, within: .hours(4)) } }
      Stage("print", reads: draft, writes: output) { "<\($0)>" }
    }
  }

  private static let team = Team {
    Member("ann", plays: .editor, .boss) { Person() }
    Member("ben", plays: .editor) { Person() }
    Member("cleo", plays: .writer) { Person() }
  }

  private static func simulation(
    @StubBuilder<Column> _ stubs: () -> [Stub<Column>]
  ) -> Simulation<Column> {
    Simulation(of: Column(), team: team, stubs: stubs)
  }

  private static let patient = simulation {
    Stub("write", as: String.self) { asked in "take \(asked.take)" }.taking(.hours(20))
    Stub("reads well", as: Review.self) { asked in
      asked.prompt.contains("take 1") ? Review.rejected("it is dull") : .accepted
    }.taking(.uniform(.hours(1), .hours(3)))
    Stub("write/@escalation(1)", as: Resolution.self) { .abort(reason: "never asked") }
  }

  @Test func eachAnswerHoldsWheneverTheMachineEnds() async throws {
    let report = try await expectSurvivesCrashes(
      of: Self.patient, "cats", seeds: Simulation.seeds(2), pairs: .sampled(30))
    #expect(report.points > 100)
    #expect(report.resumes > 150)
  }

  @Test func whatIsDecidedAtARungHoldsWheneverTheMachineEnds() async throws {
    let simulation = Self.simulation {
      Stub("write", as: String.self) { asked in "take \(asked.take)" }
      Stub("reads well", as: Review.self) { .rejected("it is dull") }
      Stub("write/@escalation(1)", as: Resolution.self) { .accept(reason: "cats are dull") }
    }
    try await expectSurvivesCrashes(of: simulation, "cats", seeds: [1])
    #expect(try await simulation.run("cats").output == "<take 2>")
  }

  @Test(arguments: Simulation.seeds(50))
  func peopleAreAskedAndAnswerAsThemselves(_ seed: Seed) async throws {
    let run = try await Self.patient.run("cats", seed: seed)
    #expect(try run.output == "<take 2>", "\(run)")
    #expect(run.elapsed > .hours(40))
    var (asked, answered) = ([String](), [String]())
    for event in run.events {
      switch event.kind {
      case .asked(_, let asking): asked.append(asking.request)
      case .answered(let attempt, let answering):
        answered.append("\(event.address) \(attempt.take) \(answering.by)")
      default: break
      }
    }
    // Both reject the first take, and one who rejects is enough to cancel the other.
    #expect(asked.count == Set(asked).count && (5...6).contains(asked.count))
    #expect(answered.contains { $0.hasSuffix("ann") } || answered.contains { $0.hasSuffix("ben") })
    #expect(answered.count { $0.hasSuffix("cleo") } == 2)
  }

  @Test func whoSaysNothingLetsTheTimePass() async throws {
    let run = try await Self.simulation {
      Stub("write", as: String.self) { throw Refusal("no idea") }
      Stub("reads well", as: Review.self) { .accepted }
      Stub("write/@escalation(1)", as: Resolution.self) { .retry() }
    }.run("cats")
    #expect(run.failure != nil)
    #expect(run.elapsed == .hours(48), "\(run)")
  }

  @Test func whoComesLateSaysNothingAndHoldsNobodyUp() async throws {
    let run = try await Self.simulation {
      Stub("write", as: String.self) { "cats" }.fault(.late(by: .hours(1_000)))
      Stub("reads well", as: Review.self) { .accepted }
      Stub("write/@escalation(1)", as: Resolution.self) { .retry() }
    }.run("cats")
    #expect(run.failure != nil)
    #expect(run.elapsed == .hours(48), "\(run)")
  }

  @Test func aStageThatPeopleDoNeedsAStub() async throws {
    let error = await #expect(throws: StubMistakes.self) {
      _ = try await Self.simulation { Stub("reads well", as: Review.self) { .accepted } }
        .run("cats")
    }
    #expect(error?.description.contains("stage 'write' has no stub") == true)
  }

  @Test func soDoesOneThatPeopleMayDoBesideAnAgent() async throws {
    let team = Team {
      Member("ann", plays: .editor, .boss) { Person() }
      Member("ben", plays: .editor) { Person() }
      Member("cleo", plays: .writer) { Person() }
      Member("bot", plays: .writer) { ClosureAgent { _ in .text("cats") } }
    }
    let error = await #expect(throws: StubMistakes.self) {
      _ = try await Simulation(of: Column(), team: team) {
        Stub("reads well", as: Review.self) { .accepted }
        Stub("write/@escalation(1)", as: Resolution.self) { .retry() }
      }.run("cats")
    }
    #expect(error?.description.contains("stage 'write' has no stub") == true)
  }

  @Test func anAnswerThatIsNotTakenIsToldWhenNothingGoesOn() async throws {
    struct Scored: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<String>("column")
      var body: some Step {
        Stage("write", reads: input, writes: output) { $0 }
          .gate("good", reviewedBy: .editor, passing: 0.5)
      }
    }
    let error = await #expect(throws: SimulationError.self) {
      _ = try await Simulation(of: Scored(), team: Self.team) {
        Stub("good", as: Review.self) { .accepted }
      }.run("cats")
    }
    #expect(error?.description.contains("has answered in vain") == true)
  }
}

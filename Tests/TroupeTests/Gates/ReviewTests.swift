import Testing
import Troupe
import TroupeTesting

/// Gates that a role reviews.
@Suite struct ReviewTests {
  private struct Essay: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("essay")
    var passing: Double?
    var otherwise = Rejection.rework(upTo: 2)
    var asking: (@Sendable (String) async throws -> String)?

    var body: some Step {
      Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
        .gate("any text") { !$0.isEmpty }
        .gate(
          "reads well", reviewedBy: .editor, passing: passing, within: .hours(4),
          otherwise: otherwise, asking: asking)
    }
  }

  @Test func whatTheReviewerRejectsIsDoneAgainWithTheComments() async throws {
    let run = try await Simulation(of: Essay()) {
      Stub(\.output, returning: ["first", "second"])
      Stub(
        "reads well",
        returning: [
          Review(.reject, comments: [.init("no example"), .init("too dry", on: "style")]),
          .accepted,
        ])
    }.run("cats")
    #expect(try run.output == "second")
    #expect(try run.stage("write").takes == 2)
    #expect(
      run.asked(of: .writer).last?.feedback.map { "\($0.source): \($0.reason)" } == [
        "gate 'reads well': no example; style: too dry"
      ])
    #expect(run.asked(of: .writer).last?.feedback.first?.rejected == "first")
    #expect(
      run.asked(of: .editor).map(\.address) == [
        "essay/write/@gate(reads well)", "essay/write~2/@gate(reads well)",
      ])
  }

  @Test func eachReviewIsAskedAfresh() async throws {
    let run = try await Simulation(of: Essay()) {
      Stub(\.output, returning: ["first", "second"])
      Stub("reads well", returning: [Review.rejected("no"), .accepted])
    }.run("cats")
    let asked = run.asked(of: .editor)
    #expect(asked.map(\.feedback.count) == [0, 0])
    #expect(
      asked.map(\.prompt)
        == ["first", "second"].map { text in
          """
          Review 'essay' for the gate 'reads well': decide whether it may pass, and say in comments \
          what is to be changed.

          essay:
          \(text)
          """
        })
  }

  @Test func aGateThatRejectsKeepsLaterReviewersOutOfIt() async throws {
    let run = try await Simulation(of: Essay()) {
      Stub(\.output, returning: [""])
      Stub("reads well", as: Review.self) { .accepted }
    }.run("cats")
    #expect(run.failure?.description.contains("rejected by gate 'any text'") == true)
    #expect(run.asked(of: .editor).isEmpty)
  }

  @Test(arguments: [
    (Review(.accept, score: 0.8), nil), (Review(.accept, score: 0.9), nil),
    (Review(.accept, score: 0.7), "it has the score 0.7, and 0.8 passes"),
    (Review(.accept, comments: [.init("nice")]), "the review gives no score, and 0.8 passes; nice"),
    (Review(.reject, score: 1), "the reviewer rejects it"),
  ])
  func aScoreMayBeNeededToPass(_ review: Review, _ reason: String?) async throws {
    let run = try await Simulation(of: Essay(passing: 0.8, otherwise: .fail)) {
      Stub(\.output) { "text" }
      Stub("reads well", as: Review.self) { review }
    }.run("cats")
    #expect(
      run.asked(of: .editor).first?.prompt.contains(
        "Give a score from 0 to 1; from 0.8 on it passes.") == true)
    #expect(try run.stage("write").judgements.last?.verdict.reason == reason)
    #expect((run.failure == nil) == (reason == nil))
  }

  @Test func theReviewersAssignmentMayBeWorded() async throws {
    let run = try await Simulation(of: Essay(asking: { "Is this good? \($0)" })) {
      Stub(\.output) { "text" }
      Stub("reads well", as: Review.self) { .accepted }
    }.run("cats")
    #expect(run.asked(of: .editor).map(\.prompt) == ["Is this good? text"])
  }

  @Test func whatIsRejectedCanBeAcceptedAllTheSame() async throws {
    let run = try await Simulation(of: Essay(otherwise: .accept)) {
      Stub(\.output) { "text" }
      Stub("reads well", as: Review.self) { .rejected("dull") }
    }.run("cats")
    #expect(try run.output == "text")
    #expect(try run.stage("write").judgements.last?.consequence == .waive)
  }

  @Test func aReviewThatDoesNotComeInTimeFailsTheStep() async throws {
    let run = try await Simulation(of: Essay()) {
      Stub(\.output) { "text" }
      Stub("reads well", as: Review.self) { .accepted }.fault(.hangs)
    }.run("cats")
    #expect(
      run.failure?.description.contains(
        "'essay/write/@gate(reads well)' was not done by its deadline of 4 h") == true,
      "\(run)")
    #expect(run.elapsed < .hours(4) + .minutes(1))
  }

  @Test func aReviewerWhoFailsIsReplacedByAnother() async throws {
    let team = Team {
      Member("cat", plays: .writer) { ClosureAgent { _ in .text("text") } }
      Member("ann", plays: .editor) { ClosureAgent { _ in throw Refusal("ill") } }
      Member("bob", plays: .editor) {
        ClosureAgent { _ in .json(["decision": "accept", "comments": []]) }
      }
    }
    let run = try await Simulation(of: Essay(), team: team) {}.run("cats")
    #expect(try run.output == "text")
    #expect(try run.stage("reads well").attempts.map(\.member) == ["ann", "bob"])
  }

  @Test func aRoleWithoutAReviewerIsToldBeforeTheRunStarts() async throws {
    let team = Team { Member("ann", plays: .writer) { ClosureAgent { _ in .text("text") } } }
    await #expect {
      try await Runtime(team: team).run(Essay(), input: "cats")
    } throws: {
      "\($0)".contains("editor")
    }
  }

  @Test func theOutputOfAFallbackIsReviewedToo() async throws {
    struct Guarded: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<String>("essay")
      var body: some Step {
        Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
          .gate("reads well", reviewedBy: .editor)
          .fallback { Stage("template", reads: input, writes: output) { "About \($0)" } }
      }
    }
    let run = try await Simulation(of: Guarded()) {
      Stub(\.output) { "bad" }
      Stub("reads well", as: Review.self) { asked in
        asked.prompt.contains("bad") ? .rejected("bad") : .accepted
      }
    }.run("cats")
    #expect(try run.output == "About cats")
    #expect(
      run.asked(of: .editor).map(\.address) == [
        "guarded/write/@gate(reads well)", "guarded/write~0/@gate(reads well)",
      ])
  }

  @Test func aContainerIsReviewedForAllThatItsGateNames() async throws {
    struct Pair: Workflow {
      let input = Artifact<Int>("number")
      let output = Artifact<[Int]>("pair")
      let left = Artifact<Int>("left")
      let right = Artifact<Int>("right")
      var body: some Step {
        Phase("both") {
          Stage("left", reads: input, writes: left) { number in
            number + (StageContext.current?.feedback.count ?? 0)
          }
          Stage("right", reads: input, writes: right) { $0 * 2 }
        }
        .gate("fit", on: left, right, reviewedBy: .editor, otherwise: .rework(upTo: 1)) {
          "Do \($0) and \($1) fit?"
        }
        Stage("pair", reads: left, right, writes: output) { [$0, $1] }
      }
    }
    let run = try await Simulation(of: Pair()) {
      Stub("fit", returning: [Review.rejected("too near"), .accepted])
    }.run(3)
    #expect(try run.output == [4, 6])
    #expect(run.asked(of: .editor).map(\.prompt) == ["Do 3 and 6 fit?", "Do 4 and 6 fit?"])
  }

  @Test(arguments: Simulation.seeds(5))
  func aReviewedRunSurvivesCrashes(_ seed: Seed) async throws {
    let simulation = Simulation(of: Essay()) {
      Stub(\.output) { asked in "take \(asked.take)" }
      Stub("reads well", as: Review.self) { asked in
        asked.prompt.contains("take 3") ? .accepted : .rejected("not yet")
      }
    }
    let report = try await expectSurvivesCrashes(
      of: simulation, "cats", seeds: [seed], pairs: .sampled(20))
    #expect(report.points > 50)
  }
}

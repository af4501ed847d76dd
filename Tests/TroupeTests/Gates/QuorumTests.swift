import Testing
import Troupe
import TroupeTesting

/// Gates on which several reviewers vote.
@Suite struct QuorumTests {
  private struct Motion: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("motion")
    var quorum = Quorum(2, of: 3)
    var passing: Double?
    var otherwise = Rejection.fail

    var body: some Step {
      Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
        .gate(
          "council agrees", reviewedBy: .editor, quorum: quorum, passing: passing,
          within: .hours(8), otherwise: otherwise)
    }
  }

  private func council(_ names: [String] = ["ann", "bob", "cat"], capacity: Int = 4) -> Team {
    Team {
      Member("sam", plays: .writer) { ClosureAgent { _ in .text("text") } }
      for name in names {
        Member(name, plays: .editor, capacity: capacity) { ClosureAgent { _ in .text("") } }
      }
    }
  }

  /// Simulates with reviewers who say what a closure says of their number.
  private func run(
    _ motion: Motion = Motion(), _ seed: Seed = 1,
    _ vote: @escaping @Sendable (_ seat: Int, Asked) throws -> Review
  ) async throws -> SimulatedRun<String> {
    try await Simulation(of: motion, team: council()) {
      Stub(\.output) { "text" }
      Stub("council agrees", as: Review.self) { asked in
        try vote(Self.seat(asked.address), asked)
      }.taking(.uniform(.minutes(1), .hours(1)))
    }.run("cats", seed: seed)
  }

  private static func seat(_ address: String) -> Int {
    (1...9).first { address.contains("/items[\($0)]/") } ?? 0
  }

  @Test(arguments: Simulation.seeds(20))
  func noMemberVotesTwice(_ seed: Seed) async throws {
    struct Busy: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<String>("motion")
      var body: some Step {
        Parallel {
          Stage("other", by: .editor, reads: input, writes: Artifact<String>("other")) { $0 }
          Stage("another", by: .editor, reads: input, writes: Artifact<String>("another")) { $0 }
          Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
            .gate("council agrees", reviewedBy: .editor, quorum: Quorum(3, of: 3))
        }
      }
    }
    let team = Team {
      Member("sam", plays: .writer) { ClosureAgent { _ in .text("text") } }
      Member("ann", plays: .editor, capacity: 9) { ClosureAgent { _ in .text("") } }
      Member("bob", plays: .editor) { ClosureAgent { _ in .text("") } }
      Member("cat", plays: .editor) { ClosureAgent { _ in .text("") } }
    }
    let run = try await Simulation(of: Busy(), team: team) {
      Stub(\.output) { "text" }
      Stub("other", as: String.self) { "" }.taking(.hours(9))
      Stub("another", as: String.self) { "" }.taking(.hours(9))
      Stub("council agrees", as: Review.self) { .accepted }.taking(.uniform(.minutes(1), .hours(1)))
    }.run("cats", seed: seed)
    #expect(try run.output == "text")
    let members = try run.stage("council agrees").attempts.compactMap(\.member)
    #expect(members.sorted() == ["ann", "bob", "cat"], "\(run)")
  }

  @Test func nobodySeesAnothersReview() async throws {
    let run = try await run { _, _ in .accepted }
    #expect(run.asked(of: .editor).map(\.feedback.count) == [0, 0, 0])
    #expect(Set(run.asked(of: .editor).map(\.prompt)).count == 1)
  }

  @Test(arguments: Simulation.seeds(20))
  func whoIsNotNeededAnyMoreIsCancelled(_ seed: Seed) async throws {
    let run = try await run(Motion(), seed) { _, _ in .accepted }
    let endings = try run.stage("council agrees").attempts.map(\.ending)
    #expect(endings.count { $0 == .finished } == 2, "\(run)")
    #expect(endings.count { $0 == .cancelled } == 1, "\(run)")
  }

  @Test func dissentIsKeptWithTheAcceptance() async throws {
    var reasons: Set<String?> = []
    for seed in Simulation.seeds(20) {
      let run = try await run(Motion(), seed) { seat, _ in
        seat == 1 ? .rejected("too bold") : .accepted
      }
      let verdict = try #require(try run.stage("write").judgements.last?.verdict)
      #expect(verdict.isAccepted)
      reasons.insert(verdict.reason)
    }
    // Whoever is the slowest is not heard any more.
    #expect(reasons == [nil, "2 of 3 accept it; reviewer 1 rejects it: too bold"])
  }

  @Test func tooManyRejectionsDecideWithAllTheirReasons() async throws {
    let run = try await run(Motion(quorum: Quorum(3, of: 3))) { seat, _ in
      seat == 2 ? .rejected("too bold") : .accepted
    }
    let reason = try run.stage("write").judgements.last?.verdict.reason ?? ""
    #expect(reason.contains("accept it, and 3 are needed; reviewer 2 rejects it: too bold"))
  }

  @Test func aScoreBelowTheGatesCountsAsARejection() async throws {
    let run = try await run(Motion(passing: 0.5)) { seat, _ in
      Review(.accept, score: seat == 3 ? 0.9 : 0.2)
    }
    #expect(
      run.failure?.description.contains("0 of 3 accept it") == true
        || run.failure?.description.contains("1 of 3 accept it, and 2 are needed") == true, "\(run)"
    )
  }

  @Test func aReviewerWhoFailsIsOneVoteLess() async throws {
    let run = try await run { seat, _ in
      if seat == 2 { throw Refusal("ill") }
      return .accepted
    }
    #expect(try run.output == "text")
  }

  @Test func aReworkIsReviewedByAllAgain() async throws {
    let run = try await run(Motion(otherwise: .rework(upTo: 1))) { _, asked in
      asked.address.contains("~2") ? .accepted : .rejected("dull")
    }
    #expect(try run.output == "text")
    #expect(try run.stage("write").takes == 2)
    #expect(run.asked(of: .editor).count { $0.address.contains("write~2/") } == 3)
  }

  @Test func tooSmallATeamIsToldBeforeTheRunStarts() async throws {
    await #expect {
      try await Runtime(team: council(["ann", "bob"])).run(Motion(), input: "cats")
    } throws: {
      "\($0)"
        == "gate 'council agrees' of 'motion/write' asks 3 different members for a review, and the "
        + "role 'editor' is played by 2; add members, or ask fewer"
    }
  }

  @Test func withoutATeamASimulationHasAsManyReviewersAsAreAsked() async throws {
    let run = try await Simulation(of: Motion()) { Stub.examples() }.run("cats")
    #expect(Set(run.asked(of: .editor).compactMap(\.member)).count == 3)
  }

  @Test(arguments: [Quorum(0, of: 3), Quorum(4, of: 3), Quorum(1, of: 0)])
  func aQuorumThatMakesNoSenseIsAnError(_ quorum: Quorum) {
    let error = #expect(throws: CompilationError.self) { try Motion(quorum: quorum).compile() }
    #expect(
      error?.description.contains(
        "gate 'council agrees' of stage 'write' needs \(quorum.needed) of \(quorum.reviewers) "
          + "reviewers") == true)
  }

  @Test func aPlanWithAQuorumSurvivesItsJSON() throws {
    let plan = try Motion(passing: 0.5).compile().plan
    #expect(try Plan(json: plan.json) == plan)
    #expect(plan.dot().contains("by 2 of 3 editor"))
  }

  @Test func votesSurviveCrashes() async throws {
    let simulation = Simulation(of: Motion(otherwise: .rework(upTo: 2)), team: council(capacity: 1))
    {
      Stub(\.output) { asked in "take \(asked.take)" }
      Stub("council agrees", as: Review.self) { asked in
        if Self.seat(asked.address) == 3 { throw Refusal("ill") }
        return asked.prompt.contains("take 2") ? .accepted : .rejected("not yet")
      }
    }
    let report = try await expectSurvivesCrashes(
      of: simulation, "cats", seeds: Simulation.seeds(2), pairs: .sampled(20))
    #expect(report.points > 100)
  }
}

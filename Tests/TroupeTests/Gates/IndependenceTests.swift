import Testing
import Troupe
import TroupeRuntime
import TroupeTesting

/// Gates that nobody may review who has made what they judge.
@Suite struct IndependenceTests {
  private struct Essay: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("essay")
    var quorum: Quorum?
    var ladder = false

    private var written: Stage<String> {
      Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
        .gate("not cats") { $0 != "cats" }
        .gate(
          "reads well", reviewedBy: .editor, quorum: quorum, independent: true,
          otherwise: .rework(upTo: 3))
    }

    var body: some Step {
      if ladder {
        written.escalate { On(.gateRejected) { Ask(.boss, within: .hours(1)) } }
      } else {
        written
      }
    }
  }

  /// A team in which everybody writes and reviews.
  private func team(_ names: [String], boss: String? = nil) -> Team {
    Team {
      for name in names {
        if name == boss {
          Member(name, plays: .writer, .editor, .boss) { ClosureAgent { _ in .text("") } }
        } else {
          Member(name, plays: .writer, .editor) { ClosureAgent { _ in .text("") } }
        }
      }
    }
  }

  @Test(arguments: Simulation.seeds(200))
  func whoWroteATakeDoesNotReviewIt(_ seed: Seed) async throws {
    let team = team(["ann", "ben", "cat"]).choosing(.roundRobin)
    let run = try await Simulation(of: Essay(), team: team) {
      Stub("write", as: String.self) { asked in "take \(asked.take)" }
      Stub("reads well", as: Review.self) { asked in
        asked.prompt.contains("take 4") ? .accepted : .rejected("not yet")
      }
    }.run("dogs", seed: seed)
    #expect(try run.output == "take 4")
    let authors = try run.stage("write").attempts.map(\.member)
    let reviewers = try run.stage("reads well").attempts.map(\.member)
    #expect(authors.count == 4 && reviewers.count == 4)
    for (author, reviewer) in zip(authors, reviewers) { #expect(author != reviewer, "\(run)") }
    // Of an earlier take, anybody who has not made this one may be the judge.
    #expect(Set(authors).count > 1)
  }

  @Test(arguments: Simulation.seeds(20))
  func theReviewersOfAQuorumAreOthersThanTheAuthorAndEachOther(_ seed: Seed) async throws {
    let run = try await Simulation(
      of: Essay(quorum: Quorum(2, of: 2)), team: team(["ann", "ben", "cat"])
    ) {
      Stub("write", as: String.self) { _ in "text" }
      Stub("reads well", as: Review.self) { .accepted }
    }.run("dogs", seed: seed)
    let members = try run.stage("write").attempts + run.stage("reads well").attempts
    #expect(Set(members.compactMap(\.member)) == ["ann", "ben", "cat"], "\(run)")
  }

  private struct Report: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("report")
    let facts = Artifact<String>("facts")
    let text = Artifact<String>("text")

    var body: some Step {
      Phase("make") {
        Stage("research", by: .researcher, reads: input, writes: facts) { $0 }
        Stage("write", by: .writer, reads: facts, writes: text) { $0 }
        Stage("print", reads: text, writes: output) { $0 }
      }
      .gate(
        "agreed", on: output, reviewedBy: .editor, independent: true, otherwise: .rework(upTo: 1))
    }
  }

  private var desk: Team {
    Team {
      Member("ann", plays: .researcher, .editor) { ClosureAgent { _ in .text("") } }
      Member("ben", plays: .writer, .editor) { ClosureAgent { _ in .text("") } }
      Member("cat", plays: .editor) { ClosureAgent { _ in .text("") } }
    }
  }

  @Test(arguments: Simulation.seeds(20))
  func whoeverWorkedInAContainerDoesNotReviewIt(_ seed: Seed) async throws {
    let run = try await Simulation(of: Report(), team: desk) {
      Stub("research", as: String.self) { _ in "facts" }
      Stub("write", as: String.self) { _ in "text" }
      Stub("agreed", as: Review.self) { asked in
        asked.address.contains("~2") ? .accepted : .rejected("no")
      }
    }.run("dogs", seed: seed)
    #expect(try run.stage("agreed").attempts.map(\.member) == ["cat", "cat"], "\(run)")
  }

  @Test func thatNobodyElseIsThereIsToldBeforeTheRunStarts() async throws {
    await #expect {
      try await Runtime(team: team(["ann"])).run(Essay(), input: "dogs")
    } throws: {
      "\($0)"
        == "gate 'reads well' of 'essay/write' is reviewed by nobody who has made what is judged, and "
        + "of those who play the role 'editor' too few are left; add another member who plays it"
    }
    await #expect(throws: TeamMismatch.self) {
      try await Runtime(team: team(["ann", "ben"]))
        .run(Essay(quorum: Quorum(1, of: 2)), input: "dogs")
    }
    let pair = Team {
      Member("ann", plays: .researcher, .writer, .editor) { ClosureAgent { _ in .text("") } }
    }
    await #expect(throws: TeamMismatch.self) {
      try await Runtime(team: pair).run(Report(), input: "dogs")
    }
  }

  @Test func whereItCouldNotBeKnownNobodyIsFound() async throws {
    let team = Team {
      Member("ann", plays: .writer, .editor) { ClosureAgent { _ in .text("") } }
      Member("ben", plays: .writer) { ClosureAgent { _ in .text("") } }
    }
    let run = try await Simulation(of: Essay(), team: team) {
      Stub("write", as: String.self) { _ in "text" }
    }.run("dogs")
    #expect(
      run.failure?.description.contains("nobody who plays the role 'editor'") == true, "\(run)")
  }

  /// Ann writes, because she comes first; of those who are left, the first one reviews.
  @Test(arguments: [
    (Resolution.supply("dogs"), "ann", "ben"),
    (.accept(reason: "it is about cats after all"), "ben", "cat"),
  ])
  func whoSuppliedItOrWaivedAGateIsItsAuthorToo(
    _ resolution: Resolution, _ boss: String, _ expected: String
  ) async throws {
    let run = try await Simulation(
      of: Essay(ladder: true), team: team(["ann", "ben", "cat"], boss: boss)
    ) {
      Stub("write", as: String.self) { _ in "cats" }
      Stub("write/@escalation(1)", as: Resolution.self) { resolution }
      Stub("reads well", as: Review.self) { .accepted }
    }.run("cats")
    #expect(run.failure == nil, "\(run)")
    #expect(try run.stage("reads well").attempts.map(\.member) == [expected])
  }

  @Test func whatAFallbackGaveIsReviewedByOthersThanWhoMadeThat() async throws {
    struct Guarded: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<String>("essay")
      var body: some Step {
        Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
          .gate("reads well", reviewedBy: .editor, independent: true)
          .fallback { Stage("ask", by: .researcher, reads: input, writes: output) { $0 } }
      }
    }
    let team = Team {
      Member("ann", plays: .researcher, .editor) { ClosureAgent { _ in .text("text") } }
      Member("ben", plays: .writer, .editor) { ClosureAgent { _ in throw Refusal("ill") } }
    }
    let run = try await Simulation(of: Guarded(), team: team) {
      Stub("reads well", as: Review.self) { .accepted }
    }.run("dogs")
    #expect(try run.stage("reads well").attempts.map(\.member) == ["ben"], "\(run)")
  }

  @Test func aPlanSaysThatAReviewIsIndependent() throws {
    let plan = try Essay(quorum: Quorum(2, of: 3)).compile().plan
    #expect(try Plan(json: plan.json) == plan)
    #expect(plan.dot().contains("by 2 of 3 independent editor"))
    #expect(plan.nodes.flatMap(\.gates).last?.review?.isIndependent == true)
  }

  @Test func itHoldsOverCrashes() async throws {
    let selfish = Lock([String]())
    let simulation = Simulation(of: Essay(), team: team(["ann", "ben"]).choosing(.roundRobin)) {
      Stub("write", as: String.self) { asked in "take \(asked.take) by \(asked.member ?? "")" }
      Stub("reads well", as: Review.self) { asked in
        let author = asked.member ?? "nobody"
        if asked.prompt.contains("by \(author)") {
          selfish.withLock { $0.append("\(asked.address) by \(author)") }
        }
        return asked.prompt.contains("take 2") ? .accepted : .rejected("not yet")
      }
    }
    let run = try await simulation.run("dogs")
    #expect(try run.stage("write").takes == 2)
    let report = try await expectSurvivesCrashes(
      of: simulation, "dogs", seeds: Simulation.seeds(2), pairs: .sampled(20))
    #expect(report.points > 100)
    #expect(selfish.withLock { $0 } == [])
  }

  @Test func itHoldsOverCrashesInsideOfAContainer() async throws {
    // No actor, which runs that are explored at the same time would share.
    let reviewers = Lock(Set<String>())
    let simulation = Simulation(of: Report(), team: desk) {
      Stub("research", as: String.self) { _ in "facts" }
      Stub("write", as: String.self) { _ in "text" }
      Stub("agreed", as: Review.self) { asked in
        _ = reviewers.withLock { $0.insert(asked.member ?? "nobody") }
        return .accepted
      }
    }
    _ = try await expectSurvivesCrashes(
      of: simulation, "dogs", seeds: Simulation.seeds(2), pairs: .sampled(20))
    #expect(reviewers.withLock { $0 } == ["cat"])
  }
}

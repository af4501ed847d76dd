import Testing
import Troupe
import TroupeSimulation

/// Which stubs answer for which stages, and what is said of those that cannot.
@Suite struct StubTests {
  private func mistakes(
    @StubBuilder<LaunchPost> _ stubs: () -> [Stub<LaunchPost>]
  ) async throws -> [String] {
    do {
      _ = try await Simulation(of: LaunchPost(), stubs: stubs).run("cats")
      return []
    } catch let mistakes as StubMistakes {
      return mistakes.problems.map { problem in
        problem.replacing(#/\S+\.swift:\d+:\d+: /#, with: "")
      }
    }
  }

  @Test func aStageWithoutAStubIsNamedWithTheStubToWrite() async throws {
    #expect(
      try await mistakes { Stub(.critic) { _ in .json(1) } } == [
        "error: stage 'research' has no stub\n  write one: Stub(\\.findings) { Array<String>(…) }",
        "error: stage 'draft' has no stub\n  write one: Stub(\\.draft) { Draft(…) }",
      ])
  }

  @Test func aStubThatFitsNoStageIsNamed() async throws {
    #expect(
      try await mistakes {
        Stub("review/fact", as: Int.self) { 1 }
        Stub("draft", as: String.self) { "no" }
        Stub(Role("critics")) { _ in .json(1) }
        Stub(\.facts) { 1 }
        Stub("review/facts", as: Int.self) { 2 }
        Stub(\.input) { "cats" }
        Stub.examples()
      }.map { $0.replacing(#/at Tests.*/#, with: "at HERE") } == [
        "error: no stage has the path 'review/fact'; did you mean 'review/facts'?",
        "error: the stub gives 'String', stage 'draft' writes 'TroupeSimulationTests.Draft'",
        "error: no stage is done by the role 'critics'; did you mean 'critic'?",
        "error: stage 'review/facts' has a second stub, the first at HERE",
        "error: no stage of the workflow's own writes 'topic': it is the input, which 'run' is given",
      ])
  }

  @Test func timesAndChancesWithoutSenseAreNamed() async throws {
    #expect(
      try await mistakes {
        Stub(\.draft) { .long }
          .taking(.seconds(-1))
          .fault(.hangs, on: .chance(.nan))
          .fault(.hangs, on: .attempt(0))
          .fault(.late(by: .seconds(Int64.max)))
        Stub("facts", as: Int.self) { 1 }.taking(.exponential(mean: .seconds(Int64.max)))
        Stub.examples()
      } == [
        "error: Stub(\\.draft): a duration is negative",
        "error: Stub(\\.draft): a chance is a number from 0 to 1, and not nan",
        "error: Stub(\\.draft): attempts are counted from 1",
        "error: Stub(\\.draft): a fault takes a time from zero to 1,000 years",
        "error: Stub(\"facts\"): a duration is longer than 1,000 years",
      ])
  }

  @Test func whatAContainerWritesIsStubbedByTheStagesInIt() async throws {
    struct Layers: Workflow {
      let input = Artifact<[Int]>("order")
      let output = Artifact<[Int]>("layers")
      var body: some Step {
        FanOut("bake", over: input, into: output) { number, layer in
          Stage("mix", by: .writer, reads: number, writes: layer) { "Mix \($0)." }
        }
      }
    }
    let error = await #expect(throws: StubMistakes.self) {
      try await Simulation(of: Layers()) { Stub(\.output) { [1] } }.run([1])
    }
    #expect(
      error?.description.contains(
        "no stage of the workflow's own writes 'layers': the fan-out 'bake' does; "
          + "name the stages in it by their paths: \"bake/mix\"") == true)
    let run = try await Simulation(of: Layers()) { Stub("mix", as: Int.self) { 7 } }.run([1, 2])
    #expect(try run.output == [7, 7])
  }

  @Test func severalWritersAreToldApartByTheirPaths() async throws {
    struct Choosing: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Choose("size", on: input) {
          When("small") {
            $0 < 3
          } then: {
            Stage("guess", by: .writer, reads: input, writes: output) { "\($0)" }
          }
          Otherwise { Stage("think", by: .writer, reads: input, writes: output) { "\($0)" } }
        }
      }
    }
    await #expect {
      _ = try await Simulation(of: Choosing()) { Stub(\.output) { 1 } }.run(1)
    } throws: { error in
      "\(error)".contains(
        """
        several stages write 'out': "size/small/guess", "size/otherwise/think"
          name the one that is meant by its path: Stub("size/small/guess", as: Int.self) { … }
        """)
    }
    let simulation = Simulation(of: Choosing()) {
      Stub("size/small/guess", as: Int.self) { 1 }
      Stub("size/otherwise/think", as: Int.self) { 2 }
    }
    #expect(try await simulation.run(1).output == 1)
    #expect(try await simulation.run(5).output == 2)
  }

  @Test func theNarrowestStubAnswers() async throws {
    let simulation = Simulation(of: LaunchPost()) {
      Stub.examples()
      Stub(.critic) { asked in .json(.integer(asked.prompt.hasPrefix("Judge") ? 1 : 2)) }
      Stub(\.facts) { 7 }
      Stub(\.draft) { .long }
    }
    let run = try await simulation.run("cats")
    #expect(try run.stage("facts").output == 7)
    #expect(try run.stage("style").output == 1)
  }

  @Test func textIsWrittenDownAsTheValueThatItHolds() async throws {
    let simulation = Simulation(of: LaunchPost()) {
      Stub(.critic) { _ in .text("I say:\n```\n3\n```") }
      Stub(\.draft) { .long }
      Stub.examples()
    }
    let run = try await simulation.run("cats")
    #expect(try run.stage("facts").output(as: Int.self) == 3)
  }

  @Test func aSequenceThatEndsTooEarlyFailsTheSimulationWhateverTheWorkflowMakesOfIt() async throws
  {
    struct Careful: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("try", by: .writer, reads: input, writes: output) { "\($0)" }
          .fallback { Stage("guess", reads: input, writes: output) { $0 } }
      }
    }
    let error = await #expect(throws: SimulationError.self) {
      try await Simulation(of: Careful()) { Stub("try", returning: [Int]()) }.run(1)
    }
    #expect(error?.description.hasPrefix("Stub(\"try\") at ") == true)
    #expect(error?.description.contains("was asked once more than its 0 values") == true)
  }

  @Test func anEffectWithoutAStubIsAMistakeAndExamplesKeepItFromHappening() async throws {
    struct Telling: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("count", reads: input, writes: output) { $0 + 1 }
        Effect("tell", reads: output) { _ in throw Refusal("never in a test") }
      }
    }
    let error = await #expect(throws: StubMistakes.self) {
      try await Simulation(of: Telling()).run(1)
    }
    #expect(
      error?.description.hasSuffix(
        """
        error: effect 'tell' has no stub, and would happen for real
          write one: Stub(effect: "tell")
        """) == true)
    #expect(try await Simulation(of: Telling()) { Stub.examples() }.run(1).output == 2)
  }

  @Test func codeRunsForRealUnlessItHasAStub() async throws {
    let simulation = Simulation(of: LaunchPost()) {
      Stub(\.output) { Draft(text: "by hand") }
      Stub(\.draft) { .long }
      Stub.examples()
    }
    let run = try await simulation.run("cats")
    #expect(try run.output == Draft(text: "by hand"))
    #expect(run.asked.last?.role == nil)
  }

  @Test func anEffectIsReplacedByItsPath() async throws {
    struct Publishing: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("count", reads: input, writes: output) { $0 + 1 }
        Effect("publish", reads: output) { _ in throw Refusal("never in a test") }
      }
    }
    let published = Lock<[String]>([])
    let run = try await Simulation(of: Publishing()) {
      Stub(effect: "publish") { asked in published.withLock { $0.append(asked.address) } }
    }.run(1)
    #expect(try run.output == 2)
    #expect(published.withLock { $0 } == ["publishing/publish"])
    let error = await #expect(throws: StubMistakes.self) {
      try await Simulation(of: Publishing()) { Stub(effect: "publis") }.run(1)
    }
    #expect(
      error?.description.contains("no effect has the path 'publis'; did you mean 'publish'?")
        == true)
  }

  @Test func theMembersOfATeamAnswerWhereThereIsNoStub() async throws {
    let team = Team {
      Member("ann", plays: .researcher, .writer) { ClosureAgent { _ in .json(["by ann"]) } }
      Member("bob", plays: .critic) { ClosureAgent { _ in .json(5) } }
    }
    let simulation = Simulation(of: LaunchPost(), team: team) { Stub(\.draft) { .long } }
    let run = try await simulation.run("cats")
    #expect(try run.stage("research").output == ["by ann"])
    #expect(try run.stage("draft").attempts.map(\.member) == ["ann"])
    // Bob can do only one thing at a time.
    #expect(try !run.ran("facts").overlapped("style"))
    #expect(run.timeline.description.contains("waits for 'critic'"))
  }
}

import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// What stages do in a study, and what it says of those that cannot.
@Suite struct ExampleTests {
  /// Counts what is done for real.
  private struct Counted: Workflow {
    struct Report: Codable, Sendable { var lines: [String] }
    let input = Artifact<String>("in")
    let output = Artifact<Report>("report")
    let count: Lock<Int>

    var body: some Step {
      Stage("make", reads: input, writes: output) { text in
        count.withLock { $0 += 1 }
        return Report(lines: [text])
      }
      Effect("publish", reads: output) { _ in count.withLock { $0 += 1 } }
    }
  }

  @Test func codeAndEffectsDoNothingUnlessTheyAreAskedTo() async throws {
    let count = Lock(0)
    let seeds = Simulation.seeds(5)
    let report = try await WhatIf(of: Counted(count: count)).report(on: "cats", seeds: seeds)
    #expect(report.succeeded == 5)
    #expect(report.untimed == ["make", "publish"])
    #expect(count.withLock { $0 } == 0)
    _ = try await WhatIf(of: Counted(count: count), runsCode: true).report(on: "cats", seeds: seeds)
    #expect(count.withLock { $0 } == 10)
  }

  @Test func aFanOutOverAnExampleIsNamedAndOneOverAStubOrTheInputIsNot() async throws {
    struct Layers: Workflow {
      let input = Artifact<[Int]>("orders")
      let output = Artifact<[Int]>("done")
      let parts = Artifact<[Int]>("parts")
      let mixed = Artifact<[Int]>("mixed")
      var body: some Step {
        Stage("split", reads: input, writes: parts) { $0 }
        FanOut("mix", over: parts, into: mixed) { part, result in
          Stage("stir", by: .writer, reads: part, writes: result) { "\($0)" }
        }
        FanOut("bake", over: input, into: output) { order, result in
          Stage("heat", by: .writer, reads: order, writes: result) { "\($0)" }
        }
      }
    }
    let seeds = Simulation.seeds(2)
    let report = try await WhatIf(of: Layers()).report(on: [1, 2], seeds: seeds)
    #expect(report.exampleFanOuts == ["mix"])
    #expect(report.description.contains("there is one of everything in: 'mix';"))
    let stubbed = try await WhatIf(of: Layers()) { Stub(\.parts) { [1, 2, 3] } }
      .report(on: [1, 2], seeds: seeds)
    #expect(stubbed.exampleFanOuts == [])
  }

  @Test func timeStandsStillForCodeThatWorksForReal() async throws {
    struct Outside: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let left = Artifact<Int>("left")
      let right = Artifact<Int>("right")
      var body: some Step {
        Parallel("both") {
          Stage("left", reads: input, writes: left) { number in
            await Task.detached { (0..<100_000).reduce(number, ^) }.value
          }
          Stage("right", reads: input, writes: right) { $0 }
        }
        Stage("end", reads: left, right, writes: output) { $0 + $1 }
      }
    }
    let study = WhatIf(
      of: Outside(),
      durations: Durations(
        stages: ["both/left": .fixed(.minutes(1))], others: .fixed(.minutes(10))),
      runsCode: true)
    let report = try await study.report(on: 1, seeds: Simulation.seeds(5))
    #expect(report.disturbedRuns == 5)
    #expect(report.figures?.makespan.mean == .minutes(20))
    #expect(report.figures?.criticalPath.map(\.stage) == ["both/right", "end"])
  }

  @Test func aGateThatRejectsTheExamplesFailsTheRunsAndSaysSo() async throws {
    struct Strict: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<Draft>("draft")
      var body: some Step {
        Stage("draft", by: .writer, reads: input, writes: output) { "Write about \($0)." }
          .gate("long enough", otherwise: .rework(upTo: 1)) { $0.text.count > 20 }
      }
    }
    let durations = Durations(others: .fixed(.minutes(1)))
    let report = try await WhatIf(of: Strict(), durations: durations)
      .report(on: "cats", seeds: Simulation.seeds(3))
    #expect(report.figures == nil)
    #expect(
      report.description == """
        strict: 3 simulated runs

        all runs failed, so that there are no figures:
          3 runs, the first with seed 1:
            'strict/draft' was rejected by gate 'long enough' after 2 takes: 'long enough' does \
        not hold
            what to do: stages answer with examples of their types here, and this one does not \
        do: give the type a better example in its schema (SchemaProviding), give another input, \
        or stub the stage with WhatIf(of:) in Swift

        Notes
          gate 'long enough' of 'draft' rejected 6 of 6 answers; where these are examples, the \
        rework that follows is not typical
        """)
    let stubbed = try await WhatIf(of: Strict(), durations: durations) { Stub(\.output) { .long } }
      .report(on: "cats", seeds: Simulation.seeds(3))
    #expect(stubbed.failures.isEmpty)
    #expect(stubbed.figures?.makespan.p50 == .minutes(1))
  }

  @Test func someRunsThatFailAreCountedAndLeftOut() async throws {
    struct Slow: Workflow {
      let input = Artifact<String>("in")
      let output = Artifact<String>("out")
      var body: some Step {
        Stage("wait", by: .writer, reads: input, writes: output) { $0 }.timeout(.minutes(10))
      }
    }
    let study = WhatIf(
      of: Slow(), durations: Durations(others: .uniform(.minutes(5), .minutes(15))))
    let report = try await study.report(on: "cats", seeds: Simulation.seeds(100))
    #expect((30...70).contains(report.succeeded))
    #expect(report.failures.map(\.runs) == [100 - report.succeeded])
    let failure = try #require(report.failures.first)
    #expect(failure.reason == "'slow/wait' took longer than its timeout of 10 min")
    #expect(failure.advice.hasPrefix("the durations are longer than the limit"))
    let longest = try #require(report.figures?.makespan.p95)
    #expect(longest > .minutes(9))
    #expect(longest < .minutes(10))
    #expect(
      report.description.contains(
        "\n\(100 - report.succeeded) of 100 runs failed; the figures are those of the other"))
  }

  @Test func aReportIsKeptAsJSON() async throws {
    let study = WhatIf(
      of: LaunchPost(), durations: Durations(others: .fixed(.minutes(2))), members: ["critic": 1]
    ) { Stub(\.draft) { .long } }
    let report = try await study.report(on: "cats", seeds: Simulation.seeds(3))
    let json = try JSONValue(encoding: report)
    #expect(json["figures"]?["makespan"]?["p50"] == 600)
    #expect(json["figures"]?["oneMore"]?.canonicalText.contains(#""p50":-120"#) == true)
    #expect(try json.decode(as: WhatIfReport.self) == report)
  }

  @Test func aReportOfAnEarlierVersionIsRead() async throws {
    let study = WhatIf(of: LaunchPost(), durations: Durations(others: .fixed(.minutes(2)))) {
      Stub(\.draft) { .long }
    }
    let report = try await study.report(on: "cats", seeds: Simulation.seeds(3))
    guard case .object(var members) = try JSONValue(encoding: report),
      case .object(var figures)? = members["figures"]
    else {
      Issue.record("a report is an object")
      return
    }
    for later in ["members", "cost"] { figures[later] = nil }
    members["unestimated"] = nil
    members["figures"] = .object(figures)
    #expect(try JSONValue.object(members).decode(as: WhatIfReport.self) == report)
  }

  @Test func ofStagesWithStubsTheStubSaysHowManyTokensTheyTake() async throws {
    struct Notes: Workflow {
      let input = Artifact<String>("in")
      let output = Artifact<String>("out")
      let parts = ["counted", "silent", "estimated", "plain"].map { Artifact<String>($0) }
      var counted: Artifact<String> { parts[0] }
      var silent: Artifact<String> { parts[1] }

      var body: some Step {
        Stage("counted", by: .writer, reads: input, writes: parts[0]) { $0 }
        Stage("silent", by: .writer, reads: input, writes: parts[1]) { $0 }.estimate(tokens: 5)
        Stage("estimated", by: .writer, reads: input, writes: parts[2]) { $0 }.estimate(tokens: 5)
        Stage("plain", by: .writer, reads: input, writes: parts[3]) { $0 }
        Stage("end", reads: .all(parts), writes: output) { $0.joined() }
      }
    }
    let team = Team {
      Member("ann", plays: .writer) { ClosureAgent { _ in .text("") } }
        .price(input: 1, output: 1)
    }
    let study = WhatIf(of: Notes(), team: team) {
      Stub(\.counted) { "text" }.using(Usage(inputTokens: 7))
      Stub(\.silent) { "text" }
    }
    let report = try await study.report(on: "cats", seeds: Simulation.seeds(2))
    #expect(report.unestimated == ["silent", "plain"])
    #expect(report.description.contains("or '.using' of a stub"))
  }

  @Test func onlyTheCommonestReasonsAreShown() async throws {
    let study = WhatIf(of: LaunchPost()) {
      Stub(\.findings) { asked in throw Refusal("at \(asked.elapsed)") }
    }
    let report = try await study.report(on: "cats", seeds: Simulation.seeds(8))
    #expect(report.failures.count == 8)
    #expect(report.description.contains("\n  and 3 more reasons"))
  }
}

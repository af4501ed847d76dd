import Testing
import Troupe
import TroupeSimulation

/// Signals that a simulation sends, and what it says of waits.
@Suite struct SendTests {
  struct Publishing: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("post")
    let approval = Artifact<Bool>("approval")

    static let approved = Signal<Bool>("approved")

    var body: some Step {
      Stage("draft", by: .writer, reads: input, writes: output) { "Write about \($0)." }
      Wait(for: Self.approved, writes: approval, within: .hours(48))
      Wait("cool down", lasting: .hours(1))
      Effect("publish", reads: output, approval) { _, _ in }.atMostOnce()
    }
  }

  private func simulation(
    @StubBuilder<Publishing> _ more: () -> [Stub<Publishing>] = { [] }
  ) -> Simulation<Publishing> {
    Simulation(of: Publishing()) {
      Stub(\.output) { "a post" }.taking(.minutes(5))
      Stub(effect: "publish").taking(.seconds(1))
      more()
    }
  }

  @Test func aSignalIsSentAtItsTime() async throws {
    let run = try await simulation { Send(Publishing.approved, true, after: .hours(3)) }.run("cats")
    #expect(try run.output == "a post")
    #expect(
      run.timeline.description == """
        00:00:00.000 – 00:05:00.000  draft       writer  finished
        00:05:00.000 – 03:00:00.000  approved            took signal 'approved'
        03:00:00.000                 publishing          signal 'approved' came
        03:00:00.000 – 04:00:00.000  cool down           waited
        04:00:00.000 – 04:00:01.000  publish             finished
        """)
    #expect(run.unconsumedSignals.isEmpty && run.unusedStubs.isEmpty)
  }

  @Test func aSignalIsSentAtOnceUnlessATimeIsGiven() async throws {
    let run = try await simulation {
      Send(Publishing.approved, true)
      Send(Publishing.approved, false, after: .hours(100))
    }.run("cats")
    #expect(run.elapsed == .minutes(65) + .seconds(1))
    let unused = try #require(run.unusedStubs.first)
    #expect(unused.hasSuffix(": Send(…) of signal 'approved'"))
  }

  @Test func aSignalComesAtATimeThatTheSeedDecides() async throws {
    let simulation = simulation {
      Send(Publishing.approved, true, after: .uniform(.hours(1), .hours(90)))
    }
    var elapsed: Set<Duration> = []
    var missed = 0
    for seed in Simulation.seeds(50) {
      let run = try await simulation.run("cats", seed: seed)
      elapsed.insert(run.elapsed)
      missed += run.failure == nil ? 0 : 1
    }
    #expect(elapsed.count > 20)
    #expect(missed > 5 && missed < 45)
  }

  @Test func whatIsMissedOrLeftIsInTheTimeline() async throws {
    let missed = try await simulation().run("cats")
    #expect(
      missed.timeline.lines.last
        == "00:05:00.000 – 48:05:00.000  approved          was not sent signal 'approved' within 2 d"
    )
    let left = try await simulation {
      Send(Publishing.approved, true)
      Send(Publishing.approved, false)
    }.run("cats")
    #expect(left.timeline.lines.last?.hasSuffix("signal 'approved' was taken by no wait") == true)
  }

  @Test func aRunThatNoSignalReachesIsStuck() async throws {
    struct Patient: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Phase("ask") { Wait(for: Signal<Int>("number"), writes: output) }
          .gate("is large", on: output) { $0 > 3 }
      }
    }
    let error = await #expect(throws: SimulationError.self) {
      try await Simulation(of: Patient(), patience: .milliseconds(5)).run(1)
    }
    #expect(
      error?.problem
        == .stuck(
          ["'patient/ask/number' waits for signal 'number', and no 'Send(…)' is left"],
          isAbandoned: false))
  }

  @Test func whatIsWrongWithASignalIsSaidBeforeTheRun() async throws {
    let error = await #expect(throws: StubMistakes.self) {
      _ = try await simulation {
        Send(Signal<Bool>("aproved"), true)
        Send(Signal("approved"))
        Send(Publishing.approved, true, after: .seconds(-1)).taking(.hours(1)).fault(.hangs)
      }.run("cats")
    }
    #expect(
      error?.problems.map { $0.replacing(#/^\S+ error: /#, with: "") } == [
        "no step waits for signal 'aproved'; did you mean 'approved'?",
        "signal 'approved' is sent with 'TroupeLanguage.NoPayload', and waited for with 'Bool'",
        "a duration is negative",
        "a signal takes no time and has no faults; say when it comes with 'after:'",
      ])
  }

  @Test func whatAWaitWritesIsSentAndNotStubbed() async throws {
    let error = await #expect(throws: StubMistakes.self) {
      _ = try await simulation { Stub(\.approval) { true } }.run("cats")
    }
    #expect(
      error?.description.contains(
        "no stage of the workflow's own writes 'approval': the wait 'approved' does; send what it "
          + "waits for: Send(Signal(\"approved\"), …)") == true)
  }

  @Test func aPayloadThatDoesNotSurviveItsCodecEndsTheSimulation() async throws {
    struct Lossy: Codable, Sendable {
      var count = 0
      init(count: Int) { self.count = count }
      init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int.self) + 1
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
      }
    }
    struct Losing: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Lossy>("out")
      var body: some Step { Wait(for: Signal<Lossy>("lossy"), writes: output, within: .hours(1)) }
    }
    let error = await #expect(throws: SimulationError.self) {
      try await Simulation(of: Losing()) { Send(Signal("lossy"), Lossy(count: 1)) }.run(1)
    }
    #expect(
      error?.description.contains("the payload of signal 'lossy' does not survive") == true)
  }

  @Test func waitsAndDoubtsAreCovered() async throws {
    var coverage = PlanCoverage(of: try Publishing().compile().plan)
    coverage.add(
      try await simulation { Send(Publishing.approved, true, after: .hours(3)) }.run("a").events)
    #expect(coverage.missing.map(\.occurrence) == [.missesSignal, .isInDoubt])
    #expect(coverage.description.contains("wait 'approved' never missed its signal"))
    #expect(coverage.description.contains("effect 'publish' was never in doubt"))
    coverage.add(try await simulation().run("a").events)
    coverage.add(
      try await Simulation(of: Publishing()) {
        Stub(\.output) { "a post" }
        Stub(effect: "publish").fault(.fails(Refusal("no")))
        Send(Publishing.approved, true)
      }.run("a").events)
    #expect(coverage.missing.isEmpty)
  }

  @Test func aStudyNeedsNoSignals() async throws {
    let durations = Durations(
      stages: ["approved": .fixed(.hours(5)), "draft": .fixed(.hours(1))],
      others: .fixed(.seconds(1)))
    let report = try await WhatIf(of: Publishing(), durations: durations)
      .report(on: "cats", seeds: Simulation.seeds(3))
    let figures = try #require(report.figures, "\(report)")
    #expect(figures.makespan.mean == .hours(7) + .seconds(1))
    #expect(figures.criticalPath.first?.stage == "approved")
    #expect(throws: StudyMistakes.self) {
      _ = try Durations(json: ["aproved": "1 h"], for: Publishing().compile().plan)
    }
    #expect(throws: Never.self) {
      _ = try Durations(json: ["approved": "1 h"], for: Publishing().compile().plan)
    }
  }

  @Test func aStudyWithASignalWaitsForIt() async throws {
    let durations = Durations(others: .fixed(.seconds(1)))
    let report = try await WhatIf(of: Publishing(), durations: durations) {
      Send(Publishing.approved, true, after: .hours(10))
    }.report(on: "cats", seeds: Simulation.seeds(3))
    #expect(report.figures?.makespan.mean == .hours(11) + .seconds(1))
  }
}

import Foundation
import Testing
import Troupe
import TroupeSimulation
import TroupeTesting

@Suite struct DeterminismTests {
  static let simulation = Simulation(of: LaunchPost()) {
    Stub(\.findings) { ["a source"] }
      .taking(.uniform(.minutes(1), .minutes(90)))
      .fault(.fails(Refusal("tired")), on: .chance(0.2))
    Stub(\.draft) { asked in asked.take == 1 ? .short : .long }
      .taking(.exponential(mean: .minutes(30)))
    Stub(\.facts) { 3 }
    Stub(\.style) { 4 }
  }

  @Test func theSameSeedGivesTheSameTimeline() async throws {
    var timelines: Set<Timeline> = []
    for _ in 0..<200 { timelines.insert(try await Self.simulation.run("cats", seed: 7).timeline) }
    #expect(timelines.count == 1)
  }

  @Test func runsSideBySideDoNotDisturbEachOther() async throws {
    let timelines = try await withThrowingTaskGroup(of: Timeline.self) { group in
      for _ in 0..<50 {
        group.addTask { try await Self.simulation.run("cats", seed: 7).timeline }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(timelines.count == 1)
  }

  @Test func otherSeedsGiveOtherTimelines() async throws {
    var timelines: Set<Timeline> = []
    for seed in Simulation.seeds(100) {
      timelines.insert(try await Self.simulation.run("cats", seed: seed).timeline)
    }
    #expect(timelines.count > 90)
  }

  @Test func allOrdersOfWhatHappensAtOnceAreFound() async throws {
    let simulation = Simulation(of: Crowd()) {}
    var orders: Set<[String]> = []
    for seed in Simulation.seeds(100) {
      let run = try await simulation.run(0, seed: seed)
      orders.insert(
        run.stages.filter { $0.ran }.sorted { $0.end ?? .zero < $1.end ?? .zero }
          .map(\.path.last.description))
    }
    #expect(orders.count == 6)
  }

  private struct Crowd: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<[Int]>("out")
    let parts = (1...3).map { Artifact<Int>("part \($0)") }
    var body: some Step {
      Parallel {
        for part in parts { Stage("\(part.name)", reads: input, writes: part) { $0 } }
      }
      Stage("all", reads: .all(parts), writes: output) { $0 }
    }
  }

  /// The file was written by a debug build; the same test in a release build compares the two.
  @Test func theTimelinesAreThoseOfEveryBuildAndMachine() async throws {
    var text = ""
    for seed in Simulation.seeds(20) {
      text += "\(seed)\n\(try await Self.simulation.run("cats", seed: seed).timeline)\n"
    }
    expectSnapshot(.text(text, as: "timelines"))
  }

  @Test func theSameSeedGivesTheSameInAnotherProcess() async throws {
    let here = try await Self.simulation.run("cats", seed: 11).timeline.description
    let result = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        let run = try await DeterminismTests.simulation.run("cats", seed: 11)
        try FileHandle.standardOutput.write(contentsOf: Data("\n\(run.timeline)\n".utf8))
      })
    let output = String(decoding: result.standardOutputContent, as: UTF8.self)
    #expect(output.contains("\n\(here)\n"), "in the other process: \(output)")
  }
}

import Testing
import Troupe
import TroupeSimulation

/// A mistake that is there only in some orders, made on purpose.
@Suite struct PlantedRaceTests {
  /// Two members add to a shared page: each reads it, thinks, and writes it back.
  private struct SharedPage: Workflow {
    let input = Artifact<Int>("page")
    let output = Artifact<Int>("length")
    let left = Artifact<Bool>("left")
    let right = Artifact<Bool>("right")
    var body: some Step {
      Parallel {
        Stage("left", by: .writer, reads: input, writes: left) { "Add to page \($0)." }
        Stage("right", by: .writer, reads: input, writes: right) { "Add to page \($0)." }
      }
      Stage("measure", reads: left, right, writes: output) { _, _ in SharedPage.length }
    }

    @TaskLocal static var page = Page()
    static var length: Int { page.length }
  }

  /// A page without care: nothing keeps two from reading it before either has written.
  private final class Page: @unchecked Sendable {
    // All jobs of a simulation run on one thread at a time.
    var length = 0
  }

  private func length(_ seed: Seed) async throws -> Int {
    let simulation = Simulation(of: SharedPage()) {
      Stub(.writer) { _ in
        let length = SharedPage.page.length
        await Task.yield()
        SharedPage.page.length = length + 1
        return .json(true)
      }
      .taking(.minutes(1))
    }
    return try await SharedPage.$page.withValue(Page()) {
      try await simulation.run(1, seed: seed).output
    }
  }

  @Test func aLostUpdateIsFoundWithinTwentySeedsAndAgainByItsSeed() async throws {
    var lengths: [Int] = []
    for seed in Simulation.seeds(20) { lengths.append(try await length(seed)) }
    let first = try #require(lengths.firstIndex(of: 1), "never lost: \(lengths)")
    #expect(lengths.contains(2))
    for _ in 0..<5 { #expect(try await length(Seed(UInt64(first) + 1)) == 1) }
  }
}

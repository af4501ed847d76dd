import Testing
import Troupe
import TroupeTesting

/// Under which idempotency keys ladders have work done again.
@Suite struct LadderKeyTests {
  private actor Keys {
    private(set) var all: [String] = []
    func add(_ key: String?) { all.append(key ?? "none") }
  }

  private struct Work: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let keys = Keys()
    var fails: Bool
    @RungBuilder var rungs: @Sendable () -> [Rung]

    var body: some Step {
      Stage("work", reads: input, writes: output) { _ in
        await keys.add(StageContext.current?.idempotencyKey)
        let isFirst = StageContext.current?.take == 1
        if isFirst, fails { throw Refusal("cannot") }
        return isFirst ? 500 : 1
      }
      .retry(attempts: 2)
      .gate("small") { $0 < 100 }
      .escalate { On(.failure, .gateRejected) { for rung in rungs() { rung } } }
    }
  }

  /// The keys of the attempts, numbered in the order in which they first came.
  private func keys(
    fails: Bool, decides resolution: Resolution? = nil,
    @RungBuilder rungs: @escaping @Sendable () -> [Rung]
  ) async throws -> [Int] {
    let work = Work(fails: fails, rungs: rungs)
    let run = try await Simulation(of: work) {
      if let resolution { Stub(.boss) { _ in .value(resolution) } }
    }.run(1)
    #expect(try run.output == 1)
    var known: [String] = []
    return await work.keys.all.map { key in
      if !known.contains(key) { known.append(key) }
      return known.firstIndex(of: key) ?? 0
    }
  }

  @Test func whatFailedIsDoneAgainUnderTheSameKey() async throws {
    #expect(try await keys(fails: true) { Retry() } == [0, 0, 0])
  }

  @Test func whatWasRejectedIsDoneAgainUnderANewKey() async throws {
    #expect(try await keys(fails: false) { Retry() } == [0, 1])
  }

  @Test func guidanceIsANewInputAndSoANewKey() async throws {
    #expect(
      try await keys(fails: true, decides: .retry(guidance: "try harder")) {
        Ask(.boss, within: .hours(1))
      } == [0, 0, 1])
    #expect(
      try await keys(fails: true, decides: .retry()) { Ask(.boss, within: .hours(1)) }
        == [0, 0, 0])
  }
}

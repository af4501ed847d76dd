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

  /// Says something else whenever it is asked what is to be done.
  private struct Fickle: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let keys = Keys()
    @RungBuilder var rungs: @Sendable () -> [Rung]

    var body: some Step {
      Stage("work", by: .clerk, reads: input, writes: output) { _ in
        await keys.add("again")
        return "Do it, version \(await keys.all.count)"
      }
      .retry(attempts: 2)
      .escalate { On(.failure) { for rung in rungs() { rung } } }
    }

    /// The keys and the prompts of the attempts, which fail in the first take.
    func asked(decides resolution: Resolution? = nil) async throws -> [[String]] {
      let asked = Asking()
      let agent = ClosureAgent { assignment in
        await asked.add([assignment.idempotencyKey, assignment.prompt])
        if assignment.take == 1 { throw Refusal("cannot") }
        return .json(1)
      }
      let team = Team {
        Member("clerk", plays: .clerk) { agent }
        Member("expert", plays: .expert) { agent }
        Member("boss", plays: .boss) { ClosureAgent { _ in .value(resolution ?? .retry()) } }
      }
      let run = try await Simulation(of: self, team: team) {}.run(1)
      #expect(try run.output == 1)
      return await asked.all
    }
  }

  private actor Asking {
    private(set) var all: [[String]] = []
    func add(_ one: [String]) { all.append(one) }
  }

  @Test func underOneKeyTheSameIsAsked() async throws {
    let asked = try await Fickle { Retry() }.asked()
    #expect(Set(asked.map(\.[0])).count == 1)
    #expect(asked.map(\.[1]) == Array(repeating: "Do it, version 1", count: 3))
    let reassigned = try await Fickle { Reassign(to: .expert) }.asked()
    #expect(Set(reassigned.map(\.[0])).count == 1)
    #expect(reassigned.last?[1] == "Do it, version 1")
    let guided = try await Fickle { Ask(.boss, within: .hours(1)) }
      .asked(decides: .retry(guidance: "try harder"))
    #expect(Set(guided.map(\.[0])).count == 2)
    #expect(guided.last?[1] == "Do it, version 2")
  }
}

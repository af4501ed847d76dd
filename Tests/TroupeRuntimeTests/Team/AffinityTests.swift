import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// Work that goes to who has done related work.
@Suite struct AffinityTests {
  private static let names = ["ann", "bob", "cat", "dan"]

  private func team(_ strategy: Team.Strategy, _ work: @escaping Work = { _, _ in "" }) -> Team {
    Team {
      for name in Self.names {
        Member(name, plays: .worker, capacity: 100) {
          ClosureAgent { .text(try work(name, $0)) }
        }
      }
    }.choosing(strategy)
  }

  private typealias Work = @Sendable (_ member: String, Assignment) throws -> String

  /// For each element two stages by one role.
  private struct Letters: Workflow {
    let input = Artifact<[String]>("topics")
    let output = Artifact<[String]>("letters")
    let draft = Artifact<String>("draft")
    var body: some Step {
      FanOut("each", over: input, into: output) { topic, letter in
        Stage("draft", by: .worker, reads: topic, writes: draft) { $0 }
        Stage("revise", by: .worker, reads: draft, writes: letter) { $0 }
      }
    }
  }

  /// Who did a stage in each element, in the order of the elements.
  private func members(_ stage: String, _ run: SimulatedRun<[String]>) throws -> [String] {
    try run.stage("each/\(stage)").attempts
      .sorted { ($0.address.count, $0.address) < ($1.address.count, $1.address) }
      .compactMap(\.member)
  }

  private func simulate(_ strategy: Team.Strategy, _ seed: Seed) async throws
    -> SimulatedRun<[String]>
  {
    try await Simulation(of: Letters(), team: team(strategy)) {
      Stub("draft", as: String.self) { _ in "a" }.taking(.uniform(.minutes(1), .hours(1)))
      Stub("revise", as: String.self) { _ in "b" }.taking(.uniform(.minutes(1), .hours(1)))
    }.run(Array(repeating: "cats", count: 30), seed: seed)
  }

  @Test(arguments: Simulation.seeds(20))
  func whoDraftedRevises(_ seed: Seed) async throws {
    let run = try await simulate(.affinity, seed)
    #expect(try members("revise", run) == members("draft", run))
    #expect(Set(try members("draft", run)).count == 4)
    let other = try await simulate(.leastLoaded, seed)
    #expect(try members("revise", other) != members("draft", other))
  }

  @Test func whoKnowsMostOfTheArtifactsIsChosenAndOfSeveralWhoDidSoLast() async throws {
    let asked = Notes()
    let first = Artifact<String>("first")
    let second = Artifact<String>("second")
    let third = Artifact<String>("third")
    let team = Team {
      Member("ann", plays: Role("a"), .worker) { agent("ann") }
      Member("bob", plays: Role("b"), .worker) { agent("bob") }
      Member("cat", plays: Role("c"), .worker) { agent("cat") }
    }.choosing(.affinity)
    @Sendable func agent(_ name: String) -> ClosureAgent {
      ClosureAgent { assignment in
        asked.add("\(assignment.address) \(name)")
        return .text("")
      }
    }
    let workflow = Body { input, output in
      Stage("first", by: Role("a"), reads: input, writes: first) { "\($0)" }
      Stage("second", by: Role("b"), reads: first, writes: second) { $0 }
      Stage("third", by: Role("c"), reads: input, writes: third) { "\($0)" }
      // Bob has worked on both, ann on one.
      Stage("both", by: .worker, reads: first, second, writes: Artifact<String>("x")) { $0 + $1 }
      // Ann and bob have worked on it, and bob did so last.
      Stage("one", by: .worker, reads: first, writes: Artifact<String>("y")) { $0 }
      Stage("other", by: .worker, reads: third, writes: Artifact<String>("z")) { $0 }
      Stage("end", reads: input, writes: output) { $0 }
    }
    _ = try await run(workflow, 1, on: Runtime(team: team))
    #expect(
      asked.all.suffix(3) == ["test/both bob", "test/one bob", "test/other cat"])
  }

  @Test func whoIsNotFreeIsNotWaitedFor() async throws {
    let team = Team {
      Member("ann", plays: Role("author"), .worker) { NoAgent() }
      Member("bob", plays: .worker) { NoAgent() }
    }.choosing(.affinity)
    struct Text: Workflow {
      let input = Artifact<String>("topic")
      let output = Artifact<String>("text")
      var body: some Step {
        Stage("write", by: Role("author"), reads: input, writes: output) { $0 }
        Parallel("read") {
          for number in 1...2 {
            Stage("\(number)", by: .worker, reads: output, writes: Artifact<String>("\(number)")) {
              $0
            }
          }
        }
      }
    }
    let run = try await Simulation(of: Text(), team: team) {
      Stub(\.output) { "" }
      for number in 1...2 {
        Stub("read/\(number)", as: String.self) { _ in "" }.taking(.hours(1))
      }
    }.run("cats")
    #expect(run.elapsed < .hours(2))
    let members = try (1...2).flatMap { try run.stage("read/\($0)").attempts.compactMap(\.member) }
    #expect(members.sorted() == ["ann", "bob"])
  }

  @Test func aRunThatGoesOnStillKnowsWhoDidWhat() async throws {
    let asked = Notes()
    let fails = Lock(true)
    let team = team(.affinity) { name, assignment in
      asked.add("\(assignment.address) \(name)")
      if assignment.address.hasSuffix("revise"), fails.withLock({ $0 }) { throw Mishap() }
      return ""
    }
    let store = Store.memory
    let topics = ["1", "2", "3", "4"]
    await #expect(throws: RunFailure.self) {
      try await Runtime(team: team, store: store).run(Letters(), input: topics, id: "run")
    }
    let authors = asked.all.filter { $0.contains("draft") }.sorted()
    #expect(authors.count == 4)
    fails.withLock { $0 = false }
    let before = asked.all.count
    _ = try await Runtime(team: team, store: store).run(Letters(), input: topics, id: "run")
    let again = asked.all.dropFirst(before).sorted()
    #expect(again == authors.map { $0.replacing("draft", with: "revise") })
  }
}

import Testing
import Troupe
import TroupeSimulation

/// On what the time of a run is spent.
@Suite struct CriticalPathTests {
  private static let minute = Timing.fixed(.minutes(1))

  /// Each stage of the path with its share, work and waiting, in minutes of the makespan.
  private func path<Work: Workflow>(
    of workflow: Work, on input: Work.Input, stages: [String: Int], members: [Role.ID: Int] = [:],
    @StubBuilder<Work> stubs: () -> [Stub<Work>] = { [] }
  ) async throws -> [String] {
    let study = WhatIf(
      of: workflow,
      durations: Durations(
        stages: stages.mapValues { .fixed(.minutes($0)) }, others: Self.minute),
      members: members, stubs: stubs)
    let report = try await study.report(on: input, seeds: Simulation.seeds(10))
    let figures = try #require(report.figures, "\(report)")
    func minutes(_ share: Double) -> String {
      let tenths = (share * (figures.makespan.mean / .seconds(6))).rounded() / 10
      return "\(tenths)"
    }
    return figures.criticalPath.map { part in
      "\(part.stage) \(minutes(part.work))"
        + (part.queue > 0 ? " waits \(minutes(part.queue))" : "")
        + (part.pause > 0 ? " pauses \(minutes(part.pause))" : "")
    }
  }

  @Test func itGoesThroughTheLongerBranch() async throws {
    struct Branches: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let left = Artifact<Int>("left")
      let right = Artifact<Int>("right")
      var body: some Step {
        Parallel("both") {
          Phase("short") {
            Stage("one", reads: input, writes: left) { $0 }
            Stage("two", reads: left, writes: left) { $0 }
          }
          Phase("long") {
            Stage("one", reads: input, writes: right) { $0 }
            Stage("two", reads: right, writes: right) { $0 }
          }
        }
        Stage("end", reads: left, right, writes: output) { $0 + $1 }
      }
    }
    // The first stages end together: what is before the long one is on the path, and no other.
    let stages = [
      "both/short/one": 10, "both/short/two": 5, "both/long/one": 10, "both/long/two": 7,
    ]
    #expect(
      try await path(of: Branches(), on: 1, stages: stages) == [
        "both/long/one 10.0", "both/long/two 7.0", "end 1.0",
      ])
  }

  @Test func whatRunsBesideAPauseIsNotOnIt() async throws {
    struct Paused: Workflow {
      struct Tired: Error {}
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let left = Artifact<Int>("left")
      let right = Artifact<Int>("right")
      var body: some Step {
        Parallel("both") {
          Stage("steady", reads: input, writes: left) { $0 }
          Stage("tired", by: .writer, reads: input, writes: right) { "\($0)" }
            .retry(attempts: 2, backoff: .constant(.minutes(3)))
        }
        Stage("end", reads: left, right, writes: output) { $0 + $1 }
      }
    }
    // The steady one ends at 12, while the other pauses from 10 to 13.
    let path = try await path(
      of: Paused(), on: 1, stages: ["both/steady": 12, "both/tired": 10]
    ) { Stub("both/tired", returning: [1]).fault(.fails(Paused.Tired()), on: .attempt(1)) }
    #expect(path == ["both/tired 20.0 pauses 3.0", "end 1.0"])
  }

  @Test func itFollowsWhatADataflowWaitsFor() async throws {
    struct Flow: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let a = Artifact<Int>("a")
      let b = Artifact<Int>("b")
      let c = Artifact<Int>("c")
      var body: some Step {
        Dataflow("flow") {
          Stage("a", reads: input, writes: a) { $0 }
          Stage("b", reads: input, writes: b) { $0 }
          Stage("c", reads: b, writes: c) { $0 }
          Stage("end", reads: a, c, writes: output) { $0 + $1 }
        }
      }
    }
    let stages = ["flow/a": 6, "flow/b": 6, "flow/c": 2]
    #expect(
      try await path(of: Flow(), on: 1, stages: stages) == [
        "flow/b 6.0", "flow/c 2.0", "flow/end 1.0",
      ])
  }

  @Test func waitingForAMemberIsPartOfIt() async throws {
    struct Two: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let other = Artifact<Int>("other")
      var body: some Step {
        Stage("begin", reads: input, writes: other) { $0 }
        Parallel("both") {
          Stage("short", by: .writer, reads: other, writes: Artifact<Int>("first")) { "\($0)" }
          Stage("long", by: .writer, reads: other, writes: Artifact<Int>("second")) { "\($0)" }
        }
        Stage("end", reads: other, writes: output) { $0 }
      }
    }
    // Whoever comes second has waited, and by the seed that is the one or the other.
    let path = try await path(
      of: Two(), on: 1, stages: ["both/short": 4, "both/long": 4], members: ["writer": 1])
    #expect(path.count == 4)
    let first = try #require(path.first { $0.hasPrefix("both/short") })
    let second = try #require(path.first { $0.hasPrefix("both/long") })
    func sum(_ index: Int) throws -> Double {
      let parts = [first, second].map { $0.split(separator: " ")[index] }
      return try parts.reduce(0) { try $0 + #require(Double($1)) }
    }
    #expect(try sum(1) == 4)
    #expect(try sum(3) == 4)
  }

  @Test func roundsAndReworkAndPausesAreOnIt() async throws {
    struct Loop: Workflow {
      struct Tired: Error {}
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let draft = Artifact<Int>("draft")
      var body: some Step {
        Stage("draft", by: .writer, reads: input, writes: draft) { "\($0)" }
          .retry(attempts: 2, backoff: .constant(.minutes(3)))
          .gate("good", otherwise: .rework(upTo: 1)) { $0 > 0 }
        Repeat("polish", draft, upTo: 3, until: { $0 > 5 }) {
          Stage("revise", by: .critic, reads: draft, writes: draft) { "\($0)" }
        }
        Stage("end", reads: draft, writes: output) { $0 }
      }
    }
    // Two takes, each with two attempts of 10 and a pause of 3 between them; two rounds of 5.
    let path = try await path(
      of: Loop(), on: 1, stages: ["draft": 10, "polish/revise": 5]
    ) {
      Stub("draft", returning: [0, 1]).fault(.fails(Loop.Tired()), on: .attempt(1))
      Stub("polish/revise", returning: [3, 9])
    }
    #expect(path == ["draft 40.0 pauses 6.0", "polish/revise 10.0", "end 1.0"])
  }

  @Test func elementsThatWaitForTheirPlaceFollowEachOther() async throws {
    struct Each: Workflow {
      let input = Artifact<[Int]>("in")
      let output = Artifact<[Int]>("out")
      var body: some Step {
        FanOut("each", over: input, into: output, atMost: 1) { number, square in
          Stage("square", reads: number, writes: square) { $0 * $0 }
        }
      }
    }
    #expect(
      try await path(of: Each(), on: [1, 2, 3], stages: ["each/square": 4]) == [
        "each/square 12.0"
      ])
  }

  @Test func aFallbackFollowsWhatFailed() async throws {
    struct Safe: Workflow {
      struct Tired: Error {}
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("first", by: .writer, reads: input, writes: output) { "\($0)" }
          .fallback { Stage("second", by: .critic, reads: input, writes: output) { "\($0)" } }
      }
    }
    let path = try await path(
      of: Safe(), on: 1, stages: ["first": 8, "first/@fallback/second": 3]
    ) {
      Stub("first", as: Int.self) { throw Safe.Tired() }
    }
    #expect(path == ["first 8.0", "first/@fallback/second 3.0"])
  }

  @Test func aRaceTakesAsLongAsItsWinner() async throws {
    struct Contest: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let best = Artifact<Int>("best")
      var body: some Step {
        Race("race") {
          Stage("slow", by: .writer, reads: input, writes: best) { "\($0)" }
          Stage("quick", by: .critic, reads: input, writes: best) { "\($0)" }
        }
        Stage("end", reads: best, writes: output) { $0 }
      }
    }
    #expect(
      try await path(of: Contest(), on: 1, stages: ["race/slow": 9, "race/quick": 2]) == [
        "race/quick 2.0", "end 1.0",
      ])
  }

  @Test func aContainerThatIsDoneAgainFollowsItself() async throws {
    struct Phased: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let draft = Artifact<Int>("draft")
      var body: some Step {
        Phase("write") {
          Stage("draft", by: .writer, reads: input, writes: draft) { "\($0)" }
          Stage("check", by: .critic, reads: draft, writes: output) { "\($0)" }
        }
        .gate("good", on: output, otherwise: .rework(upTo: 2)) { $0 > 1 }
      }
    }
    let path = try await path(
      of: Phased(), on: 1, stages: ["write/draft": 6, "write/check": 2]
    ) { Stub("write/check", returning: [0, 1, 2]) }
    #expect(path == ["write/draft 18.0", "write/check 6.0"])
  }
}

import Testing
import Troupe
import TroupeSimulation

/// Figures that can be worked out by hand.
@Suite struct FigureTests {
  /// Four reviews at once by `critic`, 10 minutes each, between a draft of 20 minutes and 5 minutes
  /// of code.
  private struct Reviews: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<Int>("score")
    let draft = Artifact<String>("draft")
    let marks = ["a", "b", "c", "d"].map { Artifact<Int>($0) }

    var body: some Step {
      Stage("draft", by: .writer, reads: input, writes: draft) { "Write about \($0)." }
      Parallel("review") {
        for mark in marks {
          Stage(mark.name, by: .critic, reads: draft, writes: mark) { "Judge \($0)." }
        }
      }
      Stage("score", reads: .all(marks), writes: output) { $0.reduce(0, +) }
    }
  }

  private func figures(critics: Int?) async throws -> WhatIfFigures {
    let study = WhatIf(
      of: Reviews(),
      durations: Durations(
        stages: ["score": .fixed(.minutes(5)), "draft": .fixed(.minutes(20))],
        roles: ["critic": .fixed(.minutes(10))]),
      members: critics.map { ["critic": $0] } ?? [:])
    let report = try await study.report(on: "cats", seeds: Simulation.seeds(20))
    #expect(report.failures.isEmpty)
    #expect(report.untimed.isEmpty)
    return try #require(report.figures)
  }

  private func role(_ name: String, in figures: WhatIfFigures) throws -> WhatIfFigures.RoleLoad {
    try #require(figures.roles.first { $0.role == name })
  }

  /// A writer who may need many attempts, beside reviews that queue for one critic.
  private struct Beside: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<Int>("score")
    let draft = Artifact<String>("draft")
    let marks = ["a", "b", "c", "d"].map { Artifact<Int>($0) }

    var body: some Step {
      Parallel("work") {
        Stage("write", by: .writer, reads: input, writes: draft) { "Write about \($0)." }
          .retry(attempts: 50)
        for mark in marks {
          Stage(mark.name, by: .critic, reads: input, writes: mark) { "Judge \($0)." }
        }
      }
      Stage("score", reads: .all(marks), writes: output) { $0.reduce(0, +) }
    }
  }

  @Test func oneMoreMemberChangesNothingElseThatIsLeftToChance() async throws {
    let study = WhatIf(
      of: Beside(), durations: Durations(roles: ["critic": .fixed(.seconds(1))]),
      members: ["critic": 1]
    ) {
      Stub("write", as: String.self) { "a draft" }
        .taking(.fixed(.seconds(3)))
        .fault(.fails(Refusal("tired")), on: .chance(0.8))
    }
    let figures = try #require(
      try await study.report(on: "cats", seeds: Simulation.seeds(50)).figures)
    let critic = try #require(figures.oneMore.first { $0.role == "critic" })
    // In most runs the writer takes longer than all reviews, whoever does them.
    #expect(critic.change.p50 == .zero)
    #expect(critic.change.p95 == .zero)
    #expect(critic.change.mean <= .zero)
  }

  @Test func asManyMembersAsAreNeededMakeNobodyWait() async throws {
    let figures = try await figures(critics: nil)
    #expect(figures.makespan.p50 == .minutes(35))
    #expect(figures.makespan.p95 == .minutes(35))
    #expect(figures.makespan.mean == .minutes(35))
    let critic = try role("critic", in: figures)
    #expect(critic.members == nil)
    #expect(critic.utilisation == nil)
    #expect(critic.mostAtWork == 4)
    #expect(critic.atWork == 1.142857)
    #expect(critic.waited == 0)
    #expect(figures.oneMore.isEmpty)
  }

  @Test func twoMembersAreBusyForTheirPartOfTheMakespan() async throws {
    let figures = try await figures(critics: 2)
    #expect(figures.makespan.p50 == .minutes(45))
    let critic = try role("critic", in: figures)
    #expect(critic.utilisation == 0.444444)
    #expect(critic.each.map(\.name) == ["critic 1", "critic 2"])
    #expect(critic.each.map(\.utilisation) == [0.444444, 0.444444])
    #expect(critic.assignments == 4)
    #expect(critic.mostAtWork == 2)
    #expect(try role("writer", in: figures).atWork == 0.444444)
  }

  @Test func stagesQueueForAMemberWhoIsNotFree() async throws {
    let two = try role("critic", in: try await figures(critics: 2))
    #expect(two.waited == 0.5)
    #expect(two.queue.mean == .minutes(5))
    #expect(two.queue.p50 == .zero)
    #expect(two.queue.p95 == .minutes(10))
    let one = try role("critic", in: try await figures(critics: 1))
    #expect(one.waited == 0.75)
    #expect(one.queue.mean == .minutes(15))
    #expect(one.queue.p95 == .minutes(30))
  }

  @Test func oneMoreMemberShortensTheRun() async throws {
    let one = try await figures(critics: 1)
    #expect(one.makespan.p50 == .minutes(65))
    #expect(one.oneMore.map(\.members) == [2])
    #expect(one.oneMore.map(\.change.p50) == [.minutes(-20)])
    #expect(one.oneMore.map(\.change.p95) == [.minutes(-20)])
    // With three, one of them still does two reviews.
    #expect(try await figures(critics: 2).oneMore.map(\.change.p50) == [.zero])
    #expect(try await figures(critics: 3).oneMore.map(\.change.p50) == [.minutes(-10)])
  }

  @Test func theBottleneckIsTheRoleWithTheGreatestShare() async throws {
    let one = try #require(try await figures(critics: 1).bottleneck)
    #expect(one.role == "critic")
    #expect(abs(one.share - 40.0 / 65) < 0.00001)
    #expect(one.queue == 0.461538)
    #expect(
      one.reason.hasPrefix(
        "its members are busy 62 % of the time, and stages wait for a member for 46 % of the "
          + "makespan"))
    #expect(one.reason.hasSuffix("; one more member changes p50 by −20 min and p95 by −20 min"))
    let four = try #require(try await figures(critics: 4).bottleneck)
    #expect(four.role == "writer")
    #expect(four.share == 0.571429)
    #expect(four.queue == 0)
    #expect(
      four.reason
        == "the work itself takes that long; it must become shorter, and more members do not help")
  }

  @Test func theSameStudyGivesTheSameReport() async throws {
    let study = WhatIf(
      of: Reviews(), durations: Durations(others: .exponential(mean: .minutes(10))),
      members: ["critic": 2])
    let first = try await study.report(on: "cats", seeds: Simulation.seeds(20))
    let second = try await study.report(on: "cats", seeds: Simulation.seeds(20))
    #expect(first == second)
    let other = try await study.report(on: "cats", seeds: Simulation.seeds(40))
    #expect(first.figures?.makespan != other.figures?.makespan)
  }

  @Test func aStageTakesTheSameTimeWithOneMoreMember() async throws {
    let durations = Durations(others: .exponential(mean: .minutes(10)))
    func spread(_ members: [Role.ID: Int]) async throws -> WhatIfFigures.Spread? {
      try await WhatIf(of: Reviews(), durations: durations, members: members)
        .report(on: "cats", seeds: Simulation.seeds(50)).figures?.makespan
    }
    // More members than there are reviews change nothing, to the attosecond.
    #expect(try await spread([:]) == spread(["critic": 4, "writer": 1]))
  }
}

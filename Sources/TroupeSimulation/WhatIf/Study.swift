package import TroupePlan
package import TroupeRuntime

/// Simulates a program with many seeds, and then again with one more member of each role.
package struct Study: Sendable {
  private let program: Program
  private let stubs: StubTable
  private let durations: Durations
  private let members: [Role.ID: Int]
  private let team: Team?
  private let runsCode: Bool

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - program: What is simulated.
  ///   - durations: How long stages take.
  ///   - members: The number of members of a role; of a role that is not named there are as many
  ///     as are needed.
  ///   - team: The members, instead of their numbers. Nobody of it is asked; a person does as much
  ///     at once as the person's capacity says.
  ///   - runsCode: Whether stages of code and effects do their own work.
  /// - Throws: `StudyMistakes` for stages, roles and numbers that make no sense.
  package init(
    of program: Program, durations: Durations, members: [Role.ID: Int] = [:], team: Team? = nil,
    runsCode: Bool
  ) throws(StudyMistakes) {
    try self.init(
      of: program, StubTable(), durations: durations, members: members, team: team,
      runsCode: runsCode)
  }

  init(
    of program: Program, _ stubs: StubTable, durations: Durations, members: [Role.ID: Int],
    team: Team?, runsCode: Bool
  ) throws(StudyMistakes) {
    let program = program.withoutWaits(for: Set(stubs.sendings.map(\.sending.signal)))
      .withoutEstimates(ofPeopleIn: team)
    self.program = program
    self.durations = durations
    self.members = members
    self.runsCode = runsCode
    self.team = team.map { team in
      team.replacing(
        team.members.map { member in
          let idle = member.replacing(NoAgent())
          return member.isPerson ? idle.withoutLimits : idle
        })
    }
    self.stubs = StubTable(
      studying: program, stubs, durations, runsCode: runsCode, countsTokens: team != nil)
    var problems = durations.problems(in: program.plan)
    do {
      try team?.validate(for: program.plan)
    } catch {
      problems += error.problems
    }
    if team != nil, !members.isEmpty {
      problems.append("there is a team, and numbers of members; give one of the two")
    }
    let roles = program.plan.roles.map(\.id)
    for (role, count) in members.sorted(by: { $0.key < $1.key }) {
      if !roles.contains(role) {
        problems.append("no stage is done by the role '\(role)'" + Nearest.hint(role, in: roles))
      } else if count < 1 {
        problems.append("the role '\(role)' has \(count) members; give it at least 1")
      }
    }
    if !problems.isEmpty { throw StudyMistakes(problems: problems) }
  }

  /// Simulates all runs.
  ///
  /// - Parameters:
  ///   - input: What each run starts with.
  ///   - seeds: The seeds, one for each run.
  ///   - progress: Told after each run how many are done, and how many there are in all.
  /// - Throws: `CancellationError`, or what makes the input unusable.
  package func report(
    on input: any Sendable, seeds: [Seed], progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> WhatIfReport {
    let limited = program.plan.roles.map(\.id).filter { members[$0] != nil }
    let total = seeds.count * (1 + limited.count)
    var done = 0
    func tally(_ members: [Role.ID: Int]) async throws -> StudyTally {
      try await self.tally(members, input, seeds) {
        done += 1
        progress(done, total)
      }
    }
    let base = try await tally(members)
    var more: [(role: Role.ID, tally: StudyTally)] = []
    if !base.succeeded.isEmpty {
      for role in limited {
        more.append((role, try await tally(members.merging([role: 1], uniquingKeysWith: +))))
      }
    }
    return ReportMaker(
      program: program, members: members, team: team, base: base, more: more,
      untimed: stubs.untimed(in: program.plan), uncounted: stubs.uncountedNodes,
      exampleFanOuts: stubs.exampleFanOuts(in: program)
    ).report
  }

  private func tally(
    _ members: [Role.ID: Int], _ input: any Sendable, _ seeds: [Seed], _ progress: () -> Void
  ) async throws -> StudyTally {
    let succession = Succession(program)
    // Code may take its time in real life; nothing else leaves the simulation.
    let rehearsal = Rehearsal(
      program: program, table: stubs, team: team ?? Self.team(of: program.plan, members),
      patience: runsCode ? .seconds(600) : .milliseconds(100))
    var tally = StudyTally()
    for seed in seeds {
      try Task.checkCancellation()
      let outcome = try await rehearsal.run(input, seed: seed)
      tally.add(outcome, seed: seed, of: program, succession)
      progress()
    }
    return tally
  }

  /// One member after the other, each with one assignment at a time, so that each has a utilisation
  /// of its own; or one with no limit.
  private static func team(of plan: Plan, _ counts: [Role.ID: Int]) -> Team {
    Team {
      for role in plan.roles {
        for name in names(of: role.id, counts[role.id]) {
          Member(name, roles: [role], capacity: counts[role.id] == nil ? .max : 1) {
            NoAgent()
          }
        }
      }
    }
  }

  /// What the members of a role are called.
  static func names(of role: Role.ID, _ count: Int?) -> [String] {
    guard let count, count > 1 else { return [role] }
    return (1...count).map { "\(role) \($0)" }
  }
}

/// Stands for the agents of a study, whose stages all have stubs.
private struct NoAgent: Agent {
  func perform(_ assignment: Assignment) async throws -> Delivery { throw LostStage() }
}

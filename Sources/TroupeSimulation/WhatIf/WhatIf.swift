public import TroupeLanguage
public import TroupePlan
public import TroupeRuntime

/// Asks what a workflow would take: simulates it with many seeds, with given durations and a given
/// number of members, and says how long that takes, who is busy and what holds it up.
///
/// ```swift
/// let study = WhatIf(
///   of: LaunchPost(),
///   durations: Durations(
///     roles: ["writer": .triangular(.minutes(20), mode: .hours(1), .hours(4))]),
///   members: ["writer": 3])
/// let report = try await study.report(on: brief, seeds: Simulation.seeds(500))
/// print(report)
/// ```
///
/// Stages do nothing for real: they answer with an example of their type, made from its schema, or
/// by a stub where there is one; effects do nothing. Prompts, gates and conditions run as they are,
/// on those answers. An array in an example has one element, so a fan-out over one does its work
/// once; stub the stage that writes the array to study more.
///
/// The same study gives the same report, on every machine.
public struct WhatIf<Work: Workflow>: Sendable {
  private let workflow: Work
  private let durations: Durations
  private let members: [Role.ID: Int]
  private let team: Team?
  private let runsCode: Bool
  private let stubs: [Stub<Work>]

  /// Describes a study.
  ///
  /// - Parameters:
  ///   - workflow: The workflow.
  ///   - durations: How long stages take; 1 to 10 ms where nothing is said. A stub's own timing
  ///     comes first.
  ///   - members: The number of members of a role, by the role's id, each with one assignment at a
  ///     time; of a role that is not named there are as many as are needed.
  ///   - team: The members instead of their numbers, with their capacities, rates, costs and
  ///     strategies. Nobody of it is asked; a person does as much at once as the person's capacity
  ///     says. Where there is no stub, an assignment takes the tokens of its `.estimate(tokens:)`,
  ///     as written ones.
  ///   - runsCode: Whether stages of code and effects do their own work for real, in each run; by
  ///     default they do not. What they do is not decided by the seed.
  ///   - stubs: What stages answer; an example of their type where there is none.
  public init(
    of workflow: Work, durations: Durations = Durations(), members: [Role.ID: Int] = [:],
    team: Team? = nil, runsCode: Bool = false, @StubBuilder<Work> stubs: () -> [Stub<Work>] = { [] }
  ) {
    self.workflow = workflow
    self.durations = durations
    self.members = members
    self.team = team
    self.runsCode = runsCode
    self.stubs = stubs()
  }

  /// Simulates the workflow once for each seed, and again with one more member of each role whose
  /// members are limited.
  ///
  /// - Parameters:
  ///   - input: What each run starts with.
  ///   - seeds: The seeds; by default 200.
  /// - Returns: What was found; that runs failed is part of it.
  /// - Throws: `CompilationError` if the workflow cannot run, `StubMistakes` or `StudyMistakes` if
  ///   stubs, durations, members or a team do not fit it, `CancellationError` when cancelled.
  public func report(
    on input: Work.Input, seeds: [Seed] = Simulation.seeds(200)
  ) async throws -> WhatIfReport {
    let program = try workflow.compile()
    let table = try StubTable(stubs, for: workflow, program, team: Team())
    let study = try Study(
      of: program, table, durations: durations, members: members, team: team,
      runsCode: runsCode)
    return try await study.report(on: input, seeds: seeds)
  }
}

import Troupe
import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Subcommand {
  /// `team`: who plays what.
  static let team: Subcommand = Subcommand(
    name: "team", summary: "Show who plays which roles, how busy they are, and what is missing.",
    operands: [
      Operand(
        name: "NAME", help: "A workflow whose roles are shown; all if left out.",
        isOptional: true)
    ],
    options: [
      Option.value(
        "team", "FILE",
        "The team, as JSON; the executable's own if left out."),
      .store, .allowNetworkStore,
      .flag("json", "Print an object instead of tables."),
    ],
    details: """
      What members do is read from the journals of the runs in the store that
      processes run now: attempts at work, done and failed, and who is suspended. It
      does not hold runs that are not kept or are kept elsewhere, and attempts that
      were given up and go on. '–' stands where there is no store. Rates, resources
      and breakers are counted by each process for itself.

      Exit code 1 if the team cannot do the work of the workflows.

      A team file is an object; only 'members' is required:
        {
          "strategy": {"*": "leastLoaded", "writer": "affinity"},
          "resources": {"gpu": 2},
          "members": [
            {
              "name": "scribe",
              "plays": ["writer", "editor"],
              "skills": ["english"],
              "capacity": 4,
              "cost": 0.5,
              "price": {"input": 3, "output": 15},
              "needs": ["gpu"],
              "rate": {"assignments": 10, "per": "1 min"},
              "breaker": {"failures": 5, "pause": "30 s"},
              "agent": {"kind": "command", "run": ["claude", "-p"],
                        "prompt": "standardInput",
                        "environment": ["ANTHROPIC_API_KEY"],
                        "directory": "drafts",
                        "timeLimit": "10 min", "outputLimit": 1000000}
            },
            {
              "name": "painter",
              "plays": ["editor"],
              "pool": {"from": 1, "to": 8, "idle": "10 min"},
              "agent": {"kind": "command", "run": ["paint", "--desk", "{unit}"],
                        "directory": "desks/{unit}"}
            },
            {"name": "ann", "plays": ["editor"], "agent": {"kind": "person"}}
          ]
        }

      Of a member 'name', 'plays' and 'agent' are required, of the agent 'kind', and
      of a "command" 'run': the tool and its arguments, without a shell. 'prompt' is
      "standardInput" or "argument", the last one; 'environment' names the variables
      that the tool is given beside PATH, HOME and the language. A "person" is asked
      through 'inbox'. 'cost' is that of an assignment, 'price' that of a million
      tokens that are read and written. A strategy is "leastLoaded", "roundRobin",
      "cheapest" or "affinity", for all roles or by role. Roles are those that
      workflows have without parameters, and those that the executable's team plays.

      A member with a 'pool' instead of a 'capacity' has units, which do one
      assignment at a time. 'from' is how many stay, and 'to' how many there are at
      most; one of the others goes when it has had no work for 'idle', five minutes
      if left out. '{unit}' in 'run' and 'directory' is the unit's number, from 1 on.
      """,
    examples: [
      ("team", "Shows the team for all workflows."),
      ("team NAME --team team.json", "Checks a file, and whether it plays all of NAME's roles."),
    ]
  ) { invocation in
    let (tool, console) = (invocation.tool, invocation.console)
    try tool.checkNames()
    let workflows =
      try invocation.arguments.operands.isEmpty
      ? tool.workflows : [tool.workflow(of: invocation)]
    let team = try invocation.team()
    let load = try await workload(StorePlace(of: invocation, .team))
    let report = TeamReport(team, workflows.map(Tool.plan), load, now: Date())
    if invocation.arguments.has("json") {
      try console.output.write(Printable.json(report.json.prettyText) + "\n")
    } else {
      try console.output.write(report.text)
    }
    for problem in report.problems { console.report("error: \(Printable.line(problem))\n") }
    if !invocation.arguments.has("json") {
      for note in report.notes { console.report("warning: \(Printable.line(note))\n") }
    }
    return report.problems.isEmpty ? .done : .failed
  }

  /// What the runs that processes run now say of members; `nil` if there is no store.
  private static func workload(_ place: StorePlace) async throws -> RunHistory.Workload? {
    let runs = try await place.store.runs()
    guard !runs.isEmpty else { return nil }
    var load = RunHistory.Workload()
    for run in runs where run.status.holder != nil {
      // One that ends meanwhile is not under way any more.
      if let history = try? await place.store.history(of: run.id) { load.add(history.workload) }
    }
    return load
  }
}

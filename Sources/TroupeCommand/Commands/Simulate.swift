import TroupeLanguage
import TroupePlan
import TroupeSimulation

extension Subcommand {
  /// `simulate`: how long a workflow would take, and what holds it up.
  static let simulate: Subcommand = Subcommand(
    name: "simulate", summary: "Simulate a workflow: how long it takes, and what holds it up.",
    operands: [.workflow],
    options: [
      .value(
        "input", "JSON|@FILE|-",
        "The input: JSON, a file that holds it, or standard\ninput. An example of its type if "
          + "left out."),
      .set,
      .value(
        "durations", "FILE",
        "How long stages take, as JSON; '-' for standard\ninput. 1 to 10 ms if left out."),
      .value(
        "members", "ROLE=N", repeats: true,
        "How many members a role has, each with one\nassignment at a time; as many as are needed "
          + "if left\nout."),
      .value(
        "team", "FILE",
        "The members, as JSON, instead of their numbers; none\nis asked. 'team --help' shows the "
          + "form."),
      .value("seeds", "N", "How many runs are simulated; 200 if left out."),
      .flag("code", "Let stages of code and effects do their work for real,\nin each run."),
      .flag("json", "Print the report as JSON; times in seconds."),
    ],
    details: """
      Nothing is done for real: time is virtual, stages answer with an example of
      their type, and effects do nothing. Prompts, gates and conditions run as they
      are; who is asked about a gate's rejection waives it. With '--code' and an
      input, code finds what it would find, and gates reject what they would, so that
      people are asked who are only asked then. The same arguments give the same
      report, unless '--code' is given.

      The file of durations holds an object. Its keys are paths of stages, as 'plan'
      shows them, 'role:NAME', or '*' for all other stages. Its values are:
        "2 h 30 min"                               always the same
        {"uniform": ["5 min", "20 min"]}           anything between the two
        {"triangular": ["5 min", "10 min", "1 h"]} shortest, most likely, longest
        {"exponential": "30 min"}                  this on average

      With a team, members are chosen and assignments wait as in a run: by capacity,
      rate, resources, skills and strategy. A person does as much at once as
      'capacity' says. The report says how busy each member is, how long what it is
      given has waited, and what that costs: its 'cost', and for the tokens that
      '.estimate(tokens:)' says the 'price' of written ones.

      Runs that fail are left out of the figures and reported with the reason; exit
      code 1 if all do.
      """,
    examples: [
      ("simulate NAME --durations times.json", "Says how long a run takes, and why."),
      (
        "simulate NAME --durations times.json --members writer=3",
        "Says what three writers make of it, and what a fourth would."
      ),
      (
        "simulate NAME --durations times.json --team team.json",
        "Says who of a team is busy, who keeps others waiting, and what it costs."
      ),
    ]
  ) { invocation in
    let console = invocation.console
    let arguments = invocation.arguments
    let workflow = try invocation.tool.workflow(of: invocation)
    let seeds = try StudyOptions.seeds(arguments["seeds"])
    let members = try StudyOptions.members(arguments.all("members"))
    if !members.isEmpty, arguments["team"] != nil {
      throw UsageError(
        "give one of the options '--members' and '--team': a team has its members", of: .simulate)
    }
    guard arguments["input"] != "-" || arguments["durations"] != "-" else {
      throw Refusal("error: only one of input and durations can be read from standard input")
    }
    let ready: RunInput
    do {
      ready = try RunInput(workflow, invocation, of: .simulate, takesExample: true)
    } catch let error as CompilationError {
      console.report(Printable.lines(error.description) + "\n")
      return .failed
    }
    let team = try arguments["team"].map { _ in try invocation.team(for: ready.program.plan) }
    let advice = advice(workflow, ready.program.plan, invocation)
    let durations = try StudyOptions.durations(
      arguments["durations"], for: ready.program.plan, console, advice: advice)
    let study: Study
    do {
      study = try Study(
        of: ready.program, durations: durations, members: members, team: team,
        runsCode: arguments.has("code"))
    } catch let error as StudyMistakes {
      throw StudyOptions.refusal(
        error, in: arguments["team"].map(Printable.quoted) ?? "'--members'", advice: advice)
    }
    let progress = StudyProgress(on: console)
    defer { progress.erase() }
    let report = try await study.report(on: ready.value, seeds: seeds) { done, total in
      progress.show(done, of: total)
    }
    progress.erase()
    let text =
      arguments.has("json")
      ? try JSONValue(encoding: report).prettyText : Printable.lines(report.description)
    try console.output.write(text + "\n")
    if let advice { console.report("\(advice)\n") }
    return report.figures == nil ? .failed : .done
  }

  /// Where to look for people in a workflow that asks nobody; `nil` if it asks somebody, or has
  /// nothing that could change that.
  private static func advice(
    _ workflow: any Workflow, _ plan: Plan, _ invocation: Invocation
  ) -> String? {
    guard plan.roles.isEmpty, let parameters = try? ParameterList(of: workflow),
      !parameters.entries.isEmpty
    else { return nil }
    return "no role has anything to do here; parameters may change that: "
      + "'\(invocation.tool.name) simulate \(Printable.line(workflow.name)) --help' lists them"
  }
}

import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `run`: a run from its input to its output.
  static let run: Subcommand = Subcommand(
    name: "run", summary: "Run a workflow and print its output.",
    operands: [.workflow],
    options: [
      .value(
        "input", "JSON|@FILE|-",
        "The input: JSON, a file that holds it, or standard\ninput. May be left out if nothing "
          + "in it is required."),
      .set,
      .team,
      .flag("json", "Print the output as JSON even if it has a text form."),
      .flag("quiet", "Show no progress, only the output and errors."),
      .value(
        "store", "DIR",
        "Keep the run in this folder, so that it can be gone\non with; \(StorePlace.variable) of the "
          + "environment if left\nout, else the run leaves nothing behind."),
      .value(
        "id", "ID",
        "The identity of a run that is kept: with the same\none again it goes on, or gives the "
          + "output that it\nhas. A new one if left out."),
      .untilWaiting,
      .onWaiting,
      .onLate,
      .grace,
      .allowNetworkStore,
    ],
    details: """
      Input and parameters are checked before anything runs. An input that is text
      may be given as it is, without quotes of JSON.

      On a terminal, progress is drawn in place on standard error; otherwise, or with
      TERM=dumb, it is a line for each event. NO_COLOR turns colours off. Ctrl-C stops
      the run and says what was left; a second Ctrl-C leaves at once.

      A run that is kept in a store survives its process, however that ends. Ctrl-C
      and SIGTERM let nothing begin any more, and give what is at work the time of
      '--grace' to come to its end. When the run is stopped (exit code 75) or fails,
      the last line says how to go on with it.
      """,
    examples: [
      ("run NAME --input @input.json --json > output.json", "Reads and writes files."),
      ("run NAME --input INPUT", "Gives the input itself."),
      (
        "run NAME --store .troupe --input JSON",
        "Keeps the run, so that 'resume' can go on with it."
      ),
      ("run NAME --set KEY=VALUE", "Sets a parameter, or a key of the input."),
    ]
  ) { invocation in
    let console = invocation.console
    let workflow = try invocation.tool.workflow(of: invocation)
    let ready: RunInput
    do {
      ready = try RunInput(workflow, invocation, of: .run)
    } catch let error as CompilationError {
      console.report(Printable.lines(error.description) + "\n")
      return .failed
    }
    let arguments = invocation.arguments
    let place = try StorePlace(arguments, console, of: .run)
    guard place != nil || !arguments.has("id") else {
      throw UsageError("option '--id' needs '--store': only a run that is kept has one", of: .run)
    }
    guard place != nil || !arguments.has(Option.untilWaiting.name) else {
      throw UsageError(
        "option '--until-waiting' needs '--store': only a run that is kept can go on later",
        of: .run)
    }
    for option in ["grace", "allow-network-store", "on-waiting", "on-late"]
    where place == nil && arguments.has(option) {
      throw UsageError(
        "option '--\(option)' needs '--store': it is for runs that are kept", of: .run)
    }
    let team = try invocation.team(for: ready.program.plan)
    if place == nil, let role = ready.program.plan.roleOfPeople(in: team) {
      throw Refusal(
        "error: people play the role \(Printable.quoted(role)), and can only answer a run that is "
          + "kept\n  '--store DIR' keeps it")
    }
    if !arguments.has("quiet") {
      for note in team.notes(for: ready.program.plan) {
        console.report("warning: \(Printable.line(note))\n")
      }
    }
    var session = RunSession(
      program: ready.program, input: ready.value, team: team,
      teamFile: arguments[Option.team.name], console: console,
      isQuiet: arguments.has("quiet"), place: place, id: arguments["id"],
      tool: invocation.tool.name, grace: try GraceSetting.of(arguments, .run))
    session.hooks = try Hooks(arguments, console, of: .run)
    session.stopsWhenWaiting = arguments.has(Option.untilWaiting.name)
    return try await session.perform(asJSON: arguments.has("json"))
  }
}

extension Option {
  /// Not to wait for what only the outside can give.
  static let untilWaiting = flag(
    "until-waiting",
    "Stop the run (exit code 3) as soon as it waits for\nnothing but people, signals and time, "
      + "instead of\nwaiting.")

  /// Parameters and keys of the input.
  static let set = value(
    "set", "KEY=VALUE", repeats: true,
    "Set a parameter, or a key of the input. The value is\nJSON where its type is not text; "
      + "'a.b' is key b of a.\n'--help' behind NAME lists the parameters.")
}

extension Plan {
  /// The first role of the plan that a person plays, if one does.
  fileprivate func roleOfPeople(in team: Team) -> Role.ID? {
    roles.first { role in team.members.contains { $0.isPerson && $0.plays(role.id) } }?.id
  }
}

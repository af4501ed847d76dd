import Troupe
import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `resume`: going on with runs that did not come to their ends.
  static let resume: Subcommand = Subcommand(
    name: "resume", summary: "Go on with a run that is kept, or with all that can.",
    operands: [
      Operand(
        name: "RUN", help: "A run's identity, as 'runs' shows it, or its first letters.",
        isOptional: true)
    ],
    options: [
      .store,
      .flag(
        "all", "Go on with all runs that were interrupted, wait, or\nwere asked to stop, at once."),
      .flag("failed", "With '--all': with those, too, in which a step failed."),
      .flag(
        "accept-changes",
        "Go on although the workflow has changed, if the\nchange fits what has happened."),
      .value(
        "limit", "PATH=VALUE", repeats: true,
        "Raise a limit of a step: rounds, reworks, attempts,\ntolerance, timeout or deadline; of a budget cost,\ntokens, time or total-attempts."
      ),
      .team,
      .untilWaiting,
      .onWaiting,
      .onLate,
      .grace,
      .allowNetworkStore,
      .flag("json", "Print the output as JSON even if it has a text form."),
      .flag("quiet", "Show no progress, only the output and errors."),
    ],
    details: """
      A run goes on with the parameters and the input that it was started with. What
      is done stays done; what was at work when its process ended is done again, with
      the same idempotency key. A run that failed does the failed step again. Of one
      that has ended, the output is printed.

      A workflow that has changed since is refused with the differences; what keeps
      the run from going on with one stands below it. '--accept-changes' takes those
      that fit. A run that a limit has ended goes on with a larger one: '--limit
      news/improve=5', or '=rounds:5' where a step has several limits.

      With '--all' there is a line for each run on standard output: its identity, its
      workflow, and what became of it, or why it is left as it is. Exit code 1 if one
      of them fails.
      """,
    examples: [
      ("resume 4f2", "Goes on with the run whose identity begins with 4f2."),
      (
        "resume 4f2 --limit news/improve=5",
        "Lets its loop 'improve' go round 5 times in all."
      ),
      ("resume --all --store /var/lib/news", "Goes on with all, as when a service starts."),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let place = try StorePlace(of: invocation, .resume)
    switch (arguments.operands.first, arguments.has("all")) {
    case (nil, false):
      throw UsageError("'resume' needs RUN or '--all'", of: .resume)
    case (nil, true) where arguments.has(Option.untilWaiting.name):
      throw UsageError("option '--until-waiting' takes one RUN, not '--all'", of: .resume)
    case (_?, true):
      throw UsageError("'resume' takes RUN or '--all', not both", of: .resume)
    case (nil, true):
      for option in ["accept-changes", "limit", "on-waiting", "on-late"]
      where arguments.has(option) {
        throw UsageError("option '--\(option)' is for one RUN, not for '--all'", of: .resume)
      }
      try invocation.tool.checkNames()
      return try await ResumingAll(
        workflows: invocation.tool.workflows,
        // The runs may have been started with parameters that bring other roles.
        team: try invocation.team(isComplete: false),
        console: invocation.console, place: place, includesFailed: arguments.has("failed"),
        grace: try GraceSetting.of(arguments, .resume),
        tool: invocation.tool.name
      ).perform()
    case (let run?, false):
      guard !arguments.has("failed") else {
        throw UsageError("option '--failed' needs '--all'", of: .resume)
      }
      return try await one(try await place.id(run), invocation, place)
    }
  }

  private static nonisolated(nonsending) func one(
    _ id: String, _ invocation: Invocation, _ place: StorePlace
  ) async throws -> ExitCode {
    let (tool, console, arguments) = (invocation.tool, invocation.console, invocation.arguments)
    let run = await place.store.stored(id)
    switch run.status {
    case .running(let holder), .waiting(let holder):
      throw RunSession.refusal(RunIsHeld(id: id, holder: holder))
    case .damaged(let problem): throw Refusal("error: \(Printable.line(problem))")
    default: break
    }
    try tool.checkNames()
    let name = run.journal?.workflow ?? ""
    guard let workflow = tool.workflows.first(where: { $0.name == name }) else {
      if case .ended(.completed) = run.status,
        let output = try await place.store.history(of: id).output
      {
        try console.output.write(Printable.json(output.prettyText) + "\n")
        return .done
      }
      let names = tool.workflows.map { Printable.line($0.name) }
      throw Refusal(
        "error: run \(Printable.quoted(id)) is one of workflow \(Printable.quoted(name)), which "
          + "\(tool.name) does not have\n  resume it with the executable that started it"
          + (names.isEmpty ? "" : "; here there is: \(Count.some(names, limit: 8))"))
    }
    var session: RunSession
    do {
      let recorded = try await place.store.accepted(id)
      let (program, input) = try workflow.recorded(recorded.accepted, input: recorded.input)
      session = RunSession(
        program: program, input: input, team: try invocation.team(for: program.plan),
        teamFile: arguments[Option.team.name],
        console: console, isQuiet: arguments.has("quiet"), place: place, id: id, tool: tool.name,
        resumption: Resumption(
          acceptsChanges: arguments.has("accept-changes"),
          raised: try arguments.all("limit").map {
            try LimitSetting($0, of: .resume).limit(in: program.plan, of: .resume)
          }), grace: try GraceSetting.of(arguments, .resume))
    } catch let error as UsageError {
      throw error
    } catch let error as CompilationError {
      throw Refusal(Printable.lines(error.description), code: .failed)
    } catch {
      throw RunSession.refusal(error)
    }
    session.hooks = try Hooks(arguments, console, of: .resume)
    session.stopsWhenWaiting = arguments.has(Option.untilWaiting.name)
    return try await session.perform(asJSON: arguments.has("json"))
  }
}

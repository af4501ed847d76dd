import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `redirect`: asking others for what a run asks people for.
  static let redirect: Subcommand = Subcommand(
    name: "redirect", summary: "Hand a request on to another person, or to a role.",
    operands: [
      Operand(name: "REQUEST", help: "The request, as 'inbox' shows it: RUN:RECORD, or RUN.")
    ],
    options: [
      .store,
      .value("to", "NAME", "A person of the team, or a role that people play. To be\ngiven."),
      .value("reason", "TEXT", "Why, for the run's journal. To be given."),
      .letterID, .from, .waitForRun,
    ],
    details: """
      The request stays the same, with its time; only those to whom it goes may answer
      it from then on, whatever roles they play. It holds over restarts. Of several
      reviewers of one gate nobody gets a second vote.

      Refused (exit code 2) if the request is not open any more; when the run takes
      it, also if there is no such person and no such role.
      """,
    examples: [
      ("redirect 4f2a:17 --to ben --reason 'Ann is away'", "Lets Ben answer instead."),
      ("redirect 4f2a:17 --to editor --reason 'any of them'", "Lets all editors answer."),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    guard let target = arguments["to"], !target.isEmpty else {
      throw UsageError("'redirect' needs '--to': a person of the team, or a role", of: .redirect)
    }
    let why = try arguments.reason(
      "reason", of: .redirect, for: "a decision is recorded with its reason")
    let named = try await RequestPlace(
      arguments.operands[0], in: StorePlace(of: invocation, .redirect))
    let sender = try await Sender(invocation, .redirect, to: named.run)
    let history = try await sender.place.store.history(of: named.run)
    let request = try named.id(in: history)
    return try await sender.send(
      .redirect(request, to: target, why: why),
      "request \(Printable.quoted(request)) is to go to \(Printable.quoted(target))")
  }
}

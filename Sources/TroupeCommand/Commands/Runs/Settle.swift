import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `settle`: saying what became of work in doubt.
  static let settle: Subcommand = Subcommand(
    name: "settle", summary: "Say what became of work that is in doubt.",
    operands: [
      .run, Operand(name: "ADDRESS", help: "Where the work is, as the failure and 'show' name it."),
    ],
    options: [
      .store,
      .value("output", "JSON|@FILE", "It was done, and gave this."),
      .flag("done", "It was done; for an effect, which gives nothing."),
      .flag("not-done", "It was not done, and may be started again."),
      .flag("abort", "It stays in doubt, and the run is to end for good."),
      .value("why", "TEXT", "How you know, for the run's journal. To be given."),
      .letterID, .from, .waitForRun,
    ],
    details: """
      Work that may happen at most once is not started again when nobody knows whether
      it was done; its run stops. Look where its traces are, by its idempotency key,
      and say what you found. It takes effect when the run is resumed: an output is
      used as if the work had given it, and the step's gates hold for it.

      Refused (exit code 2) if nothing is in doubt at the address.
      """,
    examples: [
      (
        "settle 4f2 shop/charge --output '{\"id\": 17}' --why 'seen at the bank'",
        "It was done, and gave this."
      ),
      ("settle 4f2 shop/charge --not-done --why 'no trace at the bank'", "It may start again."),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let why = try arguments.reason(
      "why", of: .settle, for: "a decision is recorded with its reason")
    let given = ["output", "done", "not-done", "abort"].filter { arguments.has($0) }
    guard given.count == 1 else {
      throw UsageError(
        "'settle' needs one of '--output', '--done', '--not-done' and '--abort'", of: .settle)
    }
    let sender = try await Sender(invocation, .settle)
    let address = arguments.operands[1]
    let settlement: Settlement
    switch given[0] {
    case "not-done": settlement = .notDone
    case "abort": settlement = .abort
    case "done": settlement = .finished(nil)
    default:
      let reader = PayloadReader(option: "output", isText: sender.givesText(at: address))
      settlement = .finished(try reader.value(arguments["output"] ?? ""))
    }
    return try await sender.send(
      .settle(at: address, settlement, why: why),
      "what became of \(Printable.quoted(address))")
  }
}

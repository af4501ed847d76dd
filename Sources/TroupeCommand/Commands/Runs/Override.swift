import Troupe
import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `override`: deciding about a step in the place of whoever was to.
  static let override: Subcommand = Subcommand(
    name: "override", summary: "Decide about a step in the place of whoever was to.",
    operands: [
      .run, Operand(name: "ADDRESS", help: "Where the step is, as 'show' and failures name it."),
    ],
    options: [
      .store,
      .flag(
        "accept", "It passes: the review accepts, or the gate that has\nrejected it is waived."),
      .value("output", "JSON|@FILE", "The stage gives this; its gates hold for it."),
      .value("why", "TEXT", "Why, for the run's journal. To be given."),
      .letterID, .from, .waitForRun,
    ],
    details: """
      For operators, where those who were to decide do not or did wrong: what people
      are asked for at the address is answered at once, whoever was asked. A gate that
      has rejected a step for good is waived, and a stage that failed or was at work
      when its process ended gives the output, when the run is resumed. Who decides is
      recorded with the reason, and is the author of what passes because of it.

      Refused (exit code 2) if there is nothing to decide at the address: it has come
      to its end, or a ladder decides about it. What 'settle' is for, work in doubt,
      can be overridden too; say 'settle' where you know what was done.
      """,
    examples: [
      (
        "override 4f2 'post/draft/@gate(good)' --accept --why 'Ann is away'",
        "Answers a review."
      ),
      ("override 4f2 post/draft --accept --why 'good enough'", "Waives the gate that rejected it."),
      (
        "override 4f2 post/draft --output @draft.txt --why 'by hand'",
        "Gives what a stage failed to."
      ),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let why = try arguments.reason(
      "why", of: .override, for: "a decision is recorded with its reason")
    guard arguments.has("accept") != arguments.has("output") else {
      throw UsageError("'override' needs one of '--accept' and '--output'", of: .override)
    }
    let sender = try await Sender(invocation, .override)
    let address = arguments.operands[1]
    let override: Override
    if let text = arguments["output"] {
      let reader = PayloadReader(option: "output", isText: sender.givesText(at: address))
      override = .output(try reader.value(text))
    } else {
      override = .accept
    }
    return try await sender.send(
      .override(at: address, override, why: why),
      "what was decided about \(Printable.quoted(address))")
  }
}

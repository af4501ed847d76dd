import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `signal`: sending a signal to a run.
  static let signal: Subcommand = Subcommand(
    name: "signal", summary: "Send a signal to a run that is kept.",
    operands: [
      .run, Operand(name: "NAME", help: "The signal's name, as the workflow waits for it."),
    ],
    options: [
      .store,
      .value("value", "JSON|@FILE", "What the signal carries; nothing if left out."),
      .letterID, .from, .waitForRun,
    ],
    details: """
      The run may be running, here or in another process, or wait, or stand still: the
      signal reaches it once, and what comes before a step waits for it is kept. When
      this ends with exit code 0, the signal is on the disk and will not be lost.

      A signal that no step of the run waits for is refused (exit code 2), and so is
      any signal to a run that has ended. The payload is checked at once if this
      executable has the run's workflow, else when it reaches the run.
      """,
    examples: [
      ("signal 4f2 approved --value '{\"by\": \"Ann\"}'", "Sends a signal with a payload."),
      ("signal 4f2 go --id order-17 --wait", "Sends it once, however often this is called."),
    ]
  ) { invocation in
    let sender = try await Sender(invocation, .signal)
    let name = invocation.arguments.operands[1]
    let reader = PayloadReader(
      option: "value", isText: sender.program?.signals[name]?.isText ?? false)
    let payload = try invocation.arguments["value"].map { try reader.value($0) } ?? [:]
    return try await sender.send(
      .signal(name, payload: payload), "signal \(Printable.quoted(name))")
  }
}

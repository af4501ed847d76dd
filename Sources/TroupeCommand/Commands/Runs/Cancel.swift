import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `cancel`: ending a run for good.
  static let cancel: Subcommand = Subcommand(
    name: "cancel", summary: "End a run that is kept, for good.",
    operands: [.run],
    options: [
      .store, .value("why", "TEXT", "Why, for the run's journal."), .from, .waitForRun,
    ],
    details: """
      A run that a process runs is cancelled there; what is at work is given up. One
      that nobody runs ends when it is opened again, without doing anything more. To
      stop a run so that it can go on later, end its process.
      """,
    examples: [("cancel 4f2 --why 'ordered twice'", "Ends the run whose identity begins with 4f2.")]
  ) { invocation in
    try await Sender(invocation, .cancel)
      .send(.cancel(why: invocation.arguments.reason("why")), "its cancellation")
  }
}

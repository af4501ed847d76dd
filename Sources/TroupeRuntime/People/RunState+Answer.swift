extension RunState {
  /// Answers a request of the run.
  ///
  /// - Parameter id: The sender's identity for the answer: what comes a second time is taken once.
  /// - Throws: `AnswerRefused`, or `JournalError` if a durable run cannot write it down.
  package func answer(
    _ request: String, _ answer: Inbox.Answer, as member: String, id: String? = nil
  ) async throws {
    let record = try execution.requests.answer(
      request, answer, by: member, letter: id ?? execution.newSignalID())
    try await execution.untilDurable(record)
  }
}

import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A person who is played by a program, which answers when the person is asked: in a simulation.
package protocol PlayedPerson: PersonalAgent {
  /// Is asked by each process that waits for an answer, and cancelled when none is needed any more.
  ///
  /// - Parameters:
  ///   - asking: What is asked, and of whom.
  ///   - assignment: What is to be done.
  ///   - waited: How long the request had been open before.
  ///   - answer: Answers in the name of one of the members.
  func beAsked(
    _ asking: Event.Asking, _ assignment: Assignment, after waited: Duration,
    _ answer: @escaping @Sendable (Inbox.Answer, _ member: String) async throws -> Void) async
}

extension Execution {
  /// Waits for the answer to a request. Where a program plays the person, it is asked meanwhile.
  func whilePlayed<End: Sendable>(
    by agent: any Agent, _ asking: Event.Asking, _ assignment: Assignment, _ take: Take,
    since asked: Date, _ wait: @Sendable () async -> End
  ) async -> End {
    guard let person = agent as? any PlayedPerson,
      requests.open(at: take.address.description) != nil
    else { return await wait() }
    let waited = Duration.seconds(max(clock.date.timeIntervalSince(asked), 0))
    let context = StageContext(
      address: take.address, take: assignment.take, attempt: assignment.attempt,
      feedback: assignment.feedback, deadline: assignment.deadline, run: id,
      keyTake: take.keyTake, waivers: take.waivers)
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        await StageContext.$current.withValue(context) {
          await person.beAsked(asking, assignment, after: waited) { [self] answer, member in
            let record = try requests.answer(
              asking.request, answer, by: member, letter: "answer to \(asking.request)")
            try await untilDurable(record)
          }
        }
      }
      defer { group.cancelAll() }
      return await wait()
    }
  }
}

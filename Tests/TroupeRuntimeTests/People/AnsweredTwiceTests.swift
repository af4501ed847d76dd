import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Several answers to one request, at the same moment.
@Suite struct AnsweredTwiceTests {
  private static let review = "letters/write/@gate(reads well)"

  /// Whether an answer is given through the handle, and not handed in as from another process.
  private static func isSaidToTheRun(_ number: Int, _ seed: UInt64) -> Bool {
    (Int(seed) + number).isMultiple(of: 2)
  }

  /// What came of an answer: who had answered before, if it was refused; `nil` if it was taken.
  private static func refusal(_ work: () async throws -> Void) async -> String? {
    do {
      try await work()
      return nil
    } catch let refused as AnswerRefused {
      if case .superseded(let member) = refused.reason { return member }
      return refused.description
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [UInt64](1...200))
  func theFirstHoldsTheSameChangesNothingAndAnotherIsRefused(_ seed: UInt64) async throws {
    try await Desk.work(seed: seed) { desk in
      _ = try await desk.advance(Letters())
      try await desk.answer("letters/write", .supply("Cats purr."), as: "cleo")
      _ = try await desk.advance(Letters())
      let answers: [(Inbox.Answer, String)] = [
        (.approve, "ann"), (.reject("too short"), "ben"), (.approve, "ann"),
      ]
      let runtime = desk.runtime
      let refusals = Lock<[Int: String?]>([:])
      try? await runtime.withRun(of: Letters(), input: "cats", id: "run") { run in
        for await event in run.events {
          if case .asked = event.kind, event.address.path.isReview { break }
        }
        await withTaskGroup(of: Void.self) { group in
          for (number, (answer, member)) in answers.enumerated() {
            group.addTask {
              let refusal = await Self.refusal {
                if Self.isSaidToTheRun(number, seed) {
                  try await run.answer(Self.review, answer, as: member)
                } else {
                  try await desk.answer(Self.review, answer, as: member)
                }
              }
              refusals.withLock { $0[number] = refusal }
            }
          }
        }
      }
      _ = try await desk.advance(Letters())
      let given = try await desk.store.history(of: "run").journal.filter {
        $0.type == "answered" && $0.members["request"] == .string(Self.review)
      }
      #expect(given.count == 1)
      let first = try #require(given.first?.members["by"])
      for (number, refusal) in refusals.withLock({ $0 }) {
        let isSame = .string(answers[number].1) == first
        let isRefused = refusal.map { .string($0) } == first
        // What lies in the mailbox is refused when the run takes it.
        let mayBeTaken = isSame || !Self.isSaidToTheRun(number, seed)
        #expect(isRefused && !isSame || refusal == nil && mayBeTaken, "\(refusal ?? "taken")")
      }
      // However late it comes.
      let (answer, member) = first == "ann" ? answers[0] : answers[1]
      let other = first == "ann" ? answers[1] : answers[0]
      let isOver = first == "ann"
      if !isOver {
        try await desk.answer(Self.review, answer, as: member)
        await #expect(throws: AnswerRefused(Self.review, .superseded(by: member))) {
          try await desk.answer(Self.review, other.0, as: other.1)
        }
      }
    }
  }
}

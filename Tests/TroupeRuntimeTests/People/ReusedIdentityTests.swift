import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// What is handed in under an identity under which something was handed in before.
@Suite struct ReusedIdentityTests {
  private static let review = "letters/write/@gate(reads well)"

  private static func objection(_ work: () async throws -> Void) async -> String? {
    do {
      try await work()
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static let refused =
    "something else was handed in to run 'run' as 'one'; send this under another id"

  @Test func theSameIsTakenOnceAndSomethingElseIsRefused() async throws {
    try await Desk.work { desk in
      _ = try await desk.advance(Letters())
      func supply(_ text: String) async -> String? {
        await Self.objection {
          try await desk.answer("letters/write", .supply(.string(text)), as: "cleo", id: "one")
        }
      }
      let (first, same, other) = (await supply("cats"), await supply("cats"), await supply("dogs"))
      #expect((first, same, other) == (nil, nil, Self.refused))
      _ = try await desk.advance(Letters())
      #expect(try await desk.store.inbox().map(\.id) == [Self.review])
    }
  }

  @Test func thatHoldsWhenTheFirstHasBeenTaken() async throws {
    try await Desk.work { desk in
      _ = try await desk.advance(Letters())
      try await desk.answer("letters/write", .supply("cats"), as: "cleo", id: "one")
      _ = try await desk.advance(Letters())
      let other = await Self.objection {
        try await desk.answer(Self.review, .approve, as: "ann", id: "one")
      }
      #expect(other == Self.refused)
      let same = await Self.objection {
        try await desk.answer("letters/write", .supply("cats"), as: "cleo", id: "one")
      }
      #expect(same == nil)
      let cancel = await Self.objection {
        let letter = Letter(
          id: "one", from: nil, at: desk.time.clock.date, .cancel(why: "no more cats"))
        try await desk.store.send(letter, to: "run", nonce: "2")
      }
      #expect(cancel == Self.refused)
    }
  }
}

import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// What becomes of requests whose time is over.
@Suite struct LateAnswerTests {
  private static let review = "letters/write/@gate(reads well)"

  private static func reviewing(
    seed: UInt64 = 1, _ work: @escaping @Sendable (Desk, Letters) async throws -> Void
  ) async throws {
    try await Desk.work(seed: seed) { desk in
      let letters = Letters(parameters: .init(within: .hours(24)))
      _ = try await desk.advance(letters)
      try await desk.answer("letters/write", .supply("Cats purr."), as: "cleo")
      _ = try await desk.advance(letters)
      try await work(desk, letters)
    }
  }

  @Test(arguments: [UInt64](1...20))
  func aDeadlineHoldsOverRestarts(_ seed: UInt64) async throws {
    try await Self.reviewing(seed: seed) { desk, letters in
      let asked = try #require(try await desk.store.inbox().first)
      #expect(asked.silence == "'letters/write' fails, and the run stops")
      let until = try #require(asked.until)
      #expect(until.timeIntervalSince(asked.asked) == 86_400)
      try await desk.sleep(.hours(23))
      _ = try await desk.advance(letters)
      #expect(try await desk.store.inbox().map(\.until) == [until])
      try await desk.sleep(.minutes(59))
      _ = try await desk.advance(letters)
      try await desk.sleep(.minutes(2))
      let failure = try await #require(throws: RunFailure.self) { try await desk.advance(letters) }
      #expect(failure.failure.address.description == "letters/write/@gate(reads well)")
      #expect(try await desk.store.inbox().isEmpty)
      await #expect(throws: AnswerRefused(Self.review, .late)) {
        try await desk.answer(Self.review, .approve, as: "ann")
      }
    }
  }

  @Test(arguments: [UInt64](1...20))
  func anAnswerThatLayThereCountsHoweverLateTheProcessComes(_ seed: UInt64) async throws {
    try await Self.reviewing(seed: seed) { desk, letters in
      try await desk.sleep(.hours(40))
      try await desk.answer(Self.review, .approve, as: "ann")
      #expect(try await desk.advance(letters) == nil)
      #expect(try await desk.output() == "Cats purr.")
    }
  }

  @Test(arguments: [UInt64](1...20))
  func anAnswerJustBeforeTheEndCountsWhileTheRunIsUnderWay(_ seed: UInt64) async throws {
    try await Self.reviewing(seed: seed) { desk, letters in
      let output = try await desk.runtime.withRun(of: letters, input: "cats", id: "run") { run in
        try await desk.sleep(.hours(24) - .nanoseconds(Int64(seed % 2)))
        do {
          try await run.answer(Self.review, .approve, as: "ann")
          return try await run.output
        } catch let refused as AnswerRefused {
          #expect(refused.reason == .late)
          await #expect(throws: RunFailure.self) { try await run.output }
          return "late"
        }
      }
      #expect(output == (seed % 2 == 1 ? "Cats purr." : output))
    }
  }

  @Test func aTimeoutOfTheStageIsCountedFromWhenItWasAsked() async throws {
    try await Desk.work { desk in
      let letters = Letters(parameters: .init(timeout: .hours(3)))
      _ = try await desk.advance(letters)
      try await desk.sleep(.hours(2))
      _ = try await desk.advance(letters)
      #expect(try await desk.story().contains { $0.contains("gave up") } == false)
      try await desk.sleep(.hours(2))
      let failure = try await #require(throws: RunFailure.self) { try await desk.advance(letters) }
      #expect("\(failure.failure.reason)" == "took longer than its timeout of 3 h")
      // What failed is done again when the run goes on: it is asked anew, under an identity of its own.
      #expect(try await desk.advance(letters)?.count == 1)
      #expect(try await desk.store.inbox().map(\.id) == ["letters/write#2"])
    }
  }
}

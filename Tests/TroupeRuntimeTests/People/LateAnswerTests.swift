import Foundation
import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

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

  /// Goes on with a run for some time, and stops it then.
  private static func run(
    _ letters: Letters, on desk: Desk, for length: Duration
  ) async throws {
    let runtime = desk.runtime
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await runtime.run(letters, input: "cats", id: "run") }
      try await desk.sleep(length)
      group.cancelAll()
      await #expect(throws: (any Error).self) { try await group.waitForAll() }
    }
  }

  @Test(arguments: [UInt64](1...20))
  func aStopMakesNoAnswerLate(_ seed: UInt64) async throws {
    try await Self.reviewing(seed: seed) { desk, letters in
      try await Self.run(letters, on: desk, for: .milliseconds(Int(seed)))
      #expect(try await desk.store.inbox().map(\.id) == [Self.review])
      try await desk.answer(Self.review, .approve, as: "ann")
      #expect(try await desk.advance(letters) == nil)
      #expect(try await desk.output() == "Cats purr.")
    }
  }

  /// A review by a machine, which has as long as a person would have.
  @Test(arguments: [UInt64](1...20))
  func whoseTimePassedWhileNobodyHadTheRunIsNotAskedAgain(_ seed: UInt64) async throws {
    try await Desk.work(seed: seed) { desk in
      let (asked, time) = (Lock(0), desk.time)
      var desk = desk
      desk.people = Team {
        Member("cleo", plays: Letters.writer) { Person() }
        Member("bot", plays: Letters.editor) {
          ClosureAgent { _ in
            asked.withLock { $0 += 1 }
            try await time.clock.sleep(until: .hours(90))
            return .json(["decision": "accept", "comments": []])
          }
        }
      }
      let letters = Letters(parameters: .init(within: .hours(24)))
      _ = try await desk.advance(letters)
      try await desk.answer("letters/write", .supply("Cats purr."), as: "cleo")
      try await Self.run(letters, on: desk, for: .hours(1))
      #expect(asked.withLock { $0 } == 1)
      try await desk.sleep(.hours(48))
      let failure = try await #require(throws: RunFailure.self) { try await desk.advance(letters) }
      #expect(failure.failure.reason == "was not done by its deadline of 1 d")
      #expect(asked.withLock { $0 } == 1)
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

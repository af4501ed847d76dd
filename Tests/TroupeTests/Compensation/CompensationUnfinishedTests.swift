import Testing
import Troupe
import TroupeTesting

/// What is given up before it was finished.
@Suite struct CompensationUnfinishedTests {
  private func race(
    _ slow: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Stage<Int>, fault: Fault
  ) async throws -> SimulatedRun<Int> {
    try await Trip { input, output in
      Race("any") {
        Stage("quick", reads: input, writes: output) { $0 }
        slow(input, output)
      }
    }
    .rehearse {
      Stub("quick", as: Int.self) { _ in 1 }.taking(.minutes(1))
      Stub("slow", as: Int.self) { _ in 7 }.taking(.hours(1)).fault(fault)
    }
  }

  @Test func itIsGivenItsKey() async throws {
    let told = Log()
    let run = try await race(
      { input, output in
        Stage("slow", reads: input, writes: output) { $0 }
          .compensate { _ in await told.add("finished") }
          .compensate(ifUnfinished: { key, output in
            await told.add("\(key.count) \(output.map(String.init) ?? "nothing")")
          })
      }, fault: .hangs)
    #expect(run.events.undone == ["any/slow?"])
    #expect(await told.all == ["64 nothing"])
    #expect(try run.output == 1)
  }

  @Test func whatComesLateIsUndoneAsIfItHadBeenInTime() async throws {
    let told = Log()
    let run = try await race(
      { input, output in
        Stage("slow", reads: input, writes: output) { $0 }
          .compensate { output in await told.add("finished \(output)") }
          .compensate(ifUnfinished: { _, _ in await told.add("unfinished") })
      }, fault: .late(by: .seconds(2)))
    #expect(run.events.undone == ["any/slow"])
    #expect(await told.all == ["finished 7"])
    let undone = try #require(run.events.first(at: "any/slow") { $0.isUndone })
    #expect(try undone < #require(run.events.first(at: "any", \.isEnd)))
  }

  @Test func whatComesMuchTooLateIsUndoneBeforeTheRunEnds() async throws {
    let told = Log()
    let run = try await race(
      { input, output in
        Stage("slow", reads: input, writes: output) { $0 }
          .compensate { output in await told.add("finished \(output)") }
          .compensate(ifUnfinished: { _, _ in await told.add("unfinished") })
      }, fault: .late(by: .hours(2)))
    #expect(await told.all == ["unfinished", "finished 7"])
    #expect(try run.output == 1)
  }

  @Test func whatFailedByItselfIsNotInDoubt() async throws {
    let run = try await Trip { input, output in
      booking("flight", from: input)
      failing("pay", from: .named("flight"), to: output).compensate { _ in }
    }
    .rehearse()
    #expect(run.events.undone == ["flight"])
    #expect(run.failure?.uncompensated == [])
  }

  @Test func whatSaysThatItDidNothingIsLeft() async throws {
    let run = try await Trip { input, output in
      booking("flight", from: input)
      Stage("pay", reads: .named("flight"), writes: output) { _ in throw NotStarted("closed") }
        .compensate(ifUnfinished: { _, _ in })
    }
    .rehearse()
    #expect(run.events.undone == ["flight"])
  }

  private struct Unwilling: Error {}

  /// A stage that is given up after a minute, and then ends by an error.
  private func givenUpFirst(_ error: any Error & Sendable) async throws -> SimulatedRun<Int> {
    try await Trip { input, output in
      booking("flight", from: input)
      Stage("pay", reads: .named("flight"), writes: output) { $0 }
        .timeout(.minutes(1)).retry(attempts: 2)
        .compensate { _ in }
    }
    .rehearse {
      Stub("pay", as: Int.self) { _ in 7 }
        .fault(.hangs, on: .attempt(1)).fault(.fails(error), on: .attempt(2))
    }
  }

  @Test func whatALaterAttemptSaysOfItselfSaysNothingOfTheOneBefore() async throws {
    for error in [NotStarted("closed"), Unwilling()] as [any Error & Sendable] {
      let run = try await givenUpFirst(error)
      let left = run.failure?.uncompensated ?? []
      #expect(left.map(\.address) == ["trip/pay"] && left.map(\.reason) == [.inDoubt], "\(error)")
    }
  }
}

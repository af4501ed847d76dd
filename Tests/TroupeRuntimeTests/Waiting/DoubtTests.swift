import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// Work of which nobody knows whether it was done.
@Suite struct DoubtTests {
  @Test func anElementInDoubtIsNotTolerated() async throws {
    let list = Artifact<[Int]>("list")
    let charged = Artifact<[FanOut.Element<Int>]>("charged")
    let workflow = Body { input, output in
      Stage("list", reads: input, writes: list) { _ in [1, 2, 3] }
      FanOut("each", over: list, into: charged, atMost: 1, tolerating: 2) { number, receipt in
        Stage("charge", reads: number, writes: receipt) { number in
          if number == 2 { throw Mishap() }
          return number
        }
        .atMostOnce()
      }
      Stage("sum", reads: charged, writes: output) { $0.compactMap(\.value).reduce(0, +) }
    }
    let store = Store.memory
    let runtime = Runtime(store: store)
    let error = try await #require(throws: RunFailure.self) {
      try await runtime.run(workflow, input: 1, id: "a")
    }
    #expect(error.failure.address.description == "test/each/items[2]/charge")
    #expect(try await store.history(of: "a").status == .stopped(.inDoubt))
    try await store.settle(
      "test/each/items[2]/charge", of: "a", as: .finished(2), by: "Ann", why: "seen")
    #expect(try await runtime.run(workflow, input: 1, id: "a") == 6)
  }

  @Test func whatIsSettledGoesOnWithAllOthersAndCannotBeSettledOtherwise() async throws {
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in throw Mishap() }.atMostOnce()
    }
    let store = Store.memory
    let runtime = Runtime(store: store)
    _ = try? await runtime.run(workflow, input: 1, id: "a")
    func resumed() async throws -> ResumedRun.End? {
      try await runtime.resumeAll([workflow]).first?.end
    }
    guard case .skipped(.stopped(.inDoubt)) = try await resumed() else {
      Issue.record("what is in doubt goes on")
      return
    }
    func settle(as settlement: Settlement) async throws {
      try await store.settle("test/charge", of: "a", as: settlement, by: "Ann", why: "seen")
    }
    try await settle(as: .finished(2))
    try await settle(as: .finished(2))
    let refused = await #expect(throws: SettlementRefused.self) { try await settle(as: .notDone) }
    #expect(refused?.reason == .superseded)
    guard case .completed(let output) = try await resumed() else {
      Issue.record("what is settled does not go on")
      return
    }
    #expect(output as? Int == 2)
  }

  @Test func atMostOnceIsNotRepeatedAfterAnError() async throws {
    let calls = Notes()
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in
        calls.add(StageContext.current?.idempotencyKey ?? "")
        throw Mishap()
      }
      .retry(attempts: 3, backoff: .constant(.seconds(1)))
      .atMostOnce()
      .fallback { Stage("instead", reads: input, writes: output) { $0 } }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(calls.all.count == 1)
    #expect(
      failure.description == """
        'test/charge' is in doubt, because it failed: it broke; its idempotency key is \
        \(calls.all[0])
          find out whether the work was done before it is started again; what surely did nothing \
        says so by throwing 'NotStarted', '.probe' asks who knows, and 'settle' says what was found out
        """)
    #expect(
      story(failure.events).prefix(5) == [
        "test opened", "test/charge opened", "test/charge started 1.1",
        "test/charge failed 1.1: it broke", "test/charge examined 1.1: unknown",
      ])
    #expect(!story(failure.events).contains { $0.contains("fell back") })
    let pauses = failure.events.compactMap { event in
      if case .failed(_, _, let pause?, _) = event.kind { pause } else { nil }
    }
    #expect(pauses.isEmpty)
  }

  @Test func atMostOnceIsRepeatedWhenItWasNotStarted() async throws {
    let calls = Notes()
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { number in
        if calls.add("call") < 3 { throw NotStarted("no connection") }
        return number
      }
      .retry(attempts: 3)
      .atMostOnce()
    }
    let (output, story) = try await run(workflow, 5)
    #expect(output == 5)
    #expect(
      story.filter { $0.contains("examined") } == [
        "test/charge examined 1.1: notDone", "test/charge examined 1.2: notDone",
      ])
    #expect(story.contains("test/charge failed 1.1: was not started: no connection"))
  }

  @Test func whatWasNeverStartedIsNotInDoubt() async throws {
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in throw NotStarted("closed") }
        .retry(attempts: 2)
        .atMostOnce()
        .fallback { Stage("instead", reads: input, writes: output) { $0 + 1 } }
    }
    #expect(try await run(workflow, 1).output == 2)
  }

  @Test func atMostOnceIsNotRepeatedAfterATimeout() async throws {
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { $0 }
        .timeout(.minutes(1))
        .retry(attempts: 3)
        .atMostOnce()
    }
    let run = try await Simulation(of: workflow) {
      Stub("charge", as: Int.self) { 1 }.taking(.minutes(2))
    }.run(1)
    let reason = try #require(run.failure).failure.reason
    #expect(reason.hasPrefix("is in doubt, because it took longer than its timeout of 1 min"))
    #expect(try run.stage("charge").attempts.count == 1)
  }

  @Test func whatIsInDoubtIsNotHandedToAnotherMember() async throws {
    let charger = Role("charger")
    let asked = Notes()
    let team = Team {
      Member("first", plays: charger) {
        ClosureAgent { _ in
          if asked.add("first") == 1 { throw NotStarted("no connection") }
          throw Mishap()
        }
      }
      Member("second", plays: charger) {
        ClosureAgent { _ in
          asked.add("second")
          throw Mishap()
        }
      }
      Member("third", plays: charger) {
        ClosureAgent { _ in
          asked.add("third")
          return .value(3)
        }
      }
    }
    let workflow = Body { input, output in
      Stage("charge", by: charger, reads: input, writes: output) { "Charge \($0)." }
        .atMostOnce()
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime(team: team).run(workflow, input: 1)
    }
    // The first did nothing and says so; what the second did nobody knows.
    #expect(asked.all == ["first", "second"])
    #expect(failure.failure.member == "second")
  }

  @Test func aFallbackAroundDoesNotStandInForWhatIsInDoubt() async throws {
    let workflow = Body { input, output in
      Phase("sell") {
        Parallel {
          Effect("charge", reads: input) { _ in throw Mishap() }.atMostOnce()
          Effect("tell", reads: input) { _ in }
        }
        Stage("end", reads: input, writes: output) { $0 }
      }
      .fallback { Stage("instead", reads: input, writes: output) { $0 } }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.failure.reason.hasPrefix("is in doubt"))
  }

  @Test func aProbeThatKnowsTheOutputEndsTheStage() async throws {
    let keys = Notes()
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in
        keys.add(StageContext.current?.idempotencyKey ?? "")
        throw Mishap()
      }
      .retry(attempts: 3)
      .probe { key in
        keys.add(key)
        return .finished(7)
      }
    }
    let (output, story) = try await run(workflow, 1)
    #expect(output == 7)
    #expect(keys.all.count == 2 && Set(keys.all).count == 1)
    #expect(story.contains("test/charge examined 1.1: finished"))
    #expect(story.suffix(2) == ["test/charge completed", "test completed"])
  }

  @Test func aProbeIsAskedBeforeARetryAfterATimeout() async throws {
    let asked = Notes()
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { $0 }
        .timeout(.minutes(1))
        .retry(attempts: 2)
        .probe { _ in
          asked.add("asked")
          return .notDone
        }
    }
    let run = try await Simulation(of: workflow) {
      Stub("charge", as: Int.self) { 1 }.taking(.seconds(1))
        .fault(.slow(by: .hours(1)), on: .attempt(1))
    }.run(1)
    #expect(try run.output == 1)
    #expect(asked.all == ["asked"])
    #expect(try run.stage("charge").attempts.count == 2)
  }

  @Test func aProbeThatFindsNothingDoneAtLastLeavesTheFailure() async throws {
    let workflow = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in throw Mishap() }
        .probe { _ in .notDone }
        .fallback { Stage("instead", reads: input, writes: output) { $0 + 1 } }
    }
    #expect(try await run(workflow, 1).output == 2)
  }

  @Test func aProbeThatDoesNotKnowOrFailsLeavesTheDoubt() async throws {
    let unknowing = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in throw Mishap() }
        .retry(attempts: 2)
        .probe { _ in .unknown }
    }
    let failing = Body { input, output in
      Stage("charge", reads: input, writes: output) { _ in throw Mishap() }
        .retry(attempts: 2)
        .probe { _ in throw Mishap(description: "no line") }
    }
    let unknown = try await #require(throws: RunFailure.self) {
      try await Runtime().run(unknowing, input: 1)
    }
    #expect(
      unknown.failure.reason.hasPrefix(
        "is in doubt, because it failed: it broke; its idempotency key is "))
    let failed = try await #require(throws: RunFailure.self) {
      try await Runtime().run(failing, input: 1)
    }
    #expect(failed.failure.reason.contains("it broke; its probe failed: no line; its idempotency"))
  }

  @Test func anEffectIsProbedWithoutAnOutput() async throws {
    let workflow = Body { input, output in
      Effect("publish", reads: input) { _ in throw Mishap() }
        .probe { _ in .finished }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(try await run(workflow, 1).output == 1)
  }

  @Test func eachRoundIsWorkOfItsOwn() async throws {
    let calls = Notes()
    let workflow = Body { input, output in
      Repeat("again", output, upTo: 3, until: { $0 == 3 }) {
        Stage("charge", reads: input, writes: output) { _ in calls.add("call") }
          .atMostOnce()
      }
    }
    #expect(try await run(workflow, 1).output == 3)
  }
}

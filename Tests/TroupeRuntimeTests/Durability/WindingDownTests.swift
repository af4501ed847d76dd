import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Runtimes that are stopped while their runs are at work.
@Suite(.timeLimit(.minutes(10))) struct WindingDownTests {
  /// Two stages at once that wait for a latch, and one after them.
  private struct Pair: Workflow {
    var latch = Latch()
    var notes = Notes()
    var arrivals = Latch()
    let input = Artifact<Int>("start")
    let output = Artifact<Int>("sum")
    let left = Artifact<Int>("left")
    let right = Artifact<Int>("right")

    var body: some Step {
      Parallel {
        Stage("left", reads: input, writes: left) { try await work("left", $0) }
        Stage("right", reads: input, writes: right) { try await work("right", $0) }
      }
      Stage("sum", reads: left, right, writes: output) { left, right in
        notes.add("sum")
        return left + right
      }
    }

    private func work(_ name: String, _ number: Int) async throws -> Int {
      notes.add(name)
      await latch.wait()
      return number
    }
  }

  /// A stage that only comes to an end when it is cancelled, unless it is told to have one.
  private struct Endless: Workflow {
    let began: Latch
    var notes = Notes()
    var hasEnd = false
    var occursOnce = false
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")

    var body: some Step {
      let stage = Stage("work", reads: input, writes: output) { number in
        notes.add(StageContext.current?.idempotencyKey ?? "")
        began.arrive()
        if !hasEnd { try await untilCancelled() }
        return number
      }
      if occursOnce { stage.atMostOnce() } else { stage }
    }
  }

  /// Stops a runtime, and comes back when its grace has begun.
  private func stop(_ runtime: Runtime, _ clock: ManualClock, sleeping: Int = 1) async -> Task<
    Void, Never
  > {
    let stop = Task { await runtime.stop(grace: .seconds(10)) }
    await clock.untilSleeping(sleeping)
    return stop
  }

  private func starts(_ events: [Event]) -> [String] {
    events.compactMap {
      if case .started = $0.kind { $0.address.description } else { nil }
    }
  }

  @Test func whatEndsInTimeIsKeptAndNothingElseBegins() async throws {
    let (store, clock, pair) = (Store.memory, ManualClock(), Pair())
    let runtime = Runtime(store: store, clock: clock)
    let run = Task { try await runtime.run(pair, input: 2, id: "a") }
    await pair.latch.untilArrived(2)
    let stop = await stop(runtime, clock)
    pair.latch.open()
    await #expect(throws: CancellationError.self) { try await run.value }
    await stop.value
    #expect(pair.notes.all.sorted() == ["left", "right"])
    let events = try await store.history(of: "a").events
    #expect(starts(events).count == 2)
    #expect(events.last?.kind.isAskedStop == true)
    #expect(!events.contains { if case .gaveUp = $0.kind { true } else { false } })
    #expect(try await Runtime(store: store).run(pair, input: 2, id: "a") == 4)
    #expect(pair.notes.all.sorted() == ["left", "right", "sum"])
  }

  @Test func whatTakesLongerIsDoneAgainWhenTheRunGoesOn() async throws {
    let (store, clock, notes, began) = (Store.memory, ManualClock(), Notes(), Latch())
    let runtime = Runtime(store: store, clock: clock)
    let work = Endless(began: began, notes: notes)
    let run = Task { try await runtime.run(work, input: 3, id: "a") }
    await began.untilArrived()
    let stop = await stop(runtime, clock)
    clock.advance(by: .seconds(9))
    #expect(notes.all.count == 1)
    clock.advance(by: .seconds(1))
    await #expect(throws: CancellationError.self) { try await run.value }
    await stop.value
    let events = try await store.history(of: "a").events
    #expect(events.contains { if case .gaveUp(_, .stopped) = $0.kind { true } else { false } })
    let again = Endless(began: began, notes: notes, hasEnd: true)
    #expect(try await Runtime(store: store).run(again, input: 3, id: "a") == 3)
    #expect(notes.all.count == 2)
    #expect(Set(notes.all).count == 1, "it has the same key")
  }

  @Test func cancellingTheStopEndsTheGrace() async throws {
    let (store, clock, pair) = (Store.memory, ManualClock(), Pair())
    let runtime = Runtime(store: store, clock: clock)
    let run = Task { try await runtime.run(pair, input: 2, id: "a") }
    await pair.latch.untilArrived(2)
    let stop = await stop(runtime, clock)
    stop.cancel()
    // They do not heed it, and so come to their end all the same.
    await clock.untilSleeping(1)
    pair.latch.open()
    await #expect(throws: CancellationError.self) { try await run.value }
    await stop.value
    #expect(pair.notes.all.count == 2)
  }

  @Test func aRunThatComesToItsEndInTimeHasItsOutput() async throws {
    struct Last: Workflow {
      let latch: Latch
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Phase("all") {
          Stage("last", reads: input, writes: output) { number in
            await latch.wait()
            return number
          }
          .gate("sound", otherwise: .rework(upTo: 1)) { _ in .accepted }
        }
        .deadline(.hours(1))
      }
    }
    let (clock, latch) = (ManualClock(), Latch())
    let runtime = Runtime(store: .memory, clock: clock)
    let run = Task { try await runtime.run(Last(latch: latch), input: 5, id: "a") }
    await latch.untilArrived()
    let stop = await stop(runtime, clock, sleeping: 2)
    latch.open()
    #expect(try await run.value == 5)
    await stop.value
  }

  @Test func aPauseAQueueAndAWaitHoldNothingUp() async throws {
    struct Idle: Workflow {
      struct Broken: Error {}
      static let go = Signal<Int>("go")
      let latch: Latch
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let a = Artifact<Int>("a")
      let b = Artifact<String>("b")
      let c = Artifact<String>("c")

      var body: some Step {
        Parallel {
          Stage("pauses", reads: input, writes: a) { _ -> Int in throw Broken() }
            .retry(attempts: 2, backoff: .constant(.hours(1)))
          Stage("works", by: Role("clerk"), reads: input, writes: b) { "\($0)" }
          Stage("queues", by: Role("clerk"), reads: input, writes: c) { "\($0)" }
          Wait(for: Self.go, writes: output)
        }
      }
    }
    let (store, clock, latch) = (Store.memory, ManualClock(), Latch())
    let team = Team {
      Member("clerk", plays: Role("clerk")) {
        ClosureAgent { _ in
          await latch.wait()
          return .text("done")
        }
      }
    }
    let runtime = Runtime(team: team, store: store, clock: clock)
    let run = Task { try await runtime.run(Idle(latch: latch), input: 1, id: "a") }
    await latch.untilArrived()
    let stop = await stop(runtime, clock, sleeping: 2)
    latch.open()
    await #expect(throws: CancellationError.self) { try await run.value }
    await stop.value
    #expect(clock.now == .zero)
    let events = try await store.history(of: "a").events
    #expect(starts(events).count == 2)
    #expect(events.count { if case .finished = $0.kind { true } else { false } } == 1)
  }

  @Test func whatHappensAtMostOnceIsInDoubtIfItTookTooLong() async throws {
    let began = Latch()
    let paying = Endless(began: began, occursOnce: true)
    let store = Store.memory
    let runtime = Runtime(store: store)
    let run = Task { try await runtime.run(paying, input: 3, id: "a") }
    await began.untilArrived()
    await runtime.stop(grace: .zero)
    await #expect(throws: (any Error).self) { try await run.value }
    let failure = await #expect(throws: RunFailure.self) {
      try await Runtime(store: store).run(paying, input: 3, id: "a")
    }
    #expect(failure?.failure.isInDoubt == true)
  }

  @Test func noRunBeginsAnyMore() async throws {
    let runtime = Runtime(store: .memory)
    await runtime.stop()
    #expect(runtime.isStopped)
    let pair = Pair()
    await #expect(throws: RuntimeIsStopped.self) { try await runtime.run(pair, input: 1) }
    #expect(pair.notes.all.isEmpty)
    let runs = try await runtime.resumeAll([pair])
    #expect(runs.isEmpty)
  }

  @Test func aRunThatIsNotKeptIsCancelledAtOnce() async throws {
    let (runtime, began) = (Runtime(clock: ManualClock()), Latch())
    let run = Task { try await runtime.run(Endless(began: began), input: 1) }
    await began.untilArrived()
    await runtime.stop(grace: .hours(1))
    await #expect(throws: CancellationError.self) { try await run.value }
  }
}

extension Event.Kind {
  fileprivate var isAskedStop: Bool { if case .stopped(.asked) = self { true } else { false } }
}

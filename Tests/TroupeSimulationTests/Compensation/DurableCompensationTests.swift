import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Runs that are kept, and undone when they come to nothing.
@Suite struct DurableCompensationTests {
  private static let done = ["flight", "hotel"]
  private static let undone = ["undo hotel 3", "undo flight 2 of 1"]

  @Test func aRunThatFailedHasEnded() async throws {
    let log = TourLog()
    try await withOffice { office in
      for _ in 1...2 {
        let failure = await #expect(throws: RunFailure.self) {
          try await office.runtime.run(Tour(log: log), input: 1, id: SimulatedOffice.run)
        }
        #expect(failure?.isCompensated == true)
        #expect(failure?.run == nil)
        #expect(failure?.failure.address.description == "tour/pay")
      }
      let history = try await office.store.history(of: SimulatedOffice.run)
      #expect(history.status == .ended(.aborted))
      #expect(history.uncompensated == [])
      #expect(await log.lines == Self.done + Self.undone)
    }
  }

  @Test func whatFailsIsTriedAgainAndThenListed() async throws {
    let log = TourLog()
    await log.fail("hotel", times: 1)
    await log.fail("flight", times: 1)
    try await withOffice { office in
      let failure = await #expect(throws: RunFailure.self) {
        try await office.runtime.run(Tour(log: log), input: 1, id: SimulatedOffice.run)
      }
      let left = [Uncompensated(address: "tour/hotel", reason: .failed("NoMoney()"))]
      #expect(failure?.uncompensated == left)
      #expect(failure?.description.contains("'tour/hotel' could not be undone: NoMoney()") == true)
      let history = try await office.store.history(of: SimulatedOffice.run)
      #expect(history.uncompensated == left)
      #expect(try await office.store.runs().map(\.uncompensated) == [left])
      #expect(await log.lines == Self.done + ["undo flight 2 of 1"])
    }
  }

  @Test func aRunThatIsCancelledIsUndone() async throws {
    let log = TourLog()
    try await withOffice { office in
      let tour = Tour(log: log, course: .waits)
      await #expect(throws: CancellationError.self) {
        try await office.runtime.withRun(of: tour, input: 1, id: SimulatedOffice.run) { run in
          for await event in run.events {
            if case .waiting = event.kind { run.cancel() }
          }
          return try await run.output
        }
      }
      try await office.expect(.ended(.cancelled))
      #expect(await log.lines == Self.done + Self.undone)
    }
  }

  @Test func aScopeThatIsLeftWhenItHasCancelledWaitsForWhatIsUndone() async throws {
    let log = TourLog()
    try await withOffice { office in
      let tour = Tour(log: log, course: .waits)
      try await office.runtime.withRun(of: tour, input: 1, id: SimulatedOffice.run) { run in
        for await event in run.events {
          if case .waiting = event.kind { return run.cancel() }
        }
      }
      try await office.expect(.ended(.cancelled))
      #expect(await log.lines == Self.done + Self.undone)
    }
  }

  @Test func aForkLeavesWhatItsParentHasDone() async throws {
    let log = TourLog()
    try await withOffice { office in
      let tour = Tour(log: log, course: .waits)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: (any Error).self) {
            try await office.runtime.run(tour, input: 1, id: SimulatedOffice.run)
          }
        }
        try await office.clock.sleep(until: office.clock.now + .minutes(1))
        group.cancelAll()
        try await group.waitForAll()
      }
      try await office.expect(.stopped(.asked))
      let history = try await office.store.history(of: SimulatedOffice.run)
      let fork = try await office.store.fork(SimulatedOffice.run, at: history.records, as: "fork")
      try await office.runtime.withRun(of: tour, input: 1, id: fork) { run in
        try await office.clock.sleep(until: office.clock.now + .minutes(1))
        run.cancel()
      }
      #expect(try await office.store.history(of: fork).status == .ended(.cancelled))
      #expect(await log.lines == Self.done)
    }
  }

  @Test func aLimitAndAStopLeaveEverythingUntilSomebodyCancels() async throws {
    let log = TourLog()
    try await withOffice { office in
      let tour = Tour(log: log, course: .loops)
      for _ in 1...2 {
        let failure = await #expect(throws: RunFailure.self) {
          try await office.runtime.run(tour, input: 1, id: SimulatedOffice.run)
        }
        #expect(failure?.isCompensated == false)
      }
      #expect(await log.lines == Self.done)
      try await office.expect(.stopped(.failure))
      try await office.send(.cancel(why: "no longer wanted"), id: "cancel")
      await #expect(throws: CancellationError.self) {
        try await office.runtime.run(tour, input: 1, id: SimulatedOffice.run)
      }
      #expect(await log.lines == Self.done + Self.undone)
    }
  }

  @Test func aWorkflowMaySayThatItOnlyStops() async throws {
    let log = TourLog()
    try await withOffice { office in
      let failure = await #expect(throws: RunFailure.self) {
        try await office.runtime.run(
          Tour(log: log, onFailure: .stop), input: 1, id: SimulatedOffice.run)
      }
      #expect(failure?.isCompensated == false)
      try await office.expect(.stopped(.failure))
      #expect(await log.lines == Self.done)
    }
  }

  @Test func whatIsGivenUpUnfinishedIsListed() async throws {
    let log = TourLog()
    try await withOffice { office in
      await log.use(office.clock)
      let tour = Tour(log: log, course: .hangs(isHeeding: true))
      await #expect(throws: CancellationError.self) {
        try await office.runtime.withRun(of: tour, input: 1, id: SimulatedOffice.run) { run in
          for await event in run.events where event.address.description == "tour/rent" {
            if case .started = event.kind { run.cancel() }
          }
          return try await run.output
        }
      }
      let history = try await office.store.history(of: SimulatedOffice.run)
      #expect(history.uncompensated == [Uncompensated(address: "tour/rent", reason: .inDoubt)])
      #expect(await log.lines == Self.done + ["rent"] + Self.undone)
    }
  }

  @Test func whatComesTooLateIsUndoneLikeTheRest() async throws {
    let log = TourLog()
    try await withOffice { office in
      await log.use(office.clock)
      let tour = Tour(log: log, course: .hangs(isHeeding: false))
      await #expect(throws: CancellationError.self) {
        try await office.runtime.withRun(of: tour, input: 1, id: SimulatedOffice.run) { run in
          for await event in run.events where event.address.description == "tour/rent" {
            if case .started = event.kind { run.cancel() }
          }
          return try await run.output
        }
      }
      #expect(await log.lines == Self.done + ["rent", "undo rent 3"] + Self.undone)
    }
  }

  @Test func aRunThatStopsWhileItIsUndoneGoesOnWithThat() async throws {
    let log = TourLog()
    let disk = try await withOffice { office in
      await log.whenUndoing { line in
        guard line.hasPrefix("flight") else { return }
        await log.hold()
        try await office.clock.sleep(until: office.clock.now + .hours(1))
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: (any Error).self) {
            try await office.runtime.run(Tour(log: log), input: 1, id: SimulatedOffice.run)
          }
        }
        while await !log.isHeld {
          try await office.clock.sleep(until: office.clock.now + .milliseconds(1))
        }
        group.cancelAll()
        try await group.waitForAll()
      }
    }
    await log.whenUndoing { _ in }
    let before = await log.lines
    #expect(before == Self.done + ["undo hotel 3"])
    try await withOffice(on: disk, seed: 2) { office in
      try await office.expect(.stopped(.asked))
      let failure = await #expect(throws: RunFailure.self) {
        try await office.runtime.run(Tour(log: log), input: 1, id: SimulatedOffice.run)
      }
      #expect(failure?.isCompensated == true)
      #expect(await log.lines == Self.done + Self.undone)
    }
  }
}

extension SimulatedOffice {
  /// Expects the run to stand like this.
  fileprivate func expect(
    _ status: RunStatus, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let history = try await store.history(of: Self.run)
    #expect(history.status == status, sourceLocation: sourceLocation)
  }
}

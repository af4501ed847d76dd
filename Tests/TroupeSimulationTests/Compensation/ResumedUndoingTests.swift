import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Runs that stop while something in them is undone, and what holds when they are gone on with.
@Suite struct ResumedUndoingTests {
  /// Runs a workflow in which whatever is undone takes an hour, and stops it after twenty minutes.
  private func interrupted<Work: Workflow>(
    _ log: TourLog, _ status: RunStatus, _ workflow: @escaping @Sendable (VirtualClock) -> Work
  ) async throws -> SimulatedDisk where Work.Input == Int {
    let disk = try await withOffice { office in
      await log.whenUndoing { _ in
        try await office.clock.sleep(until: office.clock.now + .hours(1))
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: (any Error).self) {
            try await office.runtime.run(
              workflow(office.clock), input: 1, id: SimulatedOffice.run)
          }
        }
        try await office.clock.sleep(until: office.clock.now + .minutes(20))
        group.cancelAll()
        try await group.waitForAll()
      }
      #expect(try await office.store.history(of: SimulatedOffice.run).status == status)
    }
    await log.whenUndoing { _ in }
    return disk
  }

  /// Three seats, of which one is not confirmed, and a payment beside them.
  private struct Seats: Workflow {
    let log: TourLog
    let pay: @Sendable () async throws -> Void
    let confirm: @Sendable (Int) async throws -> Void
    let onFailure = FailureHandling.stop
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let seats = Artifact<[Int]>("seats")
    let taken = Artifact<[FanOut.Element<Int>]>("taken")
    let paid = Artifact<Int>("paid")

    var body: some Step {
      Stage("spread", reads: input, writes: seats) { _ in [1, 2, 4] }
      Parallel("both") {
        FanOut("each", over: seats, into: taken, tolerating: 1) { number, result in
          Stage("seat", reads: number, writes: result) { $0 }
            .compensate { [log] seat in try await log.undo("seat \(seat)") }
          Stage("confirm", reads: result, writes: result) { [log, confirm] seat in
            try await confirm(seat)
            await log.add("confirm \(seat)")
            return seat
          }
        }
        Stage("pay", reads: input, writes: paid) { [pay] amount in
          try await pay()
          return amount
        }
      }
      Stage("end", reads: taken, paid, writes: output) { taken, _ in
        taken.compactMap(\.value).reduce(0, +)
      }
    }
  }

  @Test func anElementThatIsUndoneIsNotDoneAfterAll() async throws {
    let log = TourLog()
    let disk = try await interrupted(log, .stopped(.failure)) { clock in
      Seats(log: log) {
        try await clock.sleep(until: clock.now + .minutes(10))
        throw NoMoney()
      } confirm: {
        if $0 == 2 { throw NoMoney() }
      }
    }
    #expect(await log.lines.sorted() == ["confirm 1", "confirm 4"])
    try await withOffice(on: disk, seed: 2) { office in
      // It would be confirmed now.
      let seats = Seats(log: log, pay: {}, confirm: { _ in })
      let sum = try await office.runtime.run(seats, input: 1, id: SimulatedOffice.run)
      #expect(sum == 5)
      #expect(await log.lines.sorted() == ["confirm 1", "confirm 4", "undo seat 2"])
    }
  }

  /// A booking, and a payment that says that it did nothing.
  private struct Unpaid: Workflow {
    let log: TourLog
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let flight = Artifact<Int>("flight")

    var body: some Step {
      Stage("flight", reads: input, writes: flight) { $0 }
        .compensate { [log] flight in try await log.undo("flight \(flight)") }
      Stage("pay", reads: flight, writes: output) { _ in throw NotStarted("closed") }
        .compensate(ifUnfinished: { [log] _, _ in try await log.undo("pay") })
    }
  }

  @Test func whatWasNotDoneIsNotUndoneByAnotherProcessEither() async throws {
    let log = TourLog()
    let disk = try await interrupted(log, .stopped(.asked)) { _ in Unpaid(log: log) }
    try await withOffice(on: disk, seed: 2) { office in
      await #expect(throws: RunFailure.self) {
        try await office.runtime.run(Unpaid(log: log), input: 1, id: SimulatedOffice.run)
      }
      #expect(await log.lines == ["undo flight 1"])
    }
  }

  @Test func whoCancelsARunThatIsUndoneChangesNothing() async throws {
    let log = TourLog()
    let disk = try await interrupted(log, .stopped(.asked)) { _ in Tour(log: log) }
    try await withOffice(on: disk, seed: 2) { office in
      try await office.send(.cancel(why: "no longer wanted"), id: "cancel")
      let failure = await #expect(throws: RunFailure.self) {
        try await office.runtime.run(Tour(log: log), input: 1, id: SimulatedOffice.run)
      }
      #expect(failure?.isCompensated == true)
      #expect(failure?.failure.address.description == "tour/pay")
      let history = try await office.store.history(of: SimulatedOffice.run)
      #expect(history.status == .ended(.aborted))
      #expect(await log.lines.last == "undo flight 2 of 1")
    }
  }

  @Test func whatIsUndoneIsNotOverridden() async throws {
    let log = TourLog()
    let disk = try await interrupted(log, .stopped(.asked)) { _ in Tour(log: log) }
    try await withOffice(on: disk, seed: 2) { office in
      for (place, override) in [("tour/pay", Override.output(3)), ("tour/hotel", .output(3))] {
        await #expect(
          throws: OverrideRefused(place, "it was given up, and what it had done is undone")
        ) {
          try await office.store.override(
            place, of: SimulatedOffice.run, as: override, by: "otto", why: "paid in cash")
        }
      }
    }
  }
}

import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Runs that stopped because of work in doubt, and what people say of it.
@Suite struct SettlingTests {
  struct Charging: Workflow {
    let calls: Notes
    var isCharged = false

    let name = "charging"
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let receipt = Artifact<Int>("receipt")

    var body: some Step {
      Phase("shop") {
        Stage("charge", reads: input, writes: receipt) { amount in
          if calls.add("charge") == 1 { throw Mishap() }
          return amount
        }
        .gate("positive") { $0 > 0 }
        .atMostOnce()
        Effect("tell", reads: receipt) { _ in
          if calls.add("tell") == 2 { throw Mishap() }
        }
        .atMostOnce()
      }
      Stage("end", reads: receipt, writes: output) { $0 + 1 }
    }
  }

  private static let charge = "charging/shop/charge"

  /// A store with a run that is in doubt.
  private func office(_ calls: Notes) async throws -> Office {
    let office = Office(store: .memory, run: "shop")
    let failure = try await #require(throws: RunFailure.self) { try await go(office, calls) }
    #expect(failure.failure.address.description == Self.charge)
    #expect(try await office.store.history(of: "shop").status == .stopped(.inDoubt))
    return office
  }

  @discardableResult
  private func go(_ office: Office, _ calls: Notes) async throws -> Int {
    try await Runtime(store: office.store).run(Charging(calls: calls), input: 5, id: "shop")
  }

  private func settle(
    _ office: Office, _ settlement: Settlement, at place: String = charge
  ) async throws {
    try await office.store.settle(
      place, of: "shop", as: settlement, by: "Ann", why: "the bank says so")
  }

  @Test func whatWasDoneIsUsed() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .finished(7))
    // The other piece of work is in doubt then, and an effect gives nothing.
    calls.add("to make the effect fail")
    let second = try await #require(throws: SettlementRefused.self) {
      try await settle(office, .notDone, at: "charging/end")
    }
    #expect(
      second.description == "nothing is in doubt at 'charging/end'; in doubt is '\(Self.charge)'")
    #expect(try await go(office, calls) == 8)
    #expect(calls.all == ["charge", "to make the effect fail", "tell"])
    let history = try await office.store.history(of: "shop")
    let record = try #require(history.journal.first { $0.members["found"] == "finished" })
    #expect(record.members["by"] == "Ann")
    #expect(record.members["why"] == "the bank says so")
    #expect(record.members["output"] == 7)
  }

  @Test func gatesHoldForWhatIsSaid() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .finished(-7))
    let failure = try await #require(throws: RunFailure.self) { try await go(office, calls) }
    guard case .rejected(gate: "positive", _, _) = failure.failure.cause else {
      return #expect(Bool(false), "\(failure)")
    }
    #expect(calls.all == ["charge"])
  }

  @Test func whatWasNotDoneMayBeStartedAgain() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .notDone)
    #expect(try await go(office, calls) == 6)
    #expect(calls.all == ["charge", "charge", "tell"])
  }

  @Test func anEffectIsSettledWithoutAnOutput() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .finished(7))
    // The second call fails.
    await #expect(throws: RunFailure.self) { try await go(office, calls) }
    let place = "charging/shop/tell"
    await #expect(throws: SettlementRefused.self) {
      try await settle(office, .finished(1), at: place)
    }
    // What has been settled is not in doubt any more.
    await #expect(throws: SettlementRefused.self) { try await settle(office, .notDone) }
    try await settle(office, .finished(nil), at: place)
    #expect(try await go(office, calls) == 8)
    #expect(calls.all == ["charge", "tell"])
  }

  @Test func anOutputOfAnotherTypeIsRefusedWhenItArrives() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .finished("seven"))
    await #expect(throws: RunFailure.self) { try await go(office, calls) }
    let events = try await office.events()
    let refusals = events.compactMap { event in
      if case .refused(_, let reason) = event.kind { reason } else { nil }
    }
    #expect(refusals.count == 1)
    #expect(refusals.first?.hasPrefix("the output of '\(Self.charge)' cannot be used") == true)
    #expect(calls.all == ["charge"])
    try await settle(office, .finished(1))
    calls.add("x")
    #expect(try await go(office, calls) == 2)
  }

  @Test func theHandleChecksTheTypeAtOnce() async throws {
    let calls = Notes()
    let office = try await office(calls)
    let runtime = Runtime(store: office.store)
    try await runtime.withRun(of: Charging(calls: calls), input: 5, id: "shop") { run in
      await #expect(throws: RunFailure.self) { try await run.output }
      let error = await #expect(throws: SettlementRefused.self) {
        try await run.settle(Self.charge, as: .finished("seven"), by: "Ann", why: "so")
      }
      guard case .wrongOutput? = error?.reason else {
        return #expect(Bool(false), "\(error as Any)")
      }
      try await run.settle(Self.charge, as: .finished(7), by: "Ann", why: "so")
    }
    calls.add("x")
    #expect(try await go(office, calls) == 8)
  }

  @Test func aRunMayBeEndedBecauseOfADoubt() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .abort)
    let aborted = try await #require(throws: RunAborted.self) { try await go(office, calls) }
    #expect(
      aborted.description
        == "run 'shop' was ended by Ann, because '\(Self.charge)' is in doubt: the bank says so")
    #expect(try await office.store.history(of: "shop").status == .ended(.aborted))
    let again = try await #require(throws: RunAborted.self) { try await go(office, calls) }
    #expect(again.description == aborted.description)
    await #expect(throws: RunHasEnded.self) { try await settle(office, .notDone) }
    #expect(calls.all == ["charge"])
  }

  @Test func ofTwoWhoSettleTheSameTheFirstCounts() async throws {
    let calls = Notes()
    let office = try await office(calls)
    try await settle(office, .finished(7))
    await #expect(throws: SettlementRefused.self) { try await settle(office, .finished(70)) }
    // As if somebody else had looked at the run at the same time.
    let other = Letter(
      id: "zz-other", from: "Bob", at: Date(), .settle(at: Self.charge, .finished(70), why: nil))
    try await office.store.folder(of: "shop").mailbox.handIn(other, nonce: "1")
    calls.add("x")
    #expect(try await go(office, calls) == 8)
    #expect(
      try await office.events().contains { event in
        if case .refused(_, let reason) = event.kind {
          reason.hasPrefix("nothing is in doubt at")
        } else {
          false
        }
      })
  }

  @Test func whatIsAtWorkIsNotInDoubt() async throws {
    let workflow = Body { input, output in
      Stage("work", reads: input, writes: output) { number in
        try await untilCancelled()
        return number
      }
      .atMostOnce()
    }
    let store = Store.memory
    try await Runtime(store: store).withRun(of: workflow, input: 1, id: "run") { run in
      for await event in run.events { if case .started = event.kind { break } }
      await #expect(throws: SettlementRefused.self) {
        try await store.settle("test/work", of: "run", as: .notDone, by: "Ann", why: "so")
      }
    }
    // Its process has given it up since.
    try await store.settle("test/work", of: "run", as: .finished(3), by: "Ann", why: "so")
    #expect(try await Runtime(store: store).run(workflow, input: 1, id: "run") == 3)
  }
}

import Testing
import Troupe

@testable import TroupeRuntime

/// Which units a pool has, and which of them gets work.
@Suite struct UnitsTests {
  /// Notes when it is made and when it ends.
  private final class Tool: Agent {
    private let unit: Int
    private let notes: Notes

    init(_ unit: Int, _ notes: Notes) {
      (self.unit, self.notes) = (unit, notes)
      notes.add("made \(unit)")
    }

    deinit { notes.add("gone \(unit)") }

    func perform(_ assignment: Assignment) async throws -> Delivery { .text("") }
  }

  private let notes = Notes()

  private func units(_ bounds: ClosedRange<Int>, idle: Duration = .minutes(10)) -> Units {
    Units(Pool(bounds, idle: idle, of: "coder") { [notes] in Tool($0, notes) })
  }

  @Test func thoseThatStayAreMadeAtOnceAndOthersWhenNoneIsFree() {
    let units = units(2...4)
    #expect(notes.all == ["made 1", "made 2"])
    #expect([units.take(for: 1, at: .zero), units.take(for: 1, at: .zero)] == [1, 2])
    #expect(notes.all.count == 2)
    #expect(units.take(for: 1, at: .zero) == 3)
    #expect(notes.all == ["made 1", "made 2", "made 3"])
  }

  @Test func theFreeOneWithTheLowestNumberGetsTheWork() {
    let units = units(0...4)
    #expect((1...4).map { _ in units.take(for: 1, at: .zero) } == [1, 2, 3, 4])
    for number in [4, 2, 3] { units.release(number, .done, at: .zero) }
    #expect((1...3).map { _ in units.take(for: 1, at: .zero) } == [2, 3, 4])
    #expect(notes.all.count == 4)
  }

  @Test func oneThatThereIsGoesBeforeOneThatWouldHaveToBeMade() {
    let units = units(0...3)
    #expect([units.take(for: 1, at: .zero), units.take(for: 1, at: .zero)] == [1, 2])
    units.release(1, .done, at: .zero)
    units.release(2, .done, at: .minutes(10))
    #expect(notes.all == ["made 1", "made 2", "gone 1"])
    #expect(units.take(for: 1, at: .minutes(11)) == 2)
    #expect(units.take(for: 1, at: .minutes(11)) == 1)
    #expect(notes.all.last == "made 1")
  }

  @Test func aboveTheLowerBoundItIsLetGoOfWhenItWasIdleForLongEnoughAndNotBefore() {
    let units = units(1...4)
    for _ in 1...4 { _ = units.take(for: 1, at: .zero) }
    units.release(4, .done, at: .zero)
    units.release(1, .done, at: .minutes(1))
    units.release(2, .done, at: .minutes(2))
    // The third one works on.
    let made = notes.all
    #expect(units.take(for: 1, at: .minutes(10) - .nanoseconds(1)) == 1)
    #expect(notes.all == made)
    units.release(1, .done, at: .minutes(10))
    #expect(notes.all == made + ["gone 4"])
    #expect(units.take(for: 1, at: .minutes(12)) == 1)
    #expect(notes.all == made + ["gone 4", "gone 2"])
    units.release(1, .done, at: .hours(9))
    #expect(units.take(for: 1, at: .hours(99)) == 1)
    #expect(notes.all.count == made.count + 2)
  }

  @Test func oneThatWasLetGoOfHasEndedBeforeItIsMadeAnew() {
    let units = units(0...1)
    #expect(units.take(for: 1, at: .zero) == 1)
    units.release(1, .done, at: .zero)
    // Nobody has looked in between.
    #expect(units.take(for: 1, at: .minutes(10)) == 1)
    #expect(notes.all == ["made 1", "gone 1", "made 1"])
  }

  @Test func whereNoneMayBeIdleEachAssignmentHasANewOne() {
    let units = units(0...2, idle: .zero)
    for _ in 1...2 {
      #expect(units.take(for: 1, at: .zero) == 1)
      units.release(1, .done, at: .zero)
    }
    #expect(notes.all == ["made 1", "gone 1", "made 1", "gone 1"])
  }

  @Test func oneThatHasFailedComesAfterAllOthersUntilAMinuteHasPassed() {
    let units = units(2...3)
    #expect(units.take(for: 1, at: .zero) == 1)
    units.release(1, .failed, at: .seconds(5))
    #expect([units.take(for: 1, at: .seconds(5)), units.take(for: 1, at: .seconds(5))] == [2, 3])
    #expect(units.take(for: 1, at: .seconds(5)) == 1)
    for number in 1...3 { units.release(number, .unused, at: .seconds(6)) }
    #expect(units.take(for: 1, at: .seconds(65) - .nanoseconds(1)) == 2)
    units.release(2, .givenUp, at: .seconds(65) - .nanoseconds(1))
    #expect(units.take(for: 1, at: .seconds(65)) == 1)
  }

  @Test func oneThatHasFailedIsTheFirstAgainOnceItHasDoneSomethingWell() {
    let units = units(1...1)
    let pair = self.units(2...2)
    for units in [units, pair] {
      #expect(units.take(for: 1, at: .zero) == 1)
      units.release(1, .failed, at: .zero)
    }
    #expect(units.take(for: 1, at: .zero) == 1)
    #expect([pair.take(for: 1, at: .zero), pair.take(for: 1, at: .zero)] == [2, 1])
    pair.release(1, .done, at: .zero)
    pair.release(2, .done, at: .zero)
    #expect(pair.take(for: 1, at: .zero) == 1)
  }

  @Test func ofSeveralThatHaveFailedTheOneIsNextWhoseFailureIsTheOldest() {
    let units = units(3...3)
    #expect((1...3).map { _ in units.take(for: 1, at: .zero) } == [1, 2, 3])
    for (number, second) in [(1, 3), (2, 1), (3, 2)] {
      units.release(number, .failed, at: .seconds(second))
    }
    #expect((1...3).map { _ in units.take(for: 1, at: .seconds(9)) } == [2, 3, 1])
  }

  @Test func workThatTookTooLongIsAFailureAlsoOfOneThatStillHasIt() {
    let units = units(2...2)
    #expect(units.take(for: 1, at: .zero) == 1)
    units.noteTimeout(1, of: 1, at: .seconds(10))
    units.release(1, .givenUp, at: .seconds(20))
    #expect(units.take(for: 1, at: .seconds(20)) == 2)
    units.release(2, .done, at: .seconds(21))
    #expect(units.take(for: 1, at: .seconds(70)) == 1)
  }

  @Test(arguments: [Lease.Outcome.done, .failed])
  func whatComesTooLateDoesNotMakeUpForIt(_ outcome: Lease.Outcome) {
    let units = units(2...2)
    #expect(units.take(for: 1, at: .zero) == 1)
    units.noteTimeout(1, of: 1, at: .seconds(10))
    units.release(1, outcome, at: .seconds(20))
    #expect(units.take(for: 2, at: .seconds(20)) == 2)
    #expect(units.take(for: 3, at: .seconds(20)) == 1)
    // A time-out of which is told only when the unit has other work says nothing about that.
    units.noteTimeout(2, of: 9, at: .seconds(30))
    units.release(2, .done, at: .seconds(31))
    #expect(units.take(for: 4, at: .seconds(31)) == 2)
  }

  @Test func itsAgentIsKnownWhileItIsAtWork() {
    let units = units(0...2)
    let number = units.take(for: 1, at: .zero)
    #expect(units.agent(of: number) is Tool)
    units.release(number, .done, at: .zero)
    #expect(units.agent(of: number) == nil)
  }
}

/// What goes wrong with an answer in a simulation.
public enum Fault: Sendable {
  /// The work throws an error instead of answering.
  case fails(any Error)
  /// The work never answers, and ends when it is cancelled: the caller's timeout is what helps.
  case hangs
  /// The agent answers with text that is none of the stage's type; only for stages of roles.
  case garbage(String)
  /// The answer takes longer.
  case slow(by: Duration)
  /// The answer comes so long after the attempt was given up: the work succeeds, the caller has
  /// seen a timeout or a cancellation.
  case late(by: Duration)
  /// What is asked arrives twice, as when a network repeats a request: the work is done twice, with
  /// one idempotency key, and the first answer is the one that the run hears of.
  ///
  /// Of interest for work that has an effect: whoever does it must know the key again.
  case twice
  /// The process ends, as by a power failure, instead of the answer: nothing of the run happens any
  /// more, and its result is a `SimulatedCrash`.
  case crashes
  /// The wall clock is moved forward, or back where the duration is negative, before the work
  /// begins.
  case clockMoves(by: Duration)

  /// When a fault happens.
  public enum Occasion: Sendable, Hashable {
    /// Every time.
    case always
    /// In an attempt of each take, counted from 1.
    case attempt(Int)
    /// In all attempts of a take, counted from 1.
    case take(Int)
    /// With a probability from 0 to 1, decided by the seed each time.
    case chance(Double)
  }
}

struct PlannedFault: Sendable {
  let fault: Fault
  let occasion: Fault.Occasion

  /// What makes no sense, if something does.
  var problem: String? {
    switch fault {
    case .slow(let by) where !(.zero...Timing.longest).contains(by),
      .late(let by) where !(.zero...Timing.longest).contains(by):
      return "a fault takes a time from zero to 1,000 years"
    case .clockMoves(let by) where !(.zero - Timing.longest...Timing.longest).contains(by):
      return "a clock moves by 1,000 years at most"
    default: break
    }
    switch occasion {
    case .attempt(let number) where number < 1: return "attempts are counted from 1"
    case .take(let number) where number < 1: return "takes are counted from 1"
    case .chance(let chance) where !(0...1).contains(chance):
      return "a chance is a number from 0 to 1, and not \(chance)"
    default: return nil
    }
  }

  /// Whether the fault happens in an attempt.
  func happens(_ asked: Asked, using generator: inout SeededGenerator) -> Bool {
    switch occasion {
    case .always: true
    case .attempt(let number): asked.attempt == number
    case .take(let number): asked.take == number
    case .chance(let probability):
      Double(generator.next() >> 11) * 0x1p-53 < probability
    }
  }
}

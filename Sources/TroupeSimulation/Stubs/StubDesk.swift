import TroupePlan
import TroupeRuntime

/// Answers for the stages of one simulated run, and writes down what they were asked and gave.
final class StubDesk: Sendable {
  /// A take of a stage.
  struct TakeKey: Hashable, Sendable {
    let address: String
    let take: Int
  }

  /// An attempt of a stage.
  struct AttemptKey: Hashable, Sendable {
    let address: String
    let take: Int
    let attempt: Int
  }

  struct State {
    var generator: SeededGenerator
    /// How often each stub was asked, and how many values it has given.
    var usage: [(asked: Int, given: Int)]
    var asked: [Asked] = []
    var inputs: [TakeKey: [JSONValue]] = [:]
    var outputs: [AttemptKey: JSONValue] = [:]
    var losses: [String] = []
    var exhausted: [String] = []
    var refusals: [String] = []
    var crash: SimulatedCrash?
  }

  let seed: Seed
  let clock: VirtualClock
  let executor: SeededExecutor
  /// Whether real work may leave the simulation and come back.
  let allowsOutsideWork: Bool
  let plan: Plan
  let table: StubTable
  /// The types that the stages write.
  let types: [Int: ValueType]
  /// Looks on in a run with crashes.
  let witness: CrashWitness?
  let state: Lock<State>

  init(
    _ program: Program, _ table: StubTable, seed: Seed, time: VirtualTime, allowsOutsideWork: Bool,
    witness: CrashWitness? = nil
  ) {
    self.witness = witness
    self.allowsOutsideWork = allowsOutsideWork
    self.table = table
    self.seed = seed
    clock = time.clock
    executor = time.executor
    plan = program.plan
    var types: [Int: ValueType] = [:]
    for (node, body) in program.bodies.enumerated() {
      switch body.work {
      case .code(_, let output), .assignment(_, let output): types[node] = output
      default: break
      }
    }
    self.types = types
    state = Lock(
      State(
        generator: SeededGenerator(seed: seed.derived(for: 3)),
        usage: Array(repeating: (0, 0), count: table.entries.count)))
  }

  /// Everything that was asked, in order.
  var asked: [Asked] { state.withLock { $0.asked } }

  /// What was read by the takes of stages.
  var inputs: [TakeKey: [JSONValue]] { state.withLock { $0.inputs } }

  /// What was written by the attempts of stages.
  var outputs: [AttemptKey: JSONValue] { state.withLock { $0.outputs } }

  /// The values that did not survive their codecs.
  var losses: [String] { state.withLock { $0.losses } }

  /// Where the process ended, if a fault made it end.
  var crash: SimulatedCrash? { state.withLock { $0.crash } }

  /// The stubs that were asked more often than they have values.
  var exhaustedStubs: [String] { state.withLock { $0.exhausted } }

  /// The stubs that were never asked, as they were written.
  var unusedStubs: [String] {
    let usage = state.withLock { $0.usage }
    return zip(table.entries, usage).filter { $0.1.asked == 0 }
      .map { "\($0.0.location.shown): \($0.0.name)" }
  }

  /// A value as it is after it was written and read again, as a run that is kept on disk has it.
  ///
  /// - Throws: `ValueLost` if it is then another one.
  func passed(
    _ value: any Sendable, as type: ValueType, what: String
  ) throws -> (value: any Sendable, json: JSONValue) {
    do {
      let json = try type.encode(value)
      let back = try type.decode(json)
      let again = try type.encode(back)
      if again == json || Sameness.holds(value, back) || Sameness.holds(json, again) {
        return (back, json)
      }
      throw ValueLost(
        what: what, type: type.name,
        reason: "written as \(json.canonicalText), and after reading that as \(again.canonicalText)"
      )
    } catch let lost as ValueLost {
      state.withLock { $0.losses.append(lost.description) }
      throw lost
    } catch let mismatch as TypeMismatch {
      throw mismatch
    } catch {
      let lost = ValueLost(what: what, type: type.name, reason: "\(error)")
      state.withLock { $0.losses.append(lost.description) }
      throw lost
    }
  }
}

/// A value that is another one after it was written and read again.
struct ValueLost: Error, CustomStringConvertible {
  let what: String
  let type: String
  let reason: String
  var description: String { "\(what) does not survive the codec of '\(type)': \(reason)" }
}

/// A stage was answered without being in a simulation.
struct LostStage: Error, CustomStringConvertible {
  var description: String {
    "a stage was asked outside of its simulation; this is a defect in Troupe, please report it"
  }
}

/// The process that was simulated has ended, because a fault made it.
public struct SimulatedCrash: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where: the stage that was at work.
  public let address: String

  /// Where.
  public var description: String { "the process ended while '\(address)' was at work" }
}

import TroupePlan
import TroupeRuntime

/// Looks on while one process of a run with crashes goes on, from outside of the engine: counts the
/// points at which the machine could end, keeps the ledger of what was done, and notices what is
/// asked twice.
final class CrashWitness: Sendable {
  private struct State {
    var history: CrashHistory
    var points = 0
    var snapshots: [CrashSnapshot] = []
    var asked: Set<CrashQuestion> = []
    var problems: [String] = []
    var world: (files: SimulatedFiles, clock: VirtualClock)?
  }

  private let state: Lock<State>
  /// What was decided before the process began.
  let recorded: Set<CrashQuestion>
  /// Whether it keeps what a crash would leave at each point.
  let keepsSnapshots: Bool
  /// Decides how much longer or shorter than usual everything takes.
  let stretch: Lock<SeededGenerator>?

  init(
    _ history: CrashHistory, recorded: Set<CrashQuestion> = [], keepsSnapshots: Bool,
    stretch: UInt64? = nil
  ) {
    var history = history
    history.processes += 1
    state = Lock(State(history: history))
    self.recorded = recorded
    self.keepsSnapshots = keepsSnapshots
    self.stretch = stretch.map { Lock(SeededGenerator(seed: $0)) }
  }

  /// Begins to look on.
  func watch(_ files: SimulatedFiles, _ clock: VirtualClock) {
    state.withLock { $0.world = (files, clock) }
  }

  /// Ends looking on, so that nothing holds itself.
  func leave() { state.withLock { $0.world = nil } }

  /// Passes a point at which the machine could end.
  func pass(_ moment: @autoclosure () -> String) {
    let world = state.withLock { state in
      state.points += 1
      return state.world
    }
    guard keepsSnapshots, let (files, clock) = world else { return }
    let (disk, elapsed, moment) = (files.disk, clock.elapsedByTheWall, moment())
    state.withLock { state in
      state.snapshots.append(
        CrashSnapshot(
          point: state.points, moment: moment, disk: disk, history: state.history,
          elapsed: elapsed))
    }
  }

  /// Notes that work begins, and gives the number of its line.
  func begin(_ effect: (Int) -> CrashEffect) -> Int {
    state.withLock { state in
      state.history.effects.append(effect(state.history.processes))
      return state.history.effects.count - 1
    }
  }

  /// Notes what work gave.
  func end(_ line: Int, _ output: JSONValue?) {
    state.withLock { $0.history.effects[line].output = output }
  }

  /// Notes that work said that it did nothing.
  func endWithNothing(_ line: Int) {
    state.withLock { $0.history.effects[line].didNothing = true }
  }

  /// Notes that the sender of a signal knows that it was taken in.
  func acknowledge(signal: Int) {
    state.withLock { _ = $0.history.signals.insert(signal) }
  }

  /// Notes that people are asked.
  func beAsked(_ request: String) {
    state.withLock { state in
      guard state.history.answers.contains(request) else { return }
      state.problems.append("request '\(request)' was asked again although it had been answered")
    }
  }

  /// Notes that a person knows that an answer was taken in.
  func acknowledge(answer request: String) {
    state.withLock { _ = $0.history.answers.insert(request) }
  }

  /// Notes what further work of the same start gave.
  func end(_ asked: Asked, _ output: JSONValue?) {
    state.withLock { state in
      let line = state.history.effects.lastIndex { effect in
        effect.address == asked.address && effect.take == asked.take
          && effect.attempt == asked.attempt
      }
      if let line { state.history.effects[line].output = output }
    }
  }

  /// Notes that a reader was told of an event.
  func hear(_ event: Event) {
    let name = caseName(of: event.kind)
    state.withLock { state in
      let before = state.history.heard.updateValue(name, forKey: event.sequence)
      if let before, before != name {
        state.problems.append(
          "event \(event.sequence) was told as '\(before)' before, and as '\(name)' now")
      }
    }
  }

  /// Notes that a caller knows that the run exists.
  func acknowledge() { state.withLock { $0.history.isAcknowledged = true } }

  /// Notes what a caller was told that the run came to.
  func report(_ outcome: CrashOutcome) {
    state.withLock { state in
      if let before = state.history.reported, before != outcome {
        state.problems.append("the run reported \(before) before, and \(outcome) now")
      }
      state.history.reported = outcome
    }
  }

  /// Notes that something is asked, and says whether that is wrong.
  func ask(_ question: CrashQuestion) -> Bool {
    let isRecorded = recorded.contains(question)
    return state.withLock { state in
      let isNew = state.asked.insert(question).inserted
      if isRecorded {
        state.problems.append("\(question) was asked again although the journal had the answer")
      } else if !isNew {
        state.problems.append("\(question) was asked twice by one process")
      }
      return isRecorded
    }
  }

  /// The place of the value that a stub with a list of them gives.
  func place(of stub: Int, key: String, turn: Int) -> Int {
    state.withLock { $0.history.place(of: stub, key: key, turn: turn) }
  }

  var history: CrashHistory { state.withLock { $0.history } }
  var points: Int { state.withLock { $0.points } }
  var snapshots: [CrashSnapshot] { state.withLock { $0.snapshots } }
  var problems: [String] { state.withLock { $0.problems } }
}

import Troupe
import TroupeRuntime
import TroupeSimulation

/// Watches the units of a pool at work, and notes whatever they must not do.
final class UnitWatch: Sendable {
  struct Seen: Sendable {
    /// The units that there are, and those at work.
    var there: Set<Int> = []
    var busy: Set<Int> = []
    /// When each ended with its last work.
    var ended: [Int: Duration] = [:]
    var wrongs: [String] = []
    var most = 0
    var goneCount = 0
  }

  private final class Tool: Agent {
    let unit: Int
    let watch: UnitWatch

    init(_ unit: Int, _ watch: UnitWatch) {
      (self.unit, self.watch) = (unit, watch)
      watch.isMade(unit)
    }

    deinit { watch.isGone(unit) }

    func perform(_ assignment: Assignment) async throws -> Delivery {
      watch.begins(unit)
      try await watch.clock.sleep(until: watch.clock.now + .seconds(assignment.take))
      watch.ends(unit)
      return .text("")
    }
  }

  let bounds: ClosedRange<Int>
  let idle: Duration
  let clock: VirtualClock
  private let state = Lock(Seen())

  init(_ bounds: ClosedRange<Int>, idle: Duration, _ clock: VirtualClock) {
    (self.bounds, self.idle, self.clock) = (bounds, idle, clock)
  }

  var seen: Seen { state.withLock { $0 } }

  /// A pool whose units are watched; an assignment takes as many seconds as its take says.
  var member: Member {
    Member("pool", plays: .worker, pool: bounds, idle: idle) { [self] in Tool($0, self) }
  }

  private func isMade(_ unit: Int) {
    state.withLock { seen in
      let rest = seen.there.subtracting(seen.busy)
      if unit > bounds.lowerBound, !rest.isEmpty { seen.wrongs.append("\(unit) made for nothing") }
      if !seen.there.insert(unit).inserted { seen.wrongs.append("\(unit) is made twice") }
      if unit > 1, !seen.there.contains(unit - 1) { seen.wrongs.append("\(unit) leaves a gap") }
      if seen.there.count > bounds.upperBound { seen.wrongs.append("\(unit) is one too many") }
    }
  }

  private func begins(_ unit: Int) {
    state.withLock { seen in
      if !seen.there.contains(unit) { seen.wrongs.append("\(unit) is not there") }
      if !seen.busy.insert(unit).inserted { seen.wrongs.append("\(unit) does two at once") }
      if seen.there.subtracting(seen.busy).contains(where: { $0 < unit }) {
        seen.wrongs.append("\(unit) is not the first")
      }
      seen.most = max(seen.most, seen.busy.count)
    }
  }

  private func ends(_ unit: Int) {
    state.withLock { seen in
      seen.busy.remove(unit)
      seen.ended[unit] = clock.now
    }
  }

  private func isGone(_ unit: Int) {
    state.withLock { seen in
      seen.goneCount += 1
      seen.there.remove(unit)
      if seen.busy.contains(unit) { seen.wrongs.append("\(unit) goes at work") }
      if unit <= bounds.lowerBound { seen.wrongs.append("\(unit) was to stay") }
      if let ended = seen.ended[unit], clock.now - ended < idle {
        seen.wrongs.append("\(unit) goes too early")
      }
    }
  }
}

import TroupePlan

/// What the loops and fan-outs of a run have come to so far, by their addresses: what a snapshot of
/// the run needs to know beside its records.
///
/// Everything noted here is in the journal already.
final class Waypoints: Sendable {
  /// The last round of a loop that has ended.
  struct Rounds: Sendable {
    let node: Int
    let count: Int
    let isDone: Bool
    let published: [(slot: Int, version: Version)]
  }

  /// The elements of a fan-out that have their results.
  struct Elements: Sendable {
    let node: Int
    /// By their numbers, counted from 1: the result, and the record by which the element ended.
    var results: [Int: (version: Version, record: Int)] = [:]
  }

  struct State: Sendable {
    var loops: [String: Rounds] = [:]
    var fanOuts: [String: Elements] = [:]
  }

  private let state = Lock(State())
  /// For each node, whether there are loops or fan-outs inside of it.
  private let holdsOthers: [Bool]

  init(_ plan: Plan) {
    var holdsOthers = Array(repeating: false, count: plan.nodes.count)
    // What stands in a node comes after it.
    for node in plan.nodes.reversed() {
      node.forEachPart { part in
        switch plan.nodes[part].kind {
        case .repeat, .fanOut: holdsOthers[node.id] = true
        default: if holdsOthers[part] { holdsOthers[node.id] = true }
        }
      }
    }
    self.holdsOthers = holdsOthers
  }

  /// All of it now.
  var all: State { state.withLock { $0 } }

  /// A loop went round, and has recorded it.
  func wentRound(_ round: Int, isDone: Bool, at loop: Address, _ frame: Frame) {
    var published: [(slot: Int, version: Version)] = []
    frame.forEach { published.append(($0, $1)) }
    let place = loop.description
    let rounds = Rounds(node: loop.node, count: round, isDone: isDone, published: published)
    state.withLock { state in
      if holdsOthers[loop.node] { state.forget(inside: "\(place)/rounds[\(round)]/") }
      state.loops[place] = rounds
    }
  }

  /// An element of a fan-out has its result.
  func ended(_ element: Int, at fanOut: Address, _ version: Version, record: Int) {
    let place = fanOut.description
    state.withLock { state in
      if holdsOthers[fanOut.node] { state.forget(inside: "\(place)/items[\(element)]/") }
      state.fanOuts[place, default: Elements(node: fanOut.node)].results[element] =
        (version, record)
    }
  }
}

extension Waypoints.State {
  fileprivate mutating func forget(inside place: String) {
    loops = loops.filter { !$0.key.hasPrefix(place) }
    fanOuts = fanOuts.filter { !$0.key.hasPrefix(place) }
  }
}

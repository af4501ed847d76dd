import TroupePlan

/// Who reviews with others for one gate, so that nobody has two votes.
final class Panels: Sendable {
  /// The place of one reviewer among those of a gate.
  struct Seat: Sendable {
    /// The address of the gate's reviews.
    let panel: String
    let number: Int
    /// The members who had another seat before the run was resumed.
    let recorded: Set<Int>
  }

  private let members = Lock<[String: [Int: Set<Int>]]>([:])

  /// The members who have another seat.
  func others(than seat: Seat) -> Set<Int> {
    members.withLock { Self.others($0[seat.panel] ?? [:], seat) }
  }

  /// Gives a seat to a member, unless the member has another one.
  func claim(_ seat: Seat, for member: Int) -> Bool {
    members.withLock { members in
      guard !Self.others(members[seat.panel] ?? [:], seat).contains(member) else { return false }
      members[seat.panel, default: [:]][seat.number, default: []].insert(member)
      return true
    }
  }

  /// Forgets who had the seats, once all reviews are there.
  func forget(_ panel: String) {
    members.withLock { members in _ = members.removeValue(forKey: panel) }
  }

  private static func others(_ seats: [Int: Set<Int>], _ seat: Seat) -> Set<Int> {
    seats.reduce(into: seat.recorded) { others, next in
      if next.key != seat.number { others.formUnion(next.value) }
    }
  }
}

/// Nobody is left who plays a role and has not reviewed the same already.
struct NobodyLeft: Error, CustomStringConvertible {
  let role: Role.ID

  var description: String {
    "nobody is left who plays the role '\(role)' and does not review the same in another seat"
  }
}

extension Execution {
  /// The members who have another seat than this one, or to whom another one was handed on.
  func taken(besides seat: Panels.Seat, _ role: Role.ID) -> Set<Int> {
    let voters = requests.voters(in: seat.panel, besides: seat.number)
    return panels.others(than: seat).union(
      voters.compactMap { settings.dispatcher.index(of: $0, playing: role) })
  }

  /// The seat that a stage has among the reviewers of a gate, if it is one of several.
  func seat(_ take: Take) -> Panels.Seat? {
    // A panel is a fan-out, and the stage of its reviewers comes right after it.
    guard let panel = take.instance?.node, panel == take.id - 1, plan.nodes[panel].path.isReview,
      case .item(let number) = take.instance?.selector
    else { return nil }
    let around = take.instance?.parent
    let role = plan.nodes[take.id].role ?? ""
    var recorded: Set<Int> = []
    if recall != nil, let count = history(address(panel, in: around))?.count {
      for other in 1...max(count, 1) where other != number {
        let instance = Instance(in: around, node: panel, .item(other))
        let attempts = history(address(take.id, in: instance))?.attempts ?? []
        recorded.formUnion(
          attempts.compactMap { attempt in
            attempt.attempt.member.flatMap { settings.dispatcher.index(of: $0, playing: role) }
          })
      }
    }
    return Panels.Seat(
      panel: address(panel, in: around).description, number: number, recorded: recorded)
  }
}

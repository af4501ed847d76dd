import TroupePlan

/// Who has made what is to be reviewed by nobody who has made it: the members who did some of the
/// work, supplied something, or let pass what a gate had rejected.
///
/// Kept for each visit of a reviewed step until that has come to its end. Everything here follows
/// from the journal, or from what has happened in a run that is not kept.
final class Authors: Sendable {
  /// What a visit of a reviewed step has come to, of which it may be asked who has made it.
  enum Part: Sendable, Hashable {
    /// One of its takes.
    case take(Int)
    /// The step that was done in its place, in whichever takes.
    case standIn(Int)
  }

  private let steps: ReviewedSteps
  /// By the addresses of the visits.
  private let visits = Lock<[String: [Part: Set<String>]]>([:])

  /// - Returns: `nil` if no review of the plan is independent.
  init?(_ plan: Plan) {
    guard let steps = ReviewedSteps(plan) else { return nil }
    self.steps = steps
  }

  /// Takes in what had happened before the run was resumed.
  func restore(_ recall: Recall, _ addresses: AddressReader) {
    var restored: [String: [Part: Set<String>]] = [:]
    func note(_ member: String, _ address: Address, _ take: Int) {
      for (visit, part) in steps.parts(of: address, take: take)
      where recall.nodes[visit]?.closed == nil && recall.snapshot?.covers(visit) != true {
        restored[visit, default: [:]][part, default: []].insert(member)
      }
    }
    for (place, history) in recall.nodes {
      guard let address = addresses.address(place), steps.hold(address.node) else { continue }
      for author in history.authors { note(author.member, address, author.take) }
    }
    for (place, members) in recall.snapshot?.authors ?? [:] {
      guard let address = addresses.address(place) else { continue }
      for member in members { note(member, address, 1) }
    }
    visits.withLock { [restored] in $0 = restored }
  }

  /// Notes who has made something.
  ///
  /// - Parameter take: The take of the step at the address.
  func note(_ member: String, of address: Address, take: Int) {
    guard steps.hold(address.node) else { return }
    let parts = steps.parts(of: address, take: take)
    visits.withLock { visits in
      for (visit, part) in parts {
        visits[visit, default: [:]][part, default: []].insert(member)
      }
    }
  }

  /// Who has made a part of what a visit has come to.
  func members(of part: Part, at visit: Address) -> Set<String> {
    visits.withLock { $0[visit.description]?[part] ?? [] }
  }

  /// Forgets a visit that has come to its end.
  func forget(_ visit: Address) {
    guard steps.isReviewed(visit.node) else { return }
    let place = visit.description
    visits.withLock { _ = $0.removeValue(forKey: place) }
  }

  /// The number of visits of which it is known who has made what they came to.
  var count: Int { visits.withLock { $0.count } }
}

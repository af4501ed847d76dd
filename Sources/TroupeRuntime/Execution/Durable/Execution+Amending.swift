import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Execution {
  /// What was decided about a run when it was opened.
  struct Amendments: Sendable {
    /// The change of its plan, if one was accepted.
    var change: PlanChange?
    /// The limits that were raised.
    var raised: [RaisedLimit] = []
  }

  /// Records what was decided about the run when it was opened, before anything follows from it.
  func amend() async throws {
    guard let journal else { return }
    var last: Int?
    if let change = amendments.change { last = log.append(.planChanged(change), at: root) }
    for raised in amendments.raised {
      guard let place = addresses?.address(raised.path.description) else { continue }
      last = log.append(.limitRaised(raised.limit), at: place)
    }
    if let last { try await journal.untilDurable(last) }
  }
}

extension Recall {
  /// Takes in what was decided about the run when it was opened.
  mutating func amend(_ change: PlanChange?, _ raised: [RaisedLimit], at instant: Date) {
    if let change { self.change(change) }
    for raised in raised { raise(raised, at: instant) }
  }
}

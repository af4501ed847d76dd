import TroupePlan

/// How a run is gone on with, where that is not simply as before.
package struct Resumption: Sendable {
  /// Whether a plan is accepted that has changed, if it fits what has happened.
  package var acceptsChanges: Bool
  /// The limits that are raised.
  package var raised: [RaisedLimit]
  /// Who decided that, for the journal; by default the process.
  package var by: String?

  package init(acceptsChanges: Bool = false, raised: [RaisedLimit] = [], by: String? = nil) {
    self.acceptsChanges = acceptsChanges
    self.raised = raised
    self.by = by
  }
}

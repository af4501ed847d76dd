/// One round, element or take of a repeating node: what tells two visits of one path apart.
package final class Instance: Sendable {
  /// What repeats.
  package enum Selector: Sendable, Hashable {
    case round(Int)
    case item(Int)
    case take(Int)
  }

  package let parent: Instance?
  package let node: Int
  package let selector: Selector
  /// What was wrong with the takes before; the stages inside are told.
  package let feedback: [Feedback]

  package init(
    in parent: Instance?, node: Int, _ selector: Selector, feedback: [Feedback] = []
  ) {
    self.parent = parent
    self.node = node
    self.selector = selector
    self.feedback = feedback
  }
}

/// What undoes the work of a stage when that is given up.
///
/// Each part is a node of the plan: code with its own retry and timeout.
public struct Compensation: Sendable {
  /// The node that undoes work which was finished, if there is one.
  public var finished: Int?
  /// The node that undoes work which was begun and gave nothing, if there is one.
  public var unfinished: Int?

  /// Creates a compensation.
  public init(finished: Int? = nil, unfinished: Int? = nil) {
    self.finished = finished
    self.unfinished = unfinished
  }

  /// Its nodes.
  package var nodes: [Int] { [finished, unfinished].compactMap(\.self) }

  /// `what is finished and what is unfinished`: what of the work is undone.
  package var text: String {
    [finished.map { _ in "what is finished" }, unfinished.map { _ in "what is unfinished" }]
      .compactMap(\.self).joined(separator: " and ")
  }
}

extension Compensation: Hashable {
  /// Compensations are equal where they undo the same; how they do is told by their nodes.
  public static func == (left: Self, right: Self) -> Bool {
    (left.finished == nil) == (right.finished == nil)
      && (left.unfinished == nil) == (right.unfinished == nil)
  }

  /// Hashes what equality looks at.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(finished == nil)
    hasher.combine(unfinished == nil)
  }
}

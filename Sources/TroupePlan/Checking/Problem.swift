/// Something that is wrong with a plan, before it is put into words.
///
/// Nodes are given by their identity, artifacts by their slot in the plan's layout.
package enum Problem: Sendable, Hashable {
  /// A node reads what is not surely written before it.
  case unwritten(reader: Int, slot: Int)
  /// Not every path through a workflow writes its output.
  case unwrittenOutput(scope: Int, slot: Int)
  /// Not every path through the body of a fan-out writes the result of an element.
  case unwrittenResult(fanOut: Int, slot: Int)
  /// A gate judges what its node does not surely write.
  case unwrittenJudged(node: Int, gate: Int, slot: Int)
  /// Two nodes that may run at once write the same artifact.
  case twoWriters(container: Int, first: Int, second: Int, slot: Int)
  /// A node reads what another one, which may run at once, writes.
  case readerBesideWriter(container: Int, reader: Int, writer: Int, slot: Int)
  /// A child of a dataflow writes what is already written before the dataflow.
  case writesBound(dataflow: Int, writer: Int, slot: Int)
  /// The body of a fan-out writes what belongs to its surroundings.
  case writesSurroundings(fanOut: Int, writer: Int, slot: Int)
  /// One artifact with two types.
  case twoTypes(slot: Int, first: Mention, second: Mention)
  /// Children of a dataflow that wait for each other.
  case cycle(dataflow: Int, way: [Wait])
  /// An artifact that nobody reads.
  case unread(writer: Int, slot: Int)
  /// A limit of time that the limit of a surrounding node makes useless.
  case longerLimit(inner: Limit, outer: Limit)
  /// A budget that is larger than that of a surrounding node.
  case largerBudget(inner: Int, outer: Int, Budget.Quantity)
  /// A stage of which one assignment is estimated to need more than a budget has.
  case estimateExceedsBudget(stage: Int, estimate: Int, scope: Int, Budget.Quantity)
  /// A choice that fails when no condition holds.
  case unmatched(choice: Int)
  /// A gate that has code done again which would give the same result.
  case uselessRework(node: Int, gate: Int)
  /// A signal with two types of payload: the waits that name them.
  case twoPayloads(first: Int, second: Int)
  /// A wait for a signal that nothing ever ends if the signal does not come.
  case waitsForever(wait: Int)
  /// A gate that would have a stage done again which may run at most once.
  case redoesOnce(stage: Int, node: Int, gate: Int)
  /// A ladder that would have a stage done again which may run at most once.
  case escalatesOnce(stage: Int, node: Int, rule: Int)
  /// A stage with a compensation in a loop of so many rounds: none of them is ever forgotten.
  case keepsRounds(stage: Int, loop: Int)
  /// Neighbours that do not depend on each other and could run at once.
  case independent(steps: [Int])

  /// Where and as what an artifact is mentioned.
  package struct Mention: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
      case input, output, reads, writes, judges(gate: Int), element, result
    }

    package var node: Int
    package var place: Place
    package var type: String
  }

  /// A child of a dataflow that reads what another one writes.
  package struct Wait: Sendable, Hashable {
    package var child: Int
    package var slot: Int
  }

  /// A limit of time that a node declares.
  package struct Limit: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
      case timeout, deadline
      /// The time in which a signal must come.
      case within = "'within'"
      /// The time for which a wait waits.
      case span
    }

    package var node: Int
    package var kind: Kind
    package var duration: Duration
  }
}

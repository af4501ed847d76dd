import TroupePlan

/// A choice that the run makes: the first branch whose condition holds for an artifact is taken.
///
/// ```swift
/// Choose("depth", on: triage) {
///   When("simple") { $0.level == .simple } then: {
///     Stage("answer", …) { … }
///   }
///   Otherwise {
///     Stage("investigate", …) { … }
///   }
/// }
/// ```
///
/// The plan holds every branch. A choice that matches nothing fails, unless it ends with an
/// `Otherwise`.
public struct Choose: Step {
  /// What the choice declares.
  public var declaration: Declaration

  /// Declares a choice.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - artifact: What the conditions are asked about.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - branches: The branches, asked in order.
  public init<Value>(
    _ name: String? = nil, on artifact: Artifact<Value>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @ChooseBuilder<Value> branches: () -> [When<Value>]
  ) {
    let location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    let branches = branches()
    let unmatched = branches.compactMap(\.unmatched).last ?? .fail
    declaration = Declaration(
      .choose(Node.Choice(unmatched: unmatched)), name: name, reads: artifact.mentions,
      work: .choose(
        branches.compactMap(\.condition).map { condition in
          { value in try await condition(Artifact<Value>.value(value)) }
        }),
      children: branches.compactMap(\.branch), location: location)
    declaration.refuseGathered(artifact.mention)
    let last = branches.indices.last
    for (index, branch) in branches.enumerated() where branch.condition == nil && index != last {
      declaration.notes.append(.otherwiseIsNotLast(branch.location))
    }
  }
}

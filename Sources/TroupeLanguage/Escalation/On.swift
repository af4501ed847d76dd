public import TroupePlan

/// What is done when something happens that a step cannot settle by itself: a ladder of rungs.
///
/// ```swift
/// On(.timeout, .gateRejected) {
///   Ask(.managingEditor, within: .hours(4))
///   Abort("nobody would sign it off")
/// }
/// ```
///
/// The rungs follow each other until one of them settles it. If none does, the run is aborted.
public struct On: Sendable {
  package let triggers: [Escalation.Trigger]
  package let rungs: [Rung]
  package let location: SourceLocation

  /// Declares a rule.
  ///
  /// - Parameters:
  ///   - trigger: What leads up the ladder.
  ///   - others: What else does.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - rungs: What is done, in order.
  public init(
    _ trigger: Escalation.Trigger, _ others: Escalation.Trigger...,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column, @RungBuilder rungs: () -> [Rung]
  ) {
    triggers = [trigger] + others
    self.rungs = rungs()
    location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
  }
}

extension On {
  private init(_ triggers: [Escalation.Trigger], _ rule: On) {
    self.triggers = triggers
    rungs = rule.rungs
    location = rule.location
  }

  /// The same rule for what others do not meet; `nil` if that is nothing.
  func leavingOut(_ met: Set<Escalation.Trigger>) -> On? {
    let triggers = triggers.filter { !met.contains($0) }
    return triggers.isEmpty ? nil : On(triggers, self)
  }
}

/// Builds the rules of an escalation.
@resultBuilder
public enum EscalationBuilder {
  /// A rule.
  public static func buildExpression(_ rule: On) -> [On] { [rule] }

  /// Stands in for a rung outside of a rule.
  @available(*, unavailable, message: "a rung stands in a rule: 'On(.failure) { … }'")
  public static func buildExpression(_ rung: Rung) -> [On] { [] }

  /// Rules in order; of those that meet what happened, the first holds.
  public static func buildBlock(_ first: [On], _ others: [On]...) -> [On] {
    first + others.joined()
  }

  /// Stands in for an escalation that silently does nothing.
  @available(*, unavailable, message: "an escalation needs a rule: 'On(.failure) { … }'")
  public static func buildBlock() -> [On] { [] }

  /// The rules of an `if` without `else`, decided when the workflow is built.
  public static func buildOptional(_ rules: [On]?) -> [On] { rules ?? [] }

  /// One side of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(first rules: [On]) -> [On] { rules }

  /// Another side of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(second rules: [On]) -> [On] { rules }

  /// The rules of a `for`.
  public static func buildArray(_ rules: [[On]]) -> [On] { Array(rules.joined()) }
}

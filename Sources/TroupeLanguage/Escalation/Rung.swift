package import TroupePlan

/// One step of a ladder: `Retry`, `Reassign`, `Ask`, `Notify`, `Fallback` or `Abort`.
public struct Rung: Sendable {
  package enum Kind: Sendable {
    case retry
    case reassign(Role)
    case ask(Question)
    case notify(String)
    case fallback([Declaration], within: Duration?)
    case abort(String)
  }

  /// What a role is asked.
  package struct Question: Sendable {
    let role: Role
    let within: Duration?
    let prompt: (@Sendable (Trouble) async throws -> String)?
  }

  package let kind: Kind
  package let location: SourceLocation
}

/// Builds the rungs of a ladder, in order.
@resultBuilder
public enum RungBuilder {
  /// A rung.
  public static func buildExpression(_ rung: Rung) -> [Rung] { [rung] }

  /// Stands in for a step where a rung is needed.
  @available(*, unavailable, message: "a step is no rung: put it into 'Fallback { … }'")
  public static func buildExpression(_ step: some Step) -> [Rung] { [] }

  /// Rungs in order.
  public static func buildBlock(_ first: [Rung], _ others: [Rung]...) -> [Rung] {
    first + others.joined()
  }

  /// Stands in for a ladder that silently does nothing.
  @available(*, unavailable, message: "a ladder needs a rung: 'Abort(\"…\")' ends the run")
  public static func buildBlock() -> [Rung] { [] }

  /// The rungs of an `if` without `else`, decided when the workflow is built.
  public static func buildOptional(_ rungs: [Rung]?) -> [Rung] { rungs ?? [] }

  /// One side of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(first rungs: [Rung]) -> [Rung] { rungs }

  /// Another side of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(second rungs: [Rung]) -> [Rung] { rungs }

  /// The rungs of a `for`.
  public static func buildArray(_ rungs: [[Rung]]) -> [Rung] { Array(rungs.joined()) }
}

/// Builds the branches of a `Choose`.
@resultBuilder
public enum ChooseBuilder<Value: Codable & Sendable> {
  /// A branch.
  public static func buildExpression(_ branch: When<Value>) -> [When<Value>] { [branch] }

  /// Branches in order.
  public static func buildBlock(
    _ first: [When<Value>], _ others: [When<Value>]...
  ) -> [When<Value>] {
    first + others.joined()
  }

  /// Stands in for a choice that silently does nothing.
  @available(*, unavailable, message: "a choice needs a branch: write a 'When'")
  public static func buildBlock() -> [When<Value>] { [] }

  /// The branches of an `if` without `else`, decided when the workflow is built.
  public static func buildOptional(_ branches: [When<Value>]?) -> [When<Value>] { branches ?? [] }

  /// One side of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(first branches: [When<Value>]) -> [When<Value>] { branches }

  /// Another side of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(second branches: [When<Value>]) -> [When<Value>] { branches }

  /// The branches of a `for`.
  public static func buildArray(_ branches: [[When<Value>]]) -> [When<Value>] {
    Array(branches.joined())
  }
}

/// Builds the steps of a body, in order.
///
/// `if`, `switch` and `for` in a body are configuration: they run when the workflow is built. A
/// choice that a run is to make is a `Choose`.
@resultBuilder
public enum StepBuilder {
  /// A step.
  public static func buildExpression(_ step: some Step) -> [Declaration] {
    [step.declaration]
  }

  /// Stands in for "no exact matches in call to static method 'buildExpression'".
  @available(*, unavailable, message: "a string is no step: a prompt is what a Stage returns")
  public static func buildExpression(_ text: String) -> [Declaration] { [] }

  /// Steps in order.
  public static func buildBlock(
    _ first: [Declaration], _ others: [Declaration]...
  ) -> [Declaration] {
    others.isEmpty ? first : first + others.joined()
  }

  /// Stands in for a body that silently does nothing.
  @available(*, unavailable, message: "a body needs a step: write 'Nothing()' to do nothing")
  public static func buildBlock() -> [Declaration] { [] }

  /// The steps of an `if` without `else`, decided when the workflow is built.
  public static func buildOptional(_ steps: [Declaration]?) -> [Declaration] { steps ?? [] }

  /// The first branch of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(first steps: [Declaration]) -> [Declaration] { steps }

  /// Another branch of an `if` or `switch`, decided when the workflow is built.
  public static func buildEither(second steps: [Declaration]) -> [Declaration] { steps }

  /// The steps of a `for`, one after the other.
  public static func buildArray(_ steps: [[Declaration]]) -> [Declaration] {
    Array(steps.joined())
  }

  /// The whole body.
  public static func buildFinalResult(_ steps: [Declaration]) -> Steps { Steps(steps) }
}

public import TroupeLanguage

/// Builds the stubs of a simulation.
@resultBuilder
public enum StubBuilder<Work: Workflow> {
  /// A stub.
  public static func buildExpression(_ stub: Stub<Work>) -> [Stub<Work>] { [stub] }

  /// Stubs that were made elsewhere.
  public static func buildExpression(_ stubs: [Stub<Work>]) -> [Stub<Work>] { stubs }

  /// Stubs in order.
  public static func buildBlock(_ parts: [Stub<Work>]...) -> [Stub<Work>] {
    Array(parts.joined())
  }

  /// The stubs of an `if` without `else`.
  public static func buildOptional(_ stubs: [Stub<Work>]?) -> [Stub<Work>] { stubs ?? [] }

  /// The stubs of the first branch of an `if` or `switch`.
  public static func buildEither(first stubs: [Stub<Work>]) -> [Stub<Work>] { stubs }

  /// The stubs of another branch of an `if` or `switch`.
  public static func buildEither(second stubs: [Stub<Work>]) -> [Stub<Work>] { stubs }

  /// The stubs of a `for`.
  public static func buildArray(_ stubs: [[Stub<Work>]]) -> [Stub<Work>] {
    Array(stubs.joined())
  }
}

import TroupePlan

/// Steps of which each starts as soon as what it reads is written.
///
/// The order of declaration does not matter, so that any directed acyclic graph can be declared,
/// also from data with `for`:
///
/// ```swift
/// Dataflow("build") {
///   for module in modules {
///     let needs = module.needs.map { built[$0] }
///     Stage(module.name, reads: .all(needs), writes: built[module.id]) { … }
///   }
/// }
/// ```
public struct Dataflow: Step {
  /// What the container declares.
  public var declaration: Declaration

  /// Declares steps that wait for what they read.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps, in any order.
  public init(
    _ name: String? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: () -> Steps
  ) {
    declaration = Declaration(
      .dataflow, name: name, children: body().declaration.children,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}

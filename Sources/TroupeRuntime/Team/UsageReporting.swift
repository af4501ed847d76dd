/// An error of an agent that says what was used up before it was thrown.
///
/// Without it nobody knows that of an attempt that failed, and what was reserved for the attempt in
/// the budgets around it stays charged.
///
/// ```swift
/// struct Refused: UsageReporting {
///   let usage: Usage
/// }
/// ```
public protocol UsageReporting: Error {
  /// What was used up, without what the prices of the member add.
  var usage: Usage { get }
}

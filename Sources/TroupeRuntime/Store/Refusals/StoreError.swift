/// A store that could not do what was needed.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  /// What could not be done, where and why.
  public let description: String

  init(doing what: String, at path: String, _ error: SystemError) {
    let remedy = error.remedy.map { "; \($0)" } ?? ""
    description = "cannot \(what) in '\(error.place ?? path)': \(error.reason)\(remedy)"
  }

  package init(_ description: String) {
    self.description = description
  }
}

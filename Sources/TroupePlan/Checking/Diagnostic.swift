/// Something that compiling a workflow found, printed as a compiler prints.
public struct Diagnostic: Sendable, Hashable {
  /// How serious a diagnostic is.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
    /// The workflow cannot run.
    case error
    /// The workflow runs, but probably not as it was meant.
    case warning
    /// The workflow could be better.
    case hint
  }

  /// How serious it is.
  public var severity: Severity
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// How to mend it.
  public var remedy: String?
  /// The node where it was found, if it belongs to one.
  public var path: Path?
  /// Where in source the node was declared.
  public var location: SourceLocation?

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, _ message: String, remedy: String? = nil, path: Path? = nil,
    location: SourceLocation? = nil
  ) {
    self.severity = severity
    self.message = message
    self.remedy = remedy
    self.path = path
    self.location = location
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `Sources/Newsroom/LaunchPost.swift:31:7: error: …`, with the remedy on a line of its own.
  ///
  /// The path is relative to the current folder where the file exists under it; else the file is
  /// given as `#fileID` gives it.
  public var description: String {
    let place = location.map { "\($0.shown): " } ?? ""
    let remedy = remedy.map { "\n  \($0)" } ?? ""
    return "\(place)\(severity.rawValue): \(message)\(remedy)"
  }
}

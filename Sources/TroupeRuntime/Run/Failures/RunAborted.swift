/// A run that was ended for good: by a ladder, or by somebody because work of it is in doubt.
public struct RunAborted: Error, Sendable, CustomStringConvertible {
  /// The run's identity.
  public let id: String
  /// The address of the step whose ladder ended the run, or of the work that is in doubt.
  public let address: String
  /// Who ended it, if they said.
  public let by: String?
  /// Why, if they said.
  public let why: String?

  /// What the run had done and could not be undone; a person has to see to it.
  public private(set) var uncompensated: [Uncompensated]

  private let isDoubt: Bool

  init(id: String, _ abortion: Abortion?, _ uncompensated: [Uncompensated] = []) {
    self.uncompensated = uncompensated
    self.id = id
    address = abortion?.place ?? ""
    by = abortion?.by
    why = abortion?.why
    isDoubt = abortion?.isDoubt ?? true
  }

  /// What happened, by whom and why.
  public var description: String {
    "run '\(id)' was ended\(by.map { " by \($0)" } ?? ""), because '\(address)' "
      + (isDoubt ? "is in doubt" : "could not get further") + (why.map { ": \($0)" } ?? "")
      + uncompensated.lines
  }

  /// The same of a run that has left something behind.
  func leaving(_ uncompensated: [Uncompensated]) -> RunAborted {
    var aborted = self
    aborted.uncompensated = uncompensated
    return aborted
  }
}

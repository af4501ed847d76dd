extension FanOut {
  /// What became of one element of a fan-out.
  public struct Element<Value: Codable & Sendable>: Codable, Sendable {
    /// What became of it.
    public enum Outcome: Codable, Sendable {
      /// Its body wrote this result.
      case value(Value)
      /// It failed, for this reason.
      case failed(String)
      /// It was cancelled, because the results so far were enough.
      case cancelled
    }

    /// The place in the list that was fanned out, counted from 0.
    public let index: Int
    /// What became of it.
    public let outcome: Outcome

    /// The result, or `nil` where there is none.
    public var value: Value? {
      if case .value(let value) = outcome { value } else { nil }
    }

    /// Creates an element's outcome, as tests of later stages need it.
    public init(index: Int, outcome: Outcome) {
      self.index = index
      self.outcome = outcome
    }
  }
}

extension FanOut.Element: Equatable where Value: Equatable {}
extension FanOut.Element.Outcome: Equatable where Value: Equatable {}

public import TroupePlan

extension RunHistory {
  /// A version of an artifact, as a run wrote it.
  public struct Version: Sendable {
    /// The artifact's name.
    public let artifact: String
    /// Where the name holds: the address of an element of a fan-out or of a call, or empty for the
    /// workflow's own.
    public let scope: String
    /// Which version of the artifact it is, counted from 1; `nil` if what wrote it was given up: it
    /// lost a race, was rejected as part of something else, or was replaced by a fallback.
    public internal(set) var number: Int?
    /// The number of the record by which it was published.
    public let record: Int
    /// The step that wrote it; `nil` for the run's input, for what a fork was given, and where the
    /// record that told it has been compacted.
    public let author: Address?
    /// The member who did that; `nil` for code and containers.
    public let member: String?

    let source: Source

    /// Where its value is found.
    enum Source: Sendable {
      case value(Payload)
      /// Values that stand in a list.
      case list([Payload])
      /// It was made of others and is in no record.
      case derived
    }
  }

  /// The value of a version; `nil` if no record holds it.
  ///
  /// - Throws: `StoreError` if it cannot be read.
  public func value(of version: Version) async throws -> JSONValue? {
    switch version.source {
    case .value(let payload): return try await value(payload)
    case .derived: return nil
    case .list(let payloads):
      var values: [JSONValue] = []
      for payload in payloads { values.append(try await value(payload)) }
      return .array(values)
    }
  }
}

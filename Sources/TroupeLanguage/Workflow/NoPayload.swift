/// The payload of a signal that carries nothing but its name: `Signal("go ahead")`.
public struct NoPayload: Codable, Sendable, Hashable {
  /// Creates it.
  public init() {}
}

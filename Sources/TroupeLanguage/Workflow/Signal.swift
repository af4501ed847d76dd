/// A typed handle on a message that the outside sends to a run, for which steps wait.
///
/// ```swift
/// extension Signal where Payload == Approval {
///   static let approved = Signal("approved")
/// }
///
/// Wait(for: .approved, writes: decision)                 // in the body
/// try await run.signal(.approved, Approval(by: "Ann"))   // from outside
/// ```
///
/// A handle holds no value. Signals queue by name in the order in which they come: what comes
/// before anybody waits for it is kept, and each signal is taken by one wait. A name belongs to the
/// whole run, called workflows included.
public struct Signal<Payload: Codable & Sendable>: Sendable {
  /// The name, by which the outside and the plan know the signal.
  public let name: String

  /// Creates a handle on a signal that carries a payload.
  ///
  /// - Parameter name: The name, by which the outside and the plan know the signal.
  public init(_ name: String) {
    self.name = name
  }
}

extension Signal where Payload == NoPayload {
  /// Creates a handle on a signal that carries nothing but its name.
  ///
  /// - Parameter name: The name, by which the outside and the plan know the signal.
  public init(_ name: String) {
    self.name = name
  }
}

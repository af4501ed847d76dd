extension Node {
  /// What a wait waits for.
  public enum Waiting: Sendable, Hashable {
    /// A signal from outside of the run, of which the oldest that no wait has taken is taken.
    case signal(Awaited)
    /// The instant that the node's closure finds in what the node reads.
    case instant
    /// So much time by the wall clock, from the moment when the wait opens.
    case span(Duration)
  }

  /// The signal that a wait waits for; what the wait writes is the signal's payload.
  public struct Awaited: Sendable, Hashable {
    /// The signal's name, by which the outside sends it.
    public var name: String
    /// The name of the payload's Swift type, with its module.
    public var payload: String
    /// The time in which the signal must come, from the moment when the wait opens; `nil` for any
    /// time.
    public var within: Duration?

    /// Creates what a wait waits for.
    public init(_ name: String, payload: String, within: Duration? = nil) {
      self.name = name
      self.payload = payload
      self.within = within
    }
  }
}

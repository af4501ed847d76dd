/// The events of a run, from its first to its last, for whoever iterates and however late.
///
/// Of a durable run that goes on for so long that its journal is compacted, the events before are
/// forgotten: who comes later, or is that far behind, is given `Event.Kind.snapshot` instead.
public struct Events: AsyncSequence, Sendable {
  /// What is iterated.
  public typealias Element = Event
  /// Iterating never fails.
  public typealias Failure = Never

  package let log: EventLog

  /// Starts at the run's first event.
  public func makeAsyncIterator() -> Iterator { Iterator(log: log) }

  /// Goes through the events of a run.
  public struct Iterator: AsyncIteratorProtocol {
    let log: EventLog
    var index = 0

    /// The next event, as soon as it has happened; `nil` after the last one.
    public mutating func next() async -> Event? {
      guard let (event, next) = await log.event(at: index) else { return nil }
      index = next
      return event
    }

    /// The next event, as soon as it has happened; `nil` after the last one.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async -> Event? {
      guard let (event, next) = await log.event(at: index) else { return nil }
      index = next
      return event
    }
  }
}

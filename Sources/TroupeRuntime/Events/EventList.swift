/// Events in order, in pieces that stay where they are when more are added, because a run may have
/// millions of them.
struct EventList {
  private static let pieceLength = 512

  private var full: [[Event]] = []
  private var open: [Event] = []

  /// The number of events.
  var count: Int { full.count * Self.pieceLength + open.count }

  /// All events, in one piece.
  var all: [Event] { Array(full.joined()) + open }

  /// The event at an index from 0 on.
  subscript(index: Int) -> Event {
    let piece = index / Self.pieceLength
    return (piece < full.count ? full[piece] : open)[index % Self.pieceLength]
  }

  /// Adds an event at the end.
  mutating func append(_ event: Event) {
    if open.count == Self.pieceLength {
      full.append(open)
      open = []
    }
    if open.isEmpty { open.reserveCapacity(full.isEmpty ? 0 : Self.pieceLength) }
    open.append(event)
  }
}

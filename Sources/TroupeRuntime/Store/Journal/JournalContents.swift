/// What a segment of a journal holds.
package struct JournalContents: Sendable {
  /// How a journal ends.
  package enum End: Hashable, Sendable {
    /// With a whole batch.
    case whole
    /// With what a write left that was interrupted before anybody had acted on it.
    ///
    /// - Parameters:
    ///   - from: The length to which the file is to be cut before anything is added to it.
    ///   - bytes: How many bytes that takes away.
    case torn(from: Int, bytes: Int)
  }

  /// The records of all whole batches, in order; each has the next sequence number.
  package let records: [JournalRecord]
  /// The highest sequence number of which a record says that it is durable: at most that of the
  /// last record, usually that of the last but one batch's end. 0 if nothing is known.
  ///
  /// What is behind it may still be only in the system's memory.
  package let durable: Int
  /// The whole batches of which no record says that they are durable, usually the last one alone;
  /// the first index is the offset in the file at which they begin.
  package let unproven: ArraySlice<UInt8>
  package let end: End
}

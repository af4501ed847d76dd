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
  /// Where the first whole batch begins of which no record says that it is durable; the end of the
  /// whole batches if there is none.
  package let proven: Int
  package let end: End
}

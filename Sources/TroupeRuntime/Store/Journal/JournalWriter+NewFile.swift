#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

extension JournalWriter {
  /// The bytes of a journal that begins with some records, as one batch, for a file that is created
  /// and synced as a whole before a writer opens it.
  ///
  /// - Parameters:
  ///   - records: The records in order, at least one, with bodies as in `append`.
  ///   - durable: The highest sequence number that was durable before; 0 in a new run.
  ///   - date: The time of all records.
  package static func bytes(
    of records: [(sequence: Int, body: [UInt8])], durable: Int = 0, at date: Date
  ) -> [UInt8] {
    precondition(!records.isEmpty, "a batch needs records")
    let at = JournalTime(date)
    let entries = records.map { JournalBatch.Entry(sequence: $0.sequence, at: at, body: $0.body) }
    return JournalBatch(entries: entries, durable: durable).bytes
  }
}

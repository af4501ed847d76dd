import Dispatch
import TroupePlan

/// Reads journals.
package enum JournalReader {
  /// Reads a segment as a whole, for whoever holds the lock of the run.
  ///
  /// A batch counts as a whole or not at all. One that is not whole is no damage if nobody can have
  /// acted on it, because it was never said to be durable, and if it looks as an interrupted write
  /// leaves it; `TheJournal.md` says how that is.
  ///
  /// - Throws: `JournalDamage` for anything else that is not one whole record after the other.
  package static func read(_ bytes: [UInt8]) throws(JournalDamage) -> JournalContents {
    let (scan, tail) = try scanned(bytes)
    let end: JournalContents.End =
      tail == nil ? .whole : .torn(from: scan.length, bytes: bytes.count - scan.length)
    // The records of a batch that does not count are proofs all the same.
    let durable = max(
      (scan.open.last ?? scan.lines.last)?.durable ?? 0, tail?.durable ?? 0)
    let proven = scan.lines.last { $0.sequence <= durable }.map { $0.range.upperBound + 1 } ?? 0
    return JournalContents(
      records: try records(scan.lines[...], of: bytes), durable: durable,
      unproven: bytes[proven..<scan.length], end: end)
  }

  /// Reads the records of a segment to which another process may be adding: all whole batches so
  /// far.
  ///
  /// - Throws: `JournalDamage` as `read` does. If the other process cut the file off in the middle
  ///   of the reading, reading again helps.
  package static func readBesideWriter(
    _ bytes: [UInt8]
  ) throws(JournalDamage) -> [JournalRecord] {
    try records(scanned(bytes).scan.lines[...], of: bytes)
  }

  /// The same up to a sequence number, unless that is not needed any more.
  ///
  /// - Throws: `JournalDamage`; `CancellationError` once `isOver` says so.
  package static func readBesideWriter(
    _ bytes: [UInt8], upTo last: Int, unless isOver: () -> Bool
  ) throws -> [JournalRecord] {
    let lines = try scanned(bytes).scan.lines.prefix { $0.sequence <= last }
    var records: [JournalRecord] = []
    records.reserveCapacity(lines.count)
    for start in stride(from: 0, to: lines.count, by: Self.pieceLength) {
      if isOver() { throw CancellationError() }
      records += try decoded(lines[start...].prefix(Self.pieceLength), of: bytes)
    }
    return records
  }

  private static let pieceLength = 1_024

  /// The first and the last record of a segment to which another process may be adding; `nil` if it
  /// holds none. What is between them is only looked at for damage.
  ///
  /// - Throws: `JournalDamage` as `read` does.
  package static func outline(
    _ bytes: [UInt8]
  ) throws(JournalDamage) -> (first: JournalRecord, last: JournalRecord)? {
    let lines = try scanned(bytes).scan.lines
    // Each by itself, so that damage is told with its own line.
    guard let first = try records(lines.prefix(1), of: bytes).first,
      let last = try records(lines.suffix(1), of: bytes).last
    else { return nil }
    return (first, last)
  }

  private static func scanned(
    _ bytes: [UInt8]
  ) throws(JournalDamage) -> (scan: JournalScan, tail: JournalTail.Finding?) {
    let (scan, tail) = bytes.withUnsafeBytes { file in
      let scan = JournalScan(file)
      return (scan, scan.stop.map { JournalTail.examine(file, scan, $0) })
    }
    return (scan, try tail?.get())
  }

  /// Decodes lines, long journals on all processors at once: that is most of what opening a run
  /// takes.
  private static func records(
    _ lines: ArraySlice<JournalLine>, of bytes: [UInt8]
  ) throws(JournalDamage) -> [JournalRecord] {
    let starts = Array(stride(from: lines.startIndex, to: lines.endIndex, by: pieceLength))
    guard starts.count > 1 else { return try decoded(lines, of: bytes) }
    let pieces = Lock<[Int: Result<[JournalRecord], JournalDamage>]>([:])
    DispatchQueue.concurrentPerform(iterations: starts.count) { number in
      let piece = Result { () throws(JournalDamage) in
        try decoded(lines[starts[number]...].prefix(pieceLength), of: bytes)
      }
      pieces.withLock { $0[number] = piece }
    }
    var records: [JournalRecord] = []
    records.reserveCapacity(lines.count)
    // In their order, so that the first damage of several is told.
    for piece in pieces.withLock({ pieces in starts.indices.compactMap { pieces[$0] } }) {
      records += try piece.get()
    }
    return records
  }

  private static func decoded(
    _ lines: ArraySlice<JournalLine>, of bytes: [UInt8]
  ) throws(JournalDamage) -> [JournalRecord] {
    var records: [JournalRecord] = []
    records.reserveCapacity(lines.count)
    for line in lines {
      do {
        let members = try JSONValue(parsing: bytes[line.range])
        try RecordNumbers.check(members)
        records.append(
          JournalRecord(sequence: line.sequence, at: line.at.date, members: members))
      } catch {
        let problem = error as? JournalProblem ?? .json("\(error)")
        throw JournalDamage(
          line: lines.startIndex + records.count + 1, offset: line.range.lowerBound,
          problem: "\(problem)")
      }
    }
    return records
  }
}

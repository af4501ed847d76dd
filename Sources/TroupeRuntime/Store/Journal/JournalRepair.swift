/// What can be saved of a damaged journal: everything before the damage.
///
/// What follows the damage is lost even where it is whole, since it cannot be told what it
/// followed.
package struct JournalRepair: Hashable, Sendable {
  /// How many bytes at the beginning of the file stay as they are.
  package let kept: Int
  /// What is to stand behind them: the records that precede the damage in its batch, as a batch of
  /// their own. Empty if there are none.
  package let rest: [UInt8]
  /// The last record that is saved; 0 if none is.
  package let last: Int
  /// The records that are lost though they are whole.
  package let lost: [ClosedRange<Int>]
  /// How many lines are lost of which it is not known what they held.
  package let unreadable: Int
  /// How many bytes of the file are lost.
  package let lostBytes: Int

  /// How many records are lost though they are whole.
  package var lostRecords: Int { lost.reduce(0) { $0 + $1.count } }

  /// Finds what can be saved.
  ///
  /// - Parameters:
  ///   - bytes: What the file holds.
  ///   - damage: What `JournalReader` threw for these bytes.
  package init(of bytes: [UInt8], _ damage: JournalDamage) {
    let end = min(damage.offset, bytes.count)
    let scan = bytes.withUnsafeBytes { JournalScan(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    kept = scan.length
    last = scan.next - 1
    if let first = scan.open.first {
      let entries = scan.open.map { line in
        JournalBatch.Entry(sequence: line.sequence, at: line.at, body: Array(bytes[line.body]))
      }
      rest = JournalBatch(entries: entries, durable: first.durable).bytes
    } else {
      rest = []
    }
    (lost, unreadable) = bytes.withUnsafeBytes { Self.lost(from: end, of: $0) }
    lostBytes = bytes.count - end
  }

  /// What the file is to hold.
  ///
  /// - Parameter bytes: What it holds now.
  package func repaired(_ bytes: [UInt8]) -> [UInt8] { bytes[..<kept] + rest }

  private static func lost(
    from start: Int, of file: UnsafeRawBufferPointer
  ) -> (whole: [ClosedRange<Int>], unreadable: Int) {
    var (whole, unreadable, offset): ([ClosedRange<Int>], Int, Int) = ([], 0, start)
    while offset < file.count {
      let newline = JournalScan.newline(in: file, from: offset)
      let end = newline ?? file.count
      if newline != nil, let line = try? JournalLine(file, offset..<end) {
        if let last = whole.last, last.upperBound + 1 == line.sequence {
          whole[whole.count - 1] = last.lowerBound...line.sequence
        } else {
          whole.append(line.sequence...line.sequence)
        }
      } else {
        unreadable += 1
      }
      offset = end + 1
    }
    return (whole, unreadable)
  }
}

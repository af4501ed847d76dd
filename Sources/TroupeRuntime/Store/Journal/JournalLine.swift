/// A line of a journal that is whole: its checksum fits, and what every record has is there.
///
/// The body has not been looked at.
struct JournalLine {
  /// What the first record of a batch says about it.
  struct Batch: Hashable {
    let records: Int
    let bytes: Int
  }

  /// Where the line is in the file, without its newline.
  let range: Range<Int>
  /// Where the members are that are not those of every record.
  let body: Range<Int>
  let sequence: Int
  let durable: Int
  let at: JournalTime
  /// The batch that begins with this line.
  let batch: Batch?

  /// Reads the line in a range, which does not include its newline.
  init(_ file: UnsafeRawBufferPointer, _ range: Range<Int>) throws(JournalProblem) {
    var cursor = JournalCursor(file, range)
    guard cursor.skip("{\"crc\":\""), let checksum = cursor.checksum(), cursor.skip("\",") else {
      throw .form
    }
    let summed = UnsafeRawBufferPointer(rebasing: file[cursor.index..<range.upperBound])
    guard CRC32C.checksum(of: summed) == checksum else { throw .checksum }
    guard cursor.skip("\"seq\":"), let sequence = cursor.number(), sequence > 0,
      cursor.skip(",\"durable\":"), let durable = cursor.number()
    else { throw .form }
    var batch: Batch?
    if cursor.skip(",\"batch\":{\"records\":") {
      guard let records = cursor.number(), records > 0, cursor.skip(",\"bytes\":"),
        let bytes = cursor.number(), cursor.skip("}")
      else { throw .form }
      batch = Batch(records: records, bytes: bytes)
    }
    guard cursor.skip(",\"at\":\""), let at = cursor.time(), cursor.skip("\","),
      cursor.index < range.upperBound - 1, file[range.upperBound - 1] == UInt8(ascii: "}")
    else { throw .form }
    self.range = range
    body = cursor.index..<range.upperBound - 1
    self.sequence = sequence
    self.durable = durable
    self.at = at
    self.batch = batch
  }

  /// Whether a record can begin with these bytes, which may be no more than its first few.
  ///
  /// - Parameter sequence: Which record it is, if that is known.
  static func canBegin(
    with bytes: Range<Int>, of file: UnsafeRawBufferPointer, sequence: Int?
  ) -> Bool {
    let number = sequence.map { "\($0),\"durable\":" } ?? ""
    let pattern = "{\"crc\":\"????????\",\"seq\":\(number)"
    return zip(file[bytes], pattern.utf8).allSatisfy { byte, pattern in
      pattern == UInt8(ascii: "?") ? JournalCursor.digit(byte) != nil : byte == pattern
    }
  }
}

extension JournalLine {
  /// Where the batch ends that begins with this line, by what the line says.
  var batchEnd: Int? { batch.map { range.lowerBound + $0.bytes } }
}

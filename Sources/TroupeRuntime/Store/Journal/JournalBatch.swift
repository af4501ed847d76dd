/// Records that are written at once: they become durable together, or none of them counts.
struct JournalBatch {
  struct Entry {
    /// The place in the run's order.
    let sequence: Int
    /// When it was appended.
    let at: JournalTime
    /// The members of the record in JSON, without braces.
    let body: [UInt8]
  }

  /// The records; never none.
  let entries: [Entry]
  /// The highest sequence number that was durable when the batch was taken.
  let durable: Int

  /// The lines of the records.
  ///
  /// `TheJournal.md` specifies them.
  var bytes: [UInt8] {
    let length = length
    return [UInt8](unsafeUninitializedCapacity: length) { memory, count in
      var buffer = JournalBuffer(UnsafeMutableRawBufferPointer(memory))
      for (index, entry) in entries.enumerated() {
        write(entry, length: index == 0 ? length : nil, to: &buffer)
      }
      count = buffer.count
    }
  }

  /// - Parameter length: The bytes of the whole batch, in its first record.
  private func write(_ entry: Entry, length: Int?, to buffer: inout JournalBuffer) {
    buffer.put("{\"crc\":\"")
    let checksum = buffer.count
    buffer.put("????????\",")
    let start = buffer.count
    buffer.put("\"seq\":")
    buffer.put(entry.sequence)
    buffer.put(",\"durable\":")
    buffer.put(durable)
    if let length {
      buffer.put(",\"batch\":{\"records\":")
      buffer.put(entries.count)
      buffer.put(",\"bytes\":")
      buffer.put(length)
      buffer.put("}")
    }
    buffer.put(",\"at\":\"")
    entry.at.write(to: &buffer)
    buffer.put("\",")
    buffer.put(entry.body)
    buffer.put("}")
    buffer.put(checksum: buffer.checksum(from: start), at: checksum)
    buffer.put("\n")
  }

  /// The bytes of all lines with their newlines.
  private var length: Int {
    let fixed = #"{"crc":"????????","seq":,"durable":,"at":"","#.utf8.count + 2 + JournalTime.length
    let common = fixed + JournalBuffer.digits(of: durable)
    var rest = #","batch":{"records":,"bytes":}"#.utf8.count
    rest += JournalBuffer.digits(of: entries.count)
    for entry in entries {
      rest += common + JournalBuffer.digits(of: entry.sequence) + entry.body.count
    }
    // The length counts its own digits.
    var length = rest
    while length != rest + JournalBuffer.digits(of: length) {
      length = rest + JournalBuffer.digits(of: length)
    }
    return length
  }
}

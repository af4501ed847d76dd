/// A place in a line of a journal that is being read.
struct JournalCursor {
  private let file: UnsafeRawBufferPointer
  private let end: Int
  private(set) var index: Int

  init(_ file: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.file = file
    index = range.lowerBound
    end = range.upperBound
  }

  /// Passes a text if it stands here.
  mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard end - index >= count else { return false }
    for offset in 0..<count where file[index + offset] != text.utf8Start[offset] { return false }
    index += count
    return true
  }

  /// Reads a number of at most 18 digits.
  mutating func number() -> Int? {
    let start = index
    var number = 0
    while index < end, index < start + 18 {
      let digit = file[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      number = number * 10 + Int(digit)
      index += 1
    }
    return index > start ? number : nil
  }

  /// Reads eight hexadecimal digits.
  mutating func checksum() -> UInt32? {
    guard end - index >= 8 else { return nil }
    var checksum: UInt32 = 0
    for offset in 0..<8 {
      guard let digit = Self.digit(file[index + offset]) else { return nil }
      checksum = checksum << 4 | digit
    }
    index += 8
    return checksum
  }

  mutating func time() -> JournalTime? {
    guard end - index >= JournalTime.length else { return nil }
    let text = UnsafeRawBufferPointer(rebasing: file[index..<index + JournalTime.length])
    index += JournalTime.length
    return JournalTime(text)
  }

  /// The value of a lower-case hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}

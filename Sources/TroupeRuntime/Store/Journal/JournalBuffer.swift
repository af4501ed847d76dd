/// A stretch of memory that is filled from its beginning.
struct JournalBuffer {
  private let memory: UnsafeMutableRawBufferPointer
  /// The number of bytes that are filled.
  private(set) var count = 0

  init(_ memory: UnsafeMutableRawBufferPointer) {
    self.memory = memory
  }

  /// Sums up what has been put since a position.
  func checksum(from start: Int) -> UInt32 {
    CRC32C.checksum(of: UnsafeRawBufferPointer(rebasing: memory[start..<count]))
  }

  mutating func put(_ text: StaticString) {
    put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func put(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { put($0) }
  }

  mutating func put(_ bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + bytes.count])
      .copyMemory(from: bytes)
    count += bytes.count
  }

  /// Puts a number that is not negative, in decimal.
  mutating func put(_ number: Int) {
    put(number, digits: Self.digits(of: number))
  }

  /// Puts the last digits of a number that is not negative, with zeros in front.
  mutating func put(_ number: Int, digits: Int) {
    var rest = number
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      memory[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// Overwrites eight bytes with a checksum in hexadecimal.
  func put(checksum: UInt32, at position: Int) {
    for index in 0..<8 {
      let digit = UInt8(truncatingIfNeeded: checksum >> UInt32(28 - 4 * index)) & 15
      memory[position + index] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
  }

  /// How many decimal digits a number has that is not negative.
  static func digits(of number: Int) -> Int {
    var (digits, rest) = (1, number)
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    return digits
  }
}

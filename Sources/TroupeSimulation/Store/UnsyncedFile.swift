/// How much of a file is on the disk, and what becomes of the rest in a crash.
///
/// A disk writes a sector of 512 bytes whole or not at all, in any order. The length of a file is
/// written apart from what it holds: it may already be that after any of the unsynced writes, or at
/// the end of any sector between them, and what was not written within it reads as zeros.
struct UnsyncedFile: Sendable {
  static let sector = 512

  /// The bytes from the beginning that are on the disk, but for those that were lost.
  private(set) var synced = 0
  /// The lengths after each write since then.
  private var ends: [Int] = []
  /// What a failed sync has not written and the system has forgotten: it still reads it, until the
  /// crash, and no later sync writes it.
  private var lost: [Range<Int>] = []
  /// What of it has been written once more since.
  private var rewritten: [Range<Int>] = []
  /// What is on the disk if cutting the file off has not reached it.
  private var uncut: [UInt8]?

  init() {}

  /// A file that is on the disk as it is.
  init(synced: Int) { self.synced = synced }

  /// Notes that the file was added to.
  mutating func grew(to length: Int) { ends.append(length) }

  /// Notes that the file was cut off, or filled up with zeros.
  ///
  /// - Parameter bytes: What it held before.
  mutating func wasTruncated(to length: Int, from bytes: [UInt8]) {
    guard length < bytes.count else { return ends.append(length) }
    if length < synced, uncut == nil { uncut = onDisk(bytes, length: synced) }
    synced = min(synced, length)
    ends = ends.filter { $0 < length } + (synced < length ? [length] : [])
    lost = lost.map { $0.clamped(to: 0..<length) }.filter { !$0.isEmpty }
  }

  /// Notes that a part was written once more: the next sync writes what of it was lost.
  mutating func wasRewritten(_ range: Range<Int>) { rewritten.append(range) }

  /// Notes that a sync has ended that began when the file had this length.
  mutating func wasSynced(at length: Int) {
    synced = max(synced, length)
    ends.removeAll { $0 <= length }
    uncut = nil
    lost = lost.filter { !isRewritten($0) }
    rewritten = []
  }

  /// Whether a part that was lost has been written once more.
  private func isRewritten(_ range: Range<Int>) -> Bool {
    rewritten.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
  }

  /// Notes that a sync has failed that began when the file had this length: each sector may have
  /// been written, and will not be if it has not.
  mutating func syncFailed(at length: Int, using random: inout SeededGenerator) {
    lost = lost.filter { !isRewritten($0) || Bool.random(using: &random) }
    rewritten = []
    lost += unsyncedSectors(to: length).filter { _ in Bool.random(using: &random) }
    synced = max(synced, length)
    ends.removeAll { $0 <= length }
  }

  /// What is left of the file after a crash.
  ///
  /// - Parameter bytes: What it held.
  func surviving(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    if let uncut, Bool.random(using: &random) { return uncut }
    var written = self
    written.lost = lost.filter { !isRewritten($0) || Bool.random(using: &random) }
    return written.onDisk(bytes, using: &random)
  }

  private func onDisk(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    let longest = ends.last ?? synced
    var lengths = Set([synced] + ends)
    lengths.formUnion(unsyncedSectors(to: longest).map(\.upperBound))
    let length = lengths.sorted().randomElement(using: &random) ?? synced
    var left = onDisk(bytes, length: length)
    for sector in unsyncedSectors(to: length) where Bool.random(using: &random) {
      erase(sector, of: &left)
    }
    return left
  }

  /// What there is of bytes of which nothing is lost that has been synced since.
  private func onDisk(_ bytes: [UInt8], length: Int) -> [UInt8] {
    var left = Array(bytes.prefix(length))
    for range in lost { erase(range.clamped(to: 0..<length), of: &left) }
    return left
  }

  private func erase(_ range: Range<Int>, of bytes: inout [UInt8]) {
    for index in range { bytes[index] = 0 }
  }

  /// The parts of sectors from the end of what is on the disk to a length.
  private func unsyncedSectors(to length: Int) -> [Range<Int>] {
    var sectors: [Range<Int>] = []
    var start = synced
    while start < length {
      let end = min((start / Self.sector + 1) * Self.sector, length)
      sectors.append(start..<end)
      start = end
    }
    return sectors
  }
}

import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

@Suite struct JournalTailTests {
  /// Journals of batches of these sizes.
  private static let batches = [1, 4, 2, 1, 6, 3, 1, 1, 5]

  @Test(arguments: [0, 400])
  func atEveryLengthTheWholeBatchesAreThere(filling: Int) throws {
    let bytes = JournalFixture.journal(Self.batches, filling: filling)
    let ends = ends(of: Self.batches, filling: filling)
    for length in stride(from: 0, through: bytes.count, by: filling == 0 ? 1 : 61) {
      let contents = try JournalReader.read(Array(bytes.prefix(length)))
      let whole = ends.last { $0.bytes <= length } ?? (0, 0)
      #expect(contents.records.map(\.sequence) == Array(1..<whole.records + 1))
      let left = length - whole.bytes
      #expect(contents.end == (left == 0 ? .whole : .torn(from: whole.bytes, bytes: left)))
    }
  }

  @Test func zerosToTheEndOfTheFileAreATail() throws {
    let whole = JournalFixture.journal([3, 2])
    for zeros in [1, 7, 511, 512, 5_000] {
      let contents = try JournalReader.read(whole + [UInt8](repeating: 0, count: zeros))
      #expect(contents.records.count == 5)
      #expect(contents.end == .torn(from: whole.count, bytes: zeros))
    }
  }

  /// What a crash leaves of a batch that was not synced, or of two, if the second was added by
  /// whoever found the first: of every sector any of the states that it had, and any length.
  @Test(arguments: [1, 2])
  func aCrashLeavesTheWholeBatches(unsynced: Int) throws {
    var random = SeededGenerator(seed: UInt64(unsynced))
    var seen: Set<Int> = []
    for _ in 0..<500 {
      let sizes = [1, 2] + (0..<unsynced).map { _ in Int.random(in: 1...4, using: &random) }
      var (states, next): ([[UInt8]], Int) = ([[]], 1)
      for (index, size) in sizes.enumerated() {
        let filling = Int.random(in: 0...700, using: &random)
        let records = (next..<next + size).map {
          ($0, JournalFixture.record($0, filling: filling))
        }
        // Only what was synced is known to be durable.
        let durable = index == 0 ? 0 : index == 1 ? 1 : 3
        let batch = JournalWriter.bytes(of: records, durable: durable, at: JournalFixture.date)
        states.append(states[index] + batch)
        next += size
      }
      let file = crash(of: Array(states[2...]), &random)
      let whole = try #require(states.last { file.starts(with: $0) })
      let contents = try JournalReader.read(file)
      let count = lines(of: whole).count
      seen.insert(count)
      #expect(contents.records.map(\.sequence) == Array(1..<count + 1))
      let left = file.count - whole.count
      #expect(contents.end == (left == 0 ? .whole : .torn(from: whole.count, bytes: left)))
      #expect(contents.durable <= 3)
    }
    #expect(seen.count > 3)
  }

  @Test func theRecordsOfATornBatchStillTellWhatIsDurable() throws {
    let whole = JournalFixture.journal([2, 2])
    let batch = JournalFixture.journal([3], from: 5)
    #expect(try JournalReader.read(whole + batch.dropLast(3)).durable == 4)
    #expect(try JournalReader.read(whole).durable == 2)
  }

  private func crash(of states: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
    let (first, last) = (states[0].count, states[states.count - 1].count)
    var file = [UInt8](repeating: 0, count: last)
    for start in stride(from: 0, to: last, by: 512) {
      let state = states[Int.random(in: 0..<states.count, using: &random)]
      let end = min(start + 512, state.count)
      if start < end { file.replaceSubrange(start..<end, with: state[start..<end]) }
    }
    // Often the whole length, as the holes are then most.
    let length = Bool.random(using: &random) ? last : Int.random(in: first...last, using: &random)
    return Array(file.prefix(length))
  }

  private func ends(of batches: [Int], filling: Int) -> [(bytes: Int, records: Int)] {
    batches.indices.map { index in
      let bytes = JournalFixture.journal(Array(batches[...index]), filling: filling)
      return (bytes.count, batches[...index].reduce(0, +))
    }
  }
}

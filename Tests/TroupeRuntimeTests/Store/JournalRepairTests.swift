import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

@Suite struct JournalRepairTests {
  @Test func everythingBeforeTheDamageIsSaved() throws {
    var bytes = JournalFixture.journal([2, 4, 3, 1])
    let all = lines(of: bytes)
    bytes[all[..<4].joined().count + 70] ^= 1
    let damage = try #require(throws: JournalDamage.self) { try JournalReader.read(bytes) }
    let repair = JournalRepair(of: bytes, damage)
    #expect(repair.kept == all[..<2].joined().count)
    #expect(repair.last == 4)
    #expect(repair.lost == [6...10])
    #expect(repair.lostRecords == 5)
    #expect(repair.unreadable == 1)
    #expect(repair.lostBytes == bytes.count - damage.offset)
    let repaired = try JournalReader.read(repair.repaired(bytes))
    #expect(repaired.records.map(\.type) == (1...4).map { "record\($0)" })
    #expect(repaired.end == .whole)
    #expect(repaired.durable == 2)
  }

  @Test func ofABrokenBeginningNothingIsSaved() throws {
    var bytes = JournalFixture.journal([1, 2])
    bytes[3] ^= 1
    let damage = try #require(throws: JournalDamage.self) { try JournalReader.read(bytes) }
    let repair = JournalRepair(of: bytes, damage)
    #expect(repair.repaired(bytes).isEmpty)
    #expect(repair.last == 0)
    #expect(repair.lost == [2...3])
  }

  @Test func everyRepairedJournalIsWhole() throws {
    var random = SeededGenerator(seed: 8)
    let bytes = JournalFixture.journal([1, 3, 2, 4])
    let records = try JournalReader.read(bytes).records.map(\.members)
    for _ in 0..<400 {
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &random)] ^= 4
      do {
        _ = try JournalReader.read(changed)
      } catch {
        let repair = JournalRepair(of: changed, error)
        let repaired = try JournalReader.read(repair.repaired(changed))
        #expect(repaired.end == .whole)
        #expect(repaired.records.count == error.line - 1)
        #expect(
          repaired.records.map { $0.members["type"] }
            == records.prefix(error.line - 1).map { $0["type"] })
      }
    }
  }
}

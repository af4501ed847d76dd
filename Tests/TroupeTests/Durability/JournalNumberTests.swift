import Foundation
import Testing
import Troupe
import TroupePlan

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Journals in which somebody has put other numbers, with the checksums that fit.
///
/// A crash would end the process of the tests.
@Suite(.timeLimit(.minutes(20))) struct JournalNumberTests {
  private static let folder = "\(CrashJournal.root)/runs/\(CrashJournal.run)"

  /// The journal of a run of the workflow that uses every construct.
  private struct Ended {
    let world: CrashWorld
    let tree: FileTree
    let records: [JournalRecord]
  }

  private func ended() async throws -> Ended {
    let simulation = EveryConstructCrashTests.simulation
    let program = try simulation.workflow.compile()
    let table = try StubTable(
      simulation.stubs, for: simulation.workflow, program, team: simulation.team)
    let world = CrashExplorer(
      program, table, team: simulation.team, patience: simulation.patience,
      input: [1, 2, 3, 4, 5, 6]
    ).world
    let end = try await world.run(
      seed: 1, witness: CrashWitness(CrashHistory(), keepsSnapshots: false))
    let journal = try #require(try CrashJournal(on: end.disk))
    return Ended(world: world, tree: end.disk.tree, records: journal.records)
  }

  private func disk(_ tree: FileTree, _ journal: [UInt8]) throws -> SimulatedDisk {
    var tree = tree
    let file = try tree.file("\(Self.folder)/journal-000001.jsonl", for: "open")
    try tree.truncate(file, to: 0)
    tree.write(journal, to: file)
    return SimulatedDisk(tree)
  }

  @Test(arguments: [Int.max, .min, -1])
  func oneThatCannotBeIsToldWithItsLine(number: Int) async throws {
    let ended = try await ended()
    let places = NumberInJournal.all(in: ended.records)
    #expect(Set(places.map(\.type)).count > 10)
    for place in places where !place.isUsers && !place.isTold(as: number) {
      let bytes = place.journal(ended.records, setting: number)
      let damage = #expect(throws: JournalDamage.self, "\(place)") { try JournalReader.read(bytes) }
      #expect(damage?.line == place.index + 1, "\(place)")
      #expect(damage?.problem == "'\(place.path.last ?? "")' cannot be \(number)", "\(place)")
    }
    for place in places.prefix(1) {
      let disk = try disk(ended.tree, place.journal(ended.records, setting: number))
      let history = CrashHistory()
      let end = try await ended.world.run(
        on: disk, seed: 2, witness: CrashWitness(history, keepsSnapshots: false))
      #expect("\(end.outcome)".contains("journal-000001.jsonl:\(place.index + 1): '"))
    }
  }

  @Test(arguments: [0, RecordNumbers.range.upperBound])
  func whateverStandsThereNothingCrashes(number: Int) async throws {
    let ended = try await ended()
    // What has ended is not walked any more.
    let records = Array(ended.records.dropLast())
    for place in NumberInJournal.all(in: records) where !place.isUsers {
      for kept in [place.index + 1, records.count] {
        let disk = try disk(ended.tree, place.journal(Array(records[..<kept]), setting: number))
        let end = try? await ended.world.run(
          on: disk, elapsed: .hours(200), seed: 2,
          witness: CrashWitness(CrashHistory(), keepsSnapshots: false))
        withExtendedLifetime(end) {}
      }
    }
  }

  private struct Loop: Workflow {
    let fails: Bool
    let input = Artifact<Int>("number")
    let output = Artifact<String>("text")
    let sum = Artifact<Int>("sum")
    let list = Artifact<[Int]>("list")
    let doubled = Artifact<[Int]>("doubled")

    var body: some Step {
      Stage("begin", reads: input, writes: sum) { $0 }
      Repeat("count", sum, upTo: 50, until: { $0 >= 20 }) {
        Stage("add", by: Role("clerk"), reads: sum, writes: sum) { "\($0 + 1)" }
          .gate("right", otherwise: .rework(upTo: 1)) { $0 > 0 }
      }
      .budget(tokens: 1_000_000)
      Stage("list", reads: sum, writes: list) { Array(0..<$0) }
      FanOut("each", over: list, into: doubled) { number, result in
        Stage("double", reads: number, writes: result) { $0 &* 2 }
      }
      Stage("say", reads: doubled, writes: output) { doubled in
        if fails { throw CocoaError(.featureUnsupported) }
        return "made \(doubled.count)"
      }
    }
  }

  private let team = Team {
    Member("ann", plays: Role("clerk")) {
      ClosureAgent { .text($0.prompt, usage: Usage(inputTokens: 3, outputTokens: 4, cost: 0.5)) }
    }
  }

  private func store(_ files: MemoryFiles) -> Store {
    Store(files: files, root: "store", retention: Retention(compactsAfter: 20, keeping: 1))
  }

  @Test(arguments: [Int.max, .min, -1, 0, RecordNumbers.range.upperBound])
  func theSameHoldsForWhatASnapshotKeeps(number: Int) async throws {
    let files = MemoryFiles()
    _ = try? await Runtime(team: team, store: store(files))
      .run(Loop(fails: true), input: 0, id: "run")
    let folder = store(files).folder(of: "run")
    let path = folder.segment(try await folder.newestSegment())
    let records = try JournalReader.read(try await files.read(path, limit: .max)).records
    let places = NumberInJournal.all(in: records).filter { !$0.isUsers }
    #expect(places.contains { $0.type == "snapshot" && $0.path.contains("loops") })
    #expect(places.contains { $0.type == "snapshot" && $0.path.contains("records") })
    for place in places {
      let copy = MemoryFiles()
      var tree = files.state.withLock { $0.tree }
      let file = try tree.file(path, for: "open")
      try tree.truncate(file, to: 0)
      tree.write(place.journal(records, setting: number), to: file)
      copy.state.withLock { $0.tree = tree }
      let runtime = Runtime(team: team, store: store(copy))
      let result = await Result.catching { try await runtime.resume(Loop(fails: false), id: "run") }
      if RecordNumbers.range.contains(number) || place.isTold(as: number) { continue }
      let error = #expect(throws: StoreError.self, "\(place)") { try result.get() }
      #expect(error?.description.contains("\(path):\(place.index + 1): '") == true, "\(place)")
    }
  }
}

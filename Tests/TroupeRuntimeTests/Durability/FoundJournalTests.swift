import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// What a process finds that another one has written and not synced, on a machine that goes on, is
/// made durable before anything is built upon it.
@Suite struct FoundJournalTests {
  /// Gives what fits in a record, or more.
  struct Trip: Workflow {
    let length: Int
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")

    var body: some Step {
      Stage("long", reads: input, writes: output) { String(repeating: "\($0)", count: length) }
    }
  }

  /// Runs the workflow on a machine, to its end or to that of the process.
  private func run(
    _ trip: Trip, on disk: SimulatedDisk, seed: UInt64, endingAt point: Int? = nil,
    _ faults: [FileFault] = []
  ) async throws -> (output: String?, files: SimulatedFiles) {
    let time = VirtualTime(seed: seed, patience: .milliseconds(100))
    let files = SimulatedFiles(
      disk, time: time, seed: seed, faults: faults, crashPoint: point)
    let runtime = Runtime(
      team: Team(), store: Store(files: files, root: "store"), clock: time.clock,
      randomness: SeededGenerator(seed: seed), executor: time.executor)
    let program = try trip.compile()
    let (output, _) = await time.run {
      try? await runtime.run(program, input: 7, id: "trip") as? String
    }
    return (output ?? nil, files)
  }

  @Test(arguments: [1, 70_000])
  func aPowerFailureTakesNothingAwayThatASecondProcessBuiltUpon(length: Int) async throws {
    let trip = Trip(length: length)
    let points = try await run(trip, on: SimulatedDisk(), seed: 1).files.points
      .filter { length == 1 || $0.path.contains("payloads") }.map(\.number)
    #expect(points.count > 5)
    for point in points {
      let first = try await run(trip, on: SimulatedDisk(), seed: 1, endingAt: point)
      let second = try await run(trip, on: first.files.disk, seed: 2)
      try #require(second.output?.count == length, "point \(point)")
      for seed in 0..<5 as Range<UInt64> {
        let left = second.files.disk.afterPowerFailure(seed: seed).tree
        let place: Comment = "point \(point), power failure \(seed)"
        let journal = try #require(
          try? left.read("store/runs/trip/journal-000001.jsonl"), place)
        let last = try JournalReader.read(journal).records.last
        #expect(last?.type == "ended", place)
        guard length > Payload.inlineLimit else { continue }
        let payload = RecordReader(last?.members ?? .null).string("outputFile")
        let found = try? left.read("store/runs/trip/payloads/\(payload)").count
        #expect(found == length + 2, place)
      }
    }
  }

  @Test func whatASyncFailedToWriteIsWrittenBeforeAnythingIsBuiltUponIt() async throws {
    let trip = Trip(length: 1)
    let name = "journal-000001.jsonl"
    var failures = 0
    for (number, seed) in (1...5).flatMap({ number in (1...8).map { (number, UInt64($0)) } }) {
      let fault = FileFault(.sync, of: name, number: number, failsFor: .damagedDevice)
      let first = try await run(trip, on: SimulatedDisk(), seed: seed, [fault])
      guard first.output == nil else { continue }
      failures += 1
      let place: Comment = "sync \(number) failed, seed \(seed)"
      // The machine goes on, and so what was not written can be read all the same, also when writing
      // it once more has failed as well.
      var found = first.files.disk
      if seed.isMultiple(of: 2) {
        let again = FileFault(.sync, of: name, failsFor: .damagedDevice)
        let between = try await run(trip, on: found, seed: seed + 50, [again])
        try #require(between.output == nil, place)
        found = between.files.disk
      }
      let second = try await run(trip, on: found, seed: seed + 100)
      try #require(second.output == "7", place)
      for seed in 0..<10 as Range<UInt64> {
        let left = second.files.disk.afterPowerFailure(seed: seed).tree
        let journal = try #require(try? left.read("store/runs/trip/\(name)"), place)
        let last = try JournalReader.read(journal).records.last
        #expect(last?.type == "ended", place)
      }
      // Without anything built upon it, it is there or not.
      for seed in 0..<10 as Range<UInt64> {
        let left = first.files.disk.afterPowerFailure(seed: seed)
        #expect(try await run(trip, on: left, seed: seed + 200).output == "7", place)
      }
    }
    #expect(failures > 10)
  }
}

import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// What a process finds that another one has written and not synced, on a machine that goes on, is
/// made durable before anything is built upon it.
@Suite struct FoundJournalTests {
  /// Gives more than fits in a record.
  struct Trip: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<String>("output")

    var body: some Step {
      Stage("long", reads: input, writes: output) { String(repeating: "\($0)", count: 70_000) }
    }
  }

  /// Runs the workflow on a machine, to its end or to that of the process.
  private func run(
    on disk: SimulatedDisk, seed: UInt64, endingAt point: Int? = nil
  ) async throws -> (output: String?, files: SimulatedFiles) {
    let time = VirtualTime(seed: seed, patience: .milliseconds(100))
    let files = SimulatedFiles(disk, time: time, seed: seed, crashPoint: point)
    let runtime = Runtime(
      team: Team(), store: Store(files: files, root: "store"), clock: time.clock,
      randomness: SeededGenerator(seed: seed), executor: time.executor)
    let program = try Trip().compile()
    let (output, _) = await time.run {
      try? await runtime.run(program, input: 7, id: "trip") as? String
    }
    return (output ?? nil, files)
  }

  @Test func aPowerFailureTakesNothingAwayThatASecondProcessBuiltUpon() async throws {
    let points = try await run(on: SimulatedDisk(), seed: 1).files.points.count
    #expect(points > 40)
    for point in 1...points {
      let first = try await run(on: SimulatedDisk(), seed: 1, endingAt: point)
      let second = try await run(on: first.files.disk, seed: 2)
      try #require(second.output?.count == 70_000, "point \(point)")
      for seed in 0..<5 as Range<UInt64> {
        let left = second.files.disk.afterPowerFailure(seed: seed).tree
        let place: Comment = "point \(point), power failure \(seed)"
        let journal = try #require(
          try? left.read("store/runs/trip/journal-000001.jsonl"), place)
        let last = try JournalReader.read(journal).records.last
        #expect(last?.type == "ended", place)
        let payload = RecordReader(last?.members ?? .null).string("outputFile")
        let length = try? left.read("store/runs/trip/payloads/\(payload)").count
        #expect(length == 70_002, place)
      }
    }
  }
}

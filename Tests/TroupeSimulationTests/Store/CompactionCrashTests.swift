import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Machines that end at each moment at which they can while a journal is compacted.
@Suite struct CompactionCrashTests {
  private struct Count: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let total = Artifact<Int>("total")
    let list = Artifact<[Int]>("list")
    let doubled = Artifact<[Int]>("doubled")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("count", total, upTo: 20, until: { $0 >= 8 }) {
        Stage("add", reads: total, writes: total) { $0 + 1 }.gate("positive") { $0 > 0 }
      }
      Stage("list", reads: total, writes: list) { Array(1...$0) }
      FanOut("each", over: list, into: doubled, atMost: 2) { number, result in
        Stage("double", reads: number, writes: result) { $0 * 2 }
      }
      Stage("end", reads: doubled, writes: output) { $0.reduce(0, +) }
    }
  }

  private struct Process {
    let files: SimulatedFiles
    let output: Int?
    let course: VirtualTime.Course
    /// What was durable and told.
    var finished: [String]
    var started: [String]
  }

  private func process(
    on disk: SimulatedDisk, crashPoint: Int?,
    _ retention: Retention = Retention(compactsAfter: 15)
  ) async throws -> Process {
    let time = VirtualTime(seed: 1, patience: .milliseconds(100))
    let files = SimulatedFiles(disk, time: time, seed: 1, crashPoint: crashPoint)
    let store = Store(files: files, root: "/store", retention: retention)
    let runtime = Runtime(
      team: Team(), store: store, clock: time.clock,
      // Another process has other random numbers, as names of temporary folders must have.
      randomness: SeededGenerator(seed: disk.tree.names.isEmpty ? 1 : 2),
      executor: time.executor)
    let program = try Count().compile()
    let told = Lock<(finished: [String], started: [String])>(([], []))
    let (output, course) = await time.run { () async -> Int? in
      try? await runtime.withRun(of: program, input: 0, id: "run") { run in
        var isResumed = false
        for await event in run.events {
          switch event.kind {
          // What was told until here, others have done.
          case .resumed:
            told.withLock { $0.started = [] }
            isResumed = true
          case .finished: told.withLock { $0.finished.append(event.address.description) }
          case .started: told.withLock { $0.started.append(event.address.description) }
          default: break
          }
        }
        if !isResumed { told.withLock { $0.started = [] } }
        return try await run.output() as? Int
      }
    }
    let (finished, started) = told.withLock { $0 }
    return Process(
      files: files, output: output ?? nil, course: course, finished: finished, started: started)
  }

  @Test func whateverIsDurableStaysAndNothingIsDoneTwice() async throws {
    let whole = try await process(on: SimulatedDisk(), crashPoint: nil)
    #expect(whole.output == 72)
    let points = whole.files.points
    let renames = points.filter { $0.next == .rename && $0.path.contains("journal-0") }
    #expect(renames.count >= 2, "\(renames)")
    let names = try whole.files.disk.tree.names(in: "/store/runs/run")
    #expect(names.filter { $0.hasPrefix("journal-") }.count == 1)
    for point in points.indices {
      let crashed = try await process(on: SimulatedDisk(), crashPoint: point + 1)
      guard crashed.course == .halted else { continue }
      for seed in 0..<3 {
        let disk =
          seed == 0
          ? crashed.files.disk : crashed.files.disk.afterPowerFailure(seed: UInt64(seed))
        let next = try await process(on: disk, crashPoint: nil)
        let place = "\(points[point]), \(seed)"
        #expect(next.output == 72, "\(place): \(next.course)")
        guard next.output != nil else { continue }
        let doubled = Set(crashed.finished).intersection(next.started)
        #expect(doubled.isEmpty, "\(place)")
        let left = try next.files.disk.tree.names(in: "/store/runs/run")
        #expect(left.filter { $0.hasPrefix("journal-") }.count == 1, "\(place): \(left)")
        let audit = next.files.disk.tree.text("/store/runs/run/audit.jsonl") ?? ""
        let lines = audit.split(separator: "\n")
        #expect(Set(lines).count == lines.count, "\(place)")
      }
    }
  }

  @Test func aPowerFailureTakesNoPartAwayThatASecondProcessWroteTo() async throws {
    // Compacted once, so that nothing later makes the name durable.
    let retention = Retention(compactsAfter: 40, keeping: 2)
    let whole = try await process(on: SimulatedDisk(), crashPoint: nil, retention)
    let renames = whole.files.points.filter { $0.done == .rename && $0.path.contains("journal-0") }
    try #require(renames.count == 1, "\(renames)")
    let crashed = try await process(
      on: SimulatedDisk(), crashPoint: renames[0].number, retention)
    let next = try await process(on: crashed.files.disk, crashPoint: nil, retention)
    #expect(next.output == 72)
    for seed in 0..<10 as Range<UInt64> {
      let left = next.files.disk.afterPowerFailure(seed: seed).tree
      let journal = try? left.read("/store/runs/run/journal-000002.jsonl")
      let last = try JournalReader.read(journal ?? []).records.last
      #expect(last?.type == "ended", "power failure \(seed)")
    }
  }
}

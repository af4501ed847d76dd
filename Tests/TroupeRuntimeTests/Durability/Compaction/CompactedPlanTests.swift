import Testing
import TroupePlan
import TroupeSimulation
import TroupeTestSupport

@testable import TroupeRuntime

/// Random plans whose journals are compacted again and again: runs that go on from a snapshot are
/// those that would go on from the whole journal.
@Suite struct CompactedPlanTests {
  /// What was performed to its end, by address and take.
  private final class Ledger: Sendable {
    private let counts = Lock([String: Int]())

    var doubled: [String] { counts.withLock { $0.filter { $0.value > 1 }.keys.sorted() } }
    var isEmpty: Bool { counts.withLock { $0.isEmpty } }

    func note(_ context: StageContext) {
      counts.withLock { $0["\(context.address) \(context.take)", default: 0] += 1 }
    }
  }

  private func program(of root: Sprout, _ ledger: Ledger) -> Program {
    let program = Behaviour.program(of: root)
    let bodies = zip(program.bodies, program.traits).map { body, traits in
      // What the run may give up is done again if it ended too late.
      guard case .code(let perform, let output) = body.work, !traits.contains(.detachable) else {
        return body
      }
      var body = body
      body.work = .code(
        { values in
          let value = try await perform(values)
          if let context = StageContext.current { ledger.note(context) }
          return value
        }, output: output)
      return body
    }
    return Program(
      plan: program.plan, diagnostics: [], input: program.input, output: program.output,
      bodies: bodies, layout: program.layout)
  }

  private struct Outcome {
    var output: String?
    var course: VirtualTime.Course
    var snapshots: Int
    var last: Int
    var interruptions: Int
  }

  /// Runs a plan, and interrupts it at each of some events.
  private func run(
    _ root: Sprout, _ ledger: Ledger, seed: Int, every records: Int?, stops: [Int]
  ) async throws -> Outcome {
    let time = VirtualTime(seed: UInt64(seed), patience: .milliseconds(20))
    let retention = Retention(compactsAfter: records)
    let store = Store(
      files: MemoryFiles(executor: time.executor), root: "store", retention: retention)
    let program = program(of: root, ledger)
    let (result, course) = await time.run {
      await Self.run(program, on: store, time, stops: stops)
    }
    let ended = try #require(result)
    let (output, interruptions) = try ended.get()
    let segment = try await store.folder(of: "run").newestSegment()
    let count = try await store.folder(of: "run").records().last?.sequence ?? 0
    return Outcome(
      output: output, course: course, snapshots: segment - 1, last: count,
      interruptions: interruptions)
  }

  private struct Stop: Error {}

  private static func run(
    _ program: Program, on store: Store, _ time: VirtualTime, stops: [Int]
  ) async -> Result<(output: String?, interruptions: Int), any Error> {
    var interruptions = 0
    do {
      for stop in stops + [.max] {
        let runtime = Runtime(
          team: Team(), store: store, clock: time.clock, randomness: SeededGenerator(seed: 1),
          width: 3, executor: time.executor)
        do {
          let output = try await runtime.withRun(of: program, input: "start", id: "run") { run in
            for await event in run.events where event.sequence >= stop { throw Stop() }
            return try await run.output()
          }
          return .success((output as? String, interruptions))
        } catch is Stop {
          interruptions += 1
        } catch is RunFailure {
        } catch is RunAborted {}
      }
      return .success((nil, interruptions))
    } catch {
      return .failure(error)
    }
  }

  @Test(arguments: [3, 10])
  func whatGoesOnFromASnapshotEndsAsIfNothingHadBeen(every records: Int) async throws {
    var (succeeded, failed, snapshots, interruptions) = (0, 0, 0, 0)
    for number in 0..<40 {
      var seed = SoundSeed(number)
      let root = seed.grow()
      guard !root.all.contains(where: { $0.kind == .race }) else { continue }
      guard let expected = Interpreter.outcome(of: root) else { continue }
      let whole = try await run(root, Ledger(), seed: 1, every: nil, stops: [])
      let last = whole.last
      for stops in [[], [last / 2], [last / 3, last / 2, 2 * last / 3], [last - 2]] {
        let ledger = Ledger()
        let outcome = try await run(root, ledger, seed: 1, every: records, stops: stops)
        let place = "plan \(number), stopped at \(stops)"
        #expect(outcome.course == .deterministic, "\(place)")
        #expect(outcome.output == (try? expected.get()), "\(place)")
        #expect(ledger.doubled == [], "\(place)")
        snapshots += outcome.snapshots
        interruptions += outcome.interruptions
      }
      if case .success = expected { succeeded += 1 } else { failed += 1 }
    }
    #expect(succeeded > 2 && failed > 2, "\(succeeded), \(failed)")
    #expect(snapshots > 100 && interruptions > 40, "\(snapshots), \(interruptions)")
  }
}

import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Who has made something that a resumed run has given up is not remembered.
@Suite struct AbandonedAuthorsTests {
  private static let writer = Role("writer")
  private static let editor = Role("editor")

  /// A reviewed contestant that loses in the middle of its work.
  private struct Contest: Workflow {
    let clock: any RunClock
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let note = Artifact<String>("note")

    var body: some Step {
      Race("race") {
        Phase("slow") {
          Stage("write", by: writer, reads: input, writes: note) { "\($0)" }
          Stage("rest", reads: input, note, writes: output) { number, _ in
            try await clock.sleep(until: clock.now + .hours(1))
            return number
          }
        }
        .gate("agreed", on: output, reviewedBy: editor, independent: true)
        Stage("quick", reads: input, writes: output) { number in
          try await clock.sleep(until: clock.now + .minutes(1))
          return number
        }
      }
    }
  }

  /// Runs on a machine, to the end or to that of the process.
  ///
  /// - Returns: How many visits were known whose authors may be asked for, at the end; `nil` if the
  ///   process ended before.
  private func run(
    on disk: SimulatedDisk, endingAt point: Int? = nil
  ) async throws -> (known: Int?, files: SimulatedFiles) {
    let time = VirtualTime(seed: 1, patience: .milliseconds(100))
    let files = SimulatedFiles(disk, time: time, seed: 1, faults: [], crashPoint: point)
    let team = Team {
      Member("ann", plays: Self.writer) { ClosureAgent { _ in .text("text") } }
      Member("ed", plays: Self.editor) {
        ClosureAgent { _ in .json(["decision": "accept", "comments": []]) }
      }
    }
    let runtime = Runtime(
      team: team, store: Store(files: files, root: "store"), clock: time.clock,
      randomness: SeededGenerator(seed: 1), executor: time.executor)
    let program = try Contest(clock: time.clock).compile()
    let (known, _) = await time.run {
      try? await runtime.withRun(of: program, input: 7, id: "a") { run in
        _ = try await run.output()
        return run.execution.authors?.count
      }
    }
    return ((known ?? nil) ?? nil, files)
  }

  @Test func nothingIsKnownOfThemAtTheEnd() async throws {
    let whole = try await run(on: SimulatedDisk())
    #expect(whole.known == 0)
    var resumed = 0
    for point in whole.files.points.map(\.number) {
      let first = try await run(on: SimulatedDisk(), endingAt: point)
      let second = try await run(on: first.files.disk)
      #expect(second.known == 0 || second.known == nil, "point \(point)")
      if second.known != nil { resumed += 1 }
    }
    #expect(resumed > 5)
  }
}

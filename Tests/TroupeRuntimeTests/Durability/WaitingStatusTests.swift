import Testing
import Troupe

@testable import TroupeRuntime

/// Runs that a process holds, and that do nothing but wait.
@Suite struct WaitingStatusTests {
  /// Waits for an answer while something else is at work, and is asked what it thinks of the answer.
  struct Asking: Workflow {
    let work: Latch
    let gate: Latch
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let answer = Artifact<Int>("answer")
    let worked = Artifact<Int>("worked")

    static let answer = Signal<Int>("answer")

    var body: some Step {
      Parallel {
        Phase("ask") {
          Wait("answer", for: Self.answer, writes: answer)
            .gate("fits", on: answer) { _ in
              await gate.wait()
              return true
            }
        }
        Phase("work") {
          Wait("a moment", lasting: .milliseconds(1))
          Stage("dig", reads: input, writes: worked) { number in
            await work.wait()
            return number
          }
        }
      }
      Stage("end", reads: answer, worked, writes: output) { $0 + $1 }
    }
  }

  private let store = Store.memory
  private let work = Latch()
  private let gate = Latch()
  private var workflow: Asking { Asking(work: work, gate: gate) }

  /// Checks how the list of all runs and the run's own history say that it stands.
  private func expect(_ status: RunStatus) async throws {
    let (listed, own) = (
      try await store.runs().first?.status, try await store.history(of: "a").status
    )
    #expect(listed == status)
    #expect(own == status)
  }

  @Test func aRunOnlyWaitsWhenNothingOfItIsAtWork() async throws {
    let holder = "process \(ThisProcess.number)"
    let (running, waiting) = (RunStatus.running(by: holder), RunStatus.waiting(by: holder))
    let runtime = Runtime(store: store)
    try await runtime.withRun(of: workflow, input: 1, id: "a") { run in
      await work.untilArrived()
      for await event in run.events { if case .started = event.kind { break } }
      try await expect(running)
      work.open()
      for await event in run.events where event.address.description == "asking/parallel/work" {
        if case .closed = event.kind { break }
      }
      try await expect(waiting)
    }
    try await expect(.stopped(.asked))
    try await runtime.withRun(of: workflow, input: 1, id: "a") { run in
      for await event in run.events { if case .resumed = event.kind { break } }
      try await expect(waiting)
      try await run.signal(Asking.answer, 41)
      await gate.untilArrived()
      try await expect(running)
      gate.open()
      #expect(try await run.output == 42)
    }
    try await expect(.ended(.completed))
  }
}

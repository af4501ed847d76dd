import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Events whose records never reached the disk.
@Suite struct UntoldEventsTests {
  private struct Two: Workflow {
    let input = Artifact<Int>("in")
    let between = Artifact<Int>("between")
    let output = Artifact<Int>("out")

    var body: some Step {
      Stage("first", reads: input, writes: between) { $0 + 1 }
      Stage("second", reads: between, writes: output) { $0 + 1 }
    }
  }

  @Test(arguments: 2...4) func nobodyIsToldOfThemNotEvenAfterTheEnd(write: Int) async throws {
    let memory = MemoryFiles()
    let fault = FileFault(
      .write, of: "journal-000001.jsonl", number: write, failsFor: .noSpace, isLasting: true)
    let runtime = Runtime(store: Store(files: FaultyFiles(memory, [fault]), root: "store"))
    let heard = Notes()
    try await runtime.withRun(of: Two(), input: 1, id: "a") { run in
      await #expect(throws: JournalError.self) { try await run.output }
      for await event in run.events { heard.add(String(event.sequence)) }
    }
    let history = try await Store(files: memory, root: "store").history(of: "a")
    #expect(heard.all == history.events.map { String($0.sequence) })
  }
}

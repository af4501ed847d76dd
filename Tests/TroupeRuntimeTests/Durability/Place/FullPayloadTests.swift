import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// A disk that has no room for a large value.
@Suite struct FullPayloadTests {
  /// A large text, a small one instead where it fails, and its length.
  private struct Large: Workflow {
    let made: Notes
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    let text = Artifact<String>("text")

    var body: some Step {
      Stage("make", reads: input, writes: text) { count in
        made.add("made")
        return String(repeating: "x", count: count)
      }
      .retry(attempts: 3)
      .timeout(.hours(1))
      .fallback { Stage("small", writes: text) { "small" } }
      Stage("measure", reads: text, writes: output) { $0.count }
    }
  }

  @Test func noOtherWorkIsDoneBecauseOfItAndTheRunGoesOnWhenThereIsRoom() async throws {
    let (memory, made) = (MemoryFiles(), Notes())
    let full = FaultyFiles(
      memory, [FileFault(.write, of: "new-1", failsFor: .noSpace, isLasting: true, written: 9)])
    let runtime = Runtime(store: Store(files: full, root: "store"))
    let error = await #expect(throws: JournalError.self) {
      try await runtime.run(Large(made: made), input: 100_000, id: "a")
    }
    #expect(error?.description.contains("No space left on device") == true)
    #expect(made.all == ["made"])
    let store = Store(files: memory, root: "store")
    #expect(try await memory.names(in: store.folder(of: "a").path + "/payloads").isEmpty)
    #expect(
      try await Runtime(store: store).resume(Large(made: made), id: "a") == 100_000)
    #expect(made.all == ["made", "made"])
  }
}

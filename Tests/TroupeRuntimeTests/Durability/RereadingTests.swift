import Testing
import Troupe

@testable import TroupeRuntime

@Suite struct RereadingTests {
  struct Squaring: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")

    var body: some Step {
      Stage("multiply", reads: input, input, writes: output) { $0 * $1 }
    }
  }

  @Test func aStageMayReadAnArtifactTwice() async throws {
    let runtime = Runtime(store: .memory)
    let output = try await runtime.run(Squaring(), input: 7, id: "squaring")
    let again = try await runtime.run(Squaring(), input: 7, id: "squaring")
    #expect(output == 49)
    #expect(again == 49)
  }
}

import Foundation
import Testing
import Troupe
import TroupePlan

/// The fingerprint is what a run's history is compared with, so that it must be the same wherever
/// the plan is compiled.
@Suite struct FingerprintTests {
  @Test func itIsTheSameInAnotherProcess() async throws {
    let here = try allPlans()
    let result = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        try FileHandle.standardOutput.write(contentsOf: Data(("\n" + allPlans() + "\n").utf8))
      })
    let output = String(decoding: result.standardOutputContent, as: UTF8.self)
    #expect(output.contains("\n\(here)\n"), "in the other process: \(output)")
  }
}

/// Fingerprints and JSON of workflows, one of which has payloads that are private, local and
/// nested; addresses, hash seeds or names made up at run time would differ between processes.
private func allPlans() throws -> String {
  struct Local: Codable, Sendable, Hashable { var word = "" }
  struct Mixed: Workflow {
    let input = Artifact<Hidden>("hidden")
    let output = Artifact<[String: Local]>("local")
    let nested = Artifact<[Hidden.Part]?>("nested")
    let marks = Artifact<Set<Local>>("marks")
    let box = Artifact<Box<Local>>("box")
    var body: some Step {
      Parallel {
        Stage("split", reads: input, writes: nested) { $0.parts }
        Stage("mark", by: Role("marker", skills: ["b", "a", "c"]), reads: input, writes: marks) {
          "\($0)"
        }
        Stage("pack", reads: input, writes: box) { _ in Box(content: Local()) }
      }
      Stage("end", reads: nested, marks, box, writes: output) { _, _, _ in [:] }
    }
  }
  let plans = [
    try Mixed().compile().plan, try LaunchPost().compile().plan,
    try EveryConstruct().compile().plan,
  ]
  return plans.map { "\($0.fingerprint) \($0.json.prettyText)" }.joined(separator: "\n")
}

private struct Hidden: Codable, Sendable {
  var parts: [Part]?
  struct Part: Codable, Sendable { var number: Int }
}

private struct Box<Content: Codable & Sendable>: Codable, Sendable { var content: Content }

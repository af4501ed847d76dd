import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Runs that are kept in a store, and go on where their journal ends.
@Suite struct ResumeTests {
  struct Trip: Workflow {
    let ledger: Ledger
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let doubled = Artifact<Int>("doubled")

    var body: some Step {
      Stage("double", reads: input, writes: doubled) { number in
        await ledger.note("double")
        return number * 2
      }
      Stage("add", reads: doubled, writes: output) { number in
        try await ledger.pass("add")
        return number + 1
      }
    }
  }

  actor Ledger {
    private(set) var lines: [String] = []
    var fails = true
    func note(_ line: String) { lines.append(line) }
    func pass(_ line: String) throws {
      lines.append(line)
      defer { fails = false }
      if fails { throw Failing() }
    }
  }

  struct Failing: Error, CustomStringConvertible { let description = "no luck" }

  @Test func aRunThatFailedGoesOnWhereItFailed() async throws {
    let ledger = Ledger()
    let runtime = Runtime(store: .memory)
    await #expect(throws: RunFailure.self) {
      try await runtime.run(Trip(ledger: ledger), input: 20, id: "trip")
    }
    let output = try await runtime.run(Trip(ledger: ledger), input: 20, id: "trip")
    let again = try await runtime.run(Trip(ledger: ledger), input: 20, id: "trip")
    #expect(output == 41)
    #expect(again == 41)
    #expect(await ledger.lines == ["double", "add", "add"])
  }

  @Test func aFolderKeepsARun() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let ledger = Ledger()
    await #expect(throws: RunFailure.self) {
      try await Runtime(store: .directory(folder)).run(Trip(ledger: ledger), input: 20, id: "trip")
    }
    let output = try await Runtime(store: .directory(folder))
      .run(Trip(ledger: ledger), input: 20, id: "trip")
    #expect(output == 41)
  }
}

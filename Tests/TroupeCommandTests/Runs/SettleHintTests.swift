import Foundation
import Testing
import Troupe
import TroupeCommand

/// The lines that a run in doubt prints, to be pasted.
@Suite struct SettleHintTests {
  private struct Lost: Error, CustomStringConvertible { let description = "no answer" }

  /// Pays and tells of it, each at most once, and does not know whether it worked; names and
  /// values are such as a shell would take apart.
  private struct Paying: Workflow {
    struct Receipt: Codable, Sendable, Equatable { var number: Int }

    let input = Artifact<String>("input")
    let output = Artifact<Receipt>("receipt")
    var name: String { "paying" }

    var body: some Step {
      Parallel("both") {
        Stage("pay Ann's rent", reads: input, writes: output) { _ in throw Lost() }
          .atMostOnce()
        Effect("tell", reads: input) { _ in throw Lost() }.atMostOnce()
      }
    }
  }

  private static let place = "paying/both/pay Ann's rent"
  private let shell = Shell(workflows: [Paying()], environment: ["USER": "Ann"])

  /// Has a run that is in doubt, in a store of a difficult name, and gives what it printed.
  private func inDoubt(
    _ work: (_ errors: String, _ store: [String]) async throws -> Void
  ) async throws {
    try await StoreFolder.with { folder in
      let store = ["--store", "\(folder.path)/my store"]
      let run = await shell.call(["run", "paying", "--input=5", "--id=a"] + store)
      #expect(run.code == .failed)
      try await work(run.errors, store)
    }
  }

  private func lines(_ text: String, with option: String) -> [String] {
    text.split(separator: "\n").filter { $0.contains("newsroom settle") && $0.contains(option) }
      .map(String.init)
  }

  @Test func eachLineSaysOneThingAndCanBePasted() async throws {
    for option in ["--output", "--not-done", "--abort"] {
      try await inDoubt { errors, store in
        let line = try #require(lines(errors, with: option).first { $0.contains("rent") })
        let settled = try await shell.type(line)
        #expect(settled.code == .done, "\(line)\n\(settled.errors)")
        #expect(settled.output.contains("what became of '\(Self.place)'"))
      }
    }
  }

  @Test func onlyWhatTheStepAllowsIsOffered() async throws {
    try await inDoubt { errors, store in
      for text in [
        errors, await shell.call(["runs"] + store).errors,
        await shell.call(["show", "a"] + store).errors,
      ] {
        #expect(lines(text, with: "rent").count == 3, "\(text)")
        #expect(lines(text, with: "both/tell").count == 3, "\(text)")
        #expect(lines(text, with: "--done").allSatisfy { $0.contains("both/tell") })
        #expect(lines(text, with: "--output").allSatisfy { $0.contains(#"'{"number":0}'"#) })
        #expect(lines(text, with: "--output").count == 1)
      }
    }
  }

  @Test func anExecutableWithoutTheWorkflowNamesAFile() async throws {
    try await inDoubt { _, store in
      let text = await Shell(workflows: []).call(["show", "a"] + store).errors
      #expect(lines(text, with: "--output @FILE ").count == 1, "\(text)")
      #expect(lines(text, with: "--done").count == 1)
    }
  }

  @Test func whatHasBeenSettledIsNotAskedForAgain() async throws {
    try await inDoubt { errors, store in
      let line = try #require(lines(errors, with: "--not-done").first { $0.contains("rent") })
      _ = try await shell.type(line)
      for command in [["runs"], ["show", "a"]] {
        let shown = await shell.call(command + store)
        #expect(lines(shown.errors, with: "rent").isEmpty)
        #expect(lines(shown.errors, with: "both/tell").count == 3)
        #expect(shown.errors.contains("resume with: newsroom resume a --store '"))
      }
    }
  }
}

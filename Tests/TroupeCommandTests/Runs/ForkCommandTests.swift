import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupePlan
import TroupeRuntime

/// Runs that begin where other ones were.
@Suite struct ForkCommandTests {
  private struct Sum: Workflow {
    let name = "sum"
    let input = Artifact<Int>("number")
    let middle = Artifact<Int>("middle")
    let word = Artifact<String>("word")
    let output = Artifact<String>("text")
    var body: some Step {
      Stage("double", reads: input, writes: middle) { $0 * 2 }
      Stage("name", reads: middle, writes: word) { "sum of \($0)" }
      Stage("pay", reads: middle, word, writes: output) { "\($1): \($0)" }.atMostOnce()
    }
  }

  private let shell = Shell(workflows: [Sum()])

  /// A store with a run that has ended, and the number of the record that ends the first stage.
  private func prepare(_ folder: StoreFolder, before type: String = "name") async throws -> Int {
    let run = await shell.call("run", "sum", "--input=21", "--store", folder.store, "--id=a")
    #expect(run.code == .done, "\(run)")
    let history = try await Store.directory(folder.store).history(of: "a")
    let started = try #require(
      history.steps.first { $0.address.description == "sum/\(type)" }?.record)
    // A record that ends its batch, as the error about one that does not says.
    for record in started...history.records {
      let result = await shell.call(
        "fork", "a", "--at", "\(record)", "--store", folder.store, "--repeat-effects")
      if result.code == .done { return record }
    }
    Issue.record("there is no place to fork")
    return 0
  }

  @Test func aForkGoesOnByItself() async throws {
    try await StoreFolder.with { folder in
      let record = try await prepare(folder)
      let result = await shell.call(
        "fork", "a", "--at=\(record)", "--store", folder.store, "--artifact=word=in all",
        "--repeat-effects")
      #expect(result.code == .done)
      let id = result.output.trimmingCharacters(in: .newlines)
      #expect(result.errors.contains("performs again: sum/pay, which was done by the parent\n"))
      #expect(
        result.errors.hasSuffix("resume with: newsroom resume \(id) --store \(folder.store)\n"))
      let resumed = await shell.call("resume", id, "--store", folder.store)
      #expect(resumed.code == .done, "\(resumed)")
      #expect(["in all: 42\n", "sum of 42: 42\n"].contains(resumed.output))
      let shown = await shell.call("show", id, "--store", folder.store).output
      #expect(shown.contains("forked from run 'a' at record \(record)"), "\(shown)")
      let parent = await shell.call("resume", "a", "--store", folder.store)
      #expect(parent.output == "sum of 42: 42\n")
    }
  }

  @Test func theJSONSaysWhatIsPerformedAgain() async throws {
    try await StoreFolder.with { folder in
      let record = try await prepare(folder)
      let result = await shell.call(
        "fork", "a", "--at=\(record)", "--store", folder.store, "--repeat-effects", "--json")
      let json = try JSONValue(parsing: Array(result.output.utf8))
      #expect(json["parent"] == "a")
      #expect(json["record"] == .integer(record))
      guard case .array(let stages)? = json["repeats"] else {
        Issue.record("\(json)")
        return
      }
      #expect(
        stages.last == [
          "address": "sum/pay", "isFinished": true, "isAtMostOnce": true, "isInDoubt": false,
        ], "\(json)")
    }
  }

  @Test func whatHappensAtMostOnceIsRepeatedOnlyOnRequest() async throws {
    try await StoreFolder.with { folder in
      let record = try await prepare(folder)
      let before = try await Store.directory(folder.store).runs().count
      let result = await shell.call("fork", "a", "--at=\(record)", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(
        result.errors.contains("the fork would perform again what happens at most once: 'sum/pay'"))
      #expect(result.errors.hasSuffix("\n  '--repeat-effects' says so\n"))
      #expect(try await Store.directory(folder.store).runs().count == before)
    }
  }

  @Test func whatCannotBeForkedIsRefusedWithTheReason() async throws {
    try await StoreFolder.with { folder in
      let record = try await prepare(folder)
      func errors(_ arguments: String...) async -> String {
        let result = await shell.call(
          ["fork"] + arguments + ["--store", folder.store, "--repeat-effects"])
        #expect(result.code == .usage, "\(result)")
        #expect(result.output.isEmpty)
        return result.errors
      }
      #expect(await errors("zebra", "--at=1").hasPrefix("error: there is no run 'zebra' in "))
      #expect(await errors("a").hasPrefix("error: 'fork' needs '--at'"))
      #expect(
        await errors("a", "--at=x").hasPrefix(
          "error: option '--at' takes the number of a record, not 'x'"))
      #expect(await errors("a", "--at=1000").contains("has no record 1000: the last one is "))
      let last = try await Store.directory(folder.store).history(of: "a").records
      #expect(await errors("a", "--at=\(last)").contains("it had ended there (completed)"))
      let at = "--at=\(record)"
      #expect(
        await errors("a", at, "--artifact=word").hasPrefix(
          "error: option '--artifact' takes NAME=JSON, not 'word'"))
      #expect(
        await errors("a", at, "--artifact=wort=x").contains(
          "has no artifact 'wort' of its own; it has "))
      #expect(
        await errors("a", at, "--artifact=middle=[1").hasPrefix(
          "error: the value of 'middle' is no JSON: "))
      #expect(
        await errors("a", at, "--artifact=middle=many").hasPrefix(
          "error: artifact 'middle' is of type "))
    }
  }

  @Test func whatIsCompactedIsRefusedWithTheEarliestRecord() async throws {
    struct Long: Workflow {
      let name = "long"
      let input = Artifact<Int>("number")
      let output = Artifact<Int>("sum")
      var body: some Step {
        Stage("begin", reads: input, writes: output) { $0 }
        Repeat("count", output, upTo: 100, until: { $0 >= 50 }) {
          Stage("add", reads: output, writes: output) { $0 + 1 }
        }
      }
    }
    try await StoreFolder.with { folder in
      let store = Store.directory(folder.store, retention: Retention(compactsAfter: 10))
      _ = try await Runtime(store: store).run(Long(), input: 0, id: "a")
      let shell = Shell(workflows: [Long()])
      let result = await shell.call("fork", "a", "--at=3", "--store", folder.store)
      #expect(result.code == .usage)
      #expect(
        result.errors.contains(
          "its journal was compacted; the earliest record that can be asked for is "))
      let shown = await shell.call("show", "a", "--at=3", "--store", folder.store)
      #expect(shown.errors == result.errors)
      #expect(await shell.call("show", "a", "--store", folder.store).code == .done)
      #expect(await shell.call("runs", "--store", folder.store).output.contains("completed"))
    }
  }
}

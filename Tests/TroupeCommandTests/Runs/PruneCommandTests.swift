import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

/// Runs that are removed.
@Suite struct PruneCommandTests {
  private let shell = Shell(workflows: [Trip(), Echo()])

  @Test func runsThatEndedAreRemovedAndNamed() async throws {
    try await StoreFolder.with { folder in
      for id in ["a", "b"] {
        _ = await shell.call("run", "echo", "--input=x", "--store", folder.store, "--id=\(id)")
      }
      _ = await shell.call(
        "run", "trip", "--input", folder.ledger, "--set=fails=true", "--store", folder.store,
        "--id=c")
      let young = await shell.call("prune", "--older-than=1d", "--store", folder.store)
      #expect(young.code == .done)
      #expect(young.output.isEmpty)
      #expect(young.errors == "removed 0 runs\n")
      let lock = try await PosixFiles().lock("\(folder.store)/runs/b/lock", note: "process 17")
      let old = await shell.call("prune", "--older-than=0s", "--store", folder.store)
      #expect(old.output == "a\n")
      #expect(old.errors == "removed 1 run\n")
      lock.release()
      let rest = await shell.call(
        "prune", "--older-than=0s", "--unended", "--json", "--store", folder.store)
      #expect(rest.output == "[\n  \"b\",\n  \"c\"\n]\n")
      #expect(await shell.call("runs", "--store", folder.store).output.isEmpty)
    }
  }

  @Test func aTimeIsNeeded() async throws {
    let missing = await shell.call("prune")
    #expect(missing.code == .usage)
    #expect(missing.errors.hasPrefix("error: 'prune' needs '--older-than' with a time"))
    let wrong = await shell.call("prune", "--older-than=soon")
    #expect(wrong.code == .usage)
    #expect(
      wrong.errors.hasPrefix("error: option '--older-than' takes a time, such as 30d or 12h, not "))
  }
}

import Testing
import Troupe
import TroupeCommand

/// Ladders on the command line.
@Suite struct LadderCommandTests {
  private struct Work: Workflow {
    let input = Artifact<String>("input")
    let output = Artifact<String>("output")

    var body: some Step {
      Stage("work", reads: input, writes: output) { _ in throw Concern(.security, "who is that?") }
        .escalate {
          On(.concern(.security)) {
            Notify("operations")
            Ask(Role("boss"), within: .hours(4))
          }
        }
    }
  }

  private func shell(_ resolution: Resolution) -> Shell {
    var shell = Shell(workflows: [Work()])
    shell.team = Team {
      Member("ann", plays: Role("boss")) { ClosureAgent { _ in .value(resolution) } }
    }
    return shell
  }

  @Test func aPlanListsTheRungs() async {
    let plan = await shell(.retry()).call("plan", "work")
    #expect(
      plan.output.contains(
        "on concern about security: notify operations → ask boss within 4 h\n"), "\(plan.output)")
  }

  @Test func aRunShowsWhoDecidedWhat() async throws {
    try await StoreFolder.with { folder in
      let shell = shell(.supply("that is Ann", reason: "I know her"))
      let run = await shell.call("run", "work", "--input=x", "--store", folder.store, "--id=a")
      #expect(run.code == .done)
      #expect(run.output == "that is Ann\n")
      let shown = await shell.call("show", "a", "--store", folder.store).output
      for line in [
        "escalates (concern about security): 'work/work' raised a concern about security: who is that?",
        "rung 1: notify operations", "rung 2: ask boss within 4 h",
        "ann decides: supply: I know her",
      ] {
        #expect(shown.contains(line), "\(shown)")
      }
    }
  }

  @Test func aRunThatWasAbortedSaysByWhomAndWhy() async throws {
    try await StoreFolder.with { folder in
      let shell = shell(.abort(reason: "a \u{1B}[31mthief\u{1B}[0m"))
      let run = await shell.call("run", "work", "--input=x", "--store", folder.store, "--id=a")
      #expect(run.code == .failed)
      #expect(run.errors.contains("run 'a' was ended by ann, because 'work/work' could not get"))
      #expect(!run.errors.contains("\u{1B}"))
      let shown = await shell.call("show", "a", "--store", folder.store).output
      #expect(shown.contains("aborts the run: a "))
      #expect(!shown.contains("\u{1B}"))
      #expect(await shell.call("runs", "--store", folder.store).output.contains("ended: aborted"))
    }
  }
}

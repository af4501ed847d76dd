import Foundation
import Testing
import Troupe
import TroupeCommand

@Suite struct InspectionTests {
  @Test func listShowsALineForEachWorkflow() async {
    let result = await Shell().call("list")
    #expect(result.code == .done)
    #expect(
      result.output == """
        greeting  Writes a letter to a guest.
        echo
        doomed    Fails, \\u{1B}[31malways
        manned

        """)
  }

  @Test func twoWorkflowsOfOneNameAreRefused() async {
    let result = await Shell(workflows: [Echo(), Echo()]).call("list")
    #expect(result.code == .usage)
    #expect(
      result.errors == """
        error: two workflows are named 'echo'
          give one of them another name: var name: String { "…" }

        """)
  }

  @Test func planShowsTheStepsAsATree() async {
    let result = await Shell(workflows: [Tour()]).call("plan", "tour")
    #expect(result.code == .done)
    #expect(
      result.output == """
        tour: numbers ([Int]) → total (Int)
        ├─ square        fan-out, 4 at once                      numbers → squares
        │  └─ multiply   stage                                   numbers.element → squares.element
        ├─ write         stage by writer                         squares → draft
        │  │    retry: 3 attempts; timeout: 1 min
        │  │    gate 'long', otherwise rework up to 2
        │  └─ @fallback  fallback
        │     └─ stock   stage                                   → draft
        ├─ polish        repeat, at most 3 rounds, then accepts  draft
        │  └─ revise     stage by writer                         draft → draft
        └─ sum           stage                                   squares, draft → total

        """)
  }

  @Test func planShowsWhatIsWaitedFor() async {
    struct Patient: Workflow {
      let input = Artifact<Date>("date")
      let output = Artifact<Int>("out")
      var body: some Step {
        Wait(for: Signal<Int>("number"), writes: output, within: .hours(48))
        Wait(until: input)
        Wait("rest", lasting: .hours(1))
        Effect("pay", reads: output) { _ in }.atMostOnce().timeout(.minutes(1))
        Effect("tell", reads: output) { _ in }.probe { _ in .unknown }
      }
    }
    let result = await Shell(workflows: [Patient()]).call("plan", "patient")
    #expect(
      result.output == """
        patient: date (Foundation.Date) → out (Int)
        ├─ number  wait, for signal 'number', within 2 d  → out
        ├─ wait    wait, until an instant                 date
        ├─ rest    wait, for 1 h
        ├─ pay     effect                                 out
        │       timeout: 1 min; at most once
        └─ tell    effect                                 out
                probed

        """)
  }

  @Test func planShowsTheParameters() async {
    let greeting = await Shell().call("plan", "greeting").output
    #expect(
      greeting.contains(
        "\n  with greeting = \"Dear\", limits = {\"size\":3}, loud = false, tone = \"warm\"\n"))
    let listed = await Shell(workflows: [Listed()]).call("plan", "listed").output
    #expect(listed.contains("\n  with [1,2]\n"))
  }

  @Test func aPlanWhoseParametersAreAListDoesNotDifferFromItself() async {
    let shell = Shell(workflows: [Listed()])
    let json = await shell.call("plan", "listed", "--json").output
    await withFile(json) { path in
      let result = await Shell(input: json).call("diff", path, "-")
      #expect(result.code == .done, "\(result)")
    }
  }

  @Test func onlyOneOfTwoPlansComesFromStandardInput() async {
    let result = await Shell(input: "{}").call("diff", "-", "-")
    #expect(result.code == .usage)
    #expect(
      result.errors == "error: only one of the two plans can be read from standard input\n")
  }

  @Test func aPlanFileThatHasNoEndIsRefused() async {
    let result = await Shell().call("diff", "/dev/zero", "-")
    #expect(result.code == .usage)
    #expect(result.errors == "error: '/dev/zero': it holds more than 64 MB\n")
  }

  private func withFile(_ text: String, _ body: (String) async -> Void) async {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
    await body(path)
  }

  @Test func aPlanIsComparedWithAnother() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let old = folder.appending(path: "old.json").path
    let json = await Shell().call("plan", "echo", "--json").output
    try Data(json.utf8).write(to: URL(filePath: old))
    let read = try Plan(json: JSONValue(parsing: json))
    #expect(try read == Echo().compile().plan)

    let same = await Shell(input: json).call("diff", old, "-")
    #expect(same.code == .done)
    #expect(same.output.isEmpty)

    let other = await Shell().call("plan", "manned", "--json").output
    let different = await Shell(input: other).call("diff", old, "-")
    #expect(different.code == .failed)
    #expect(different.output.hasPrefix("~ workflow: echo → manned\n"))
    #expect(different.errors.isEmpty)

    let missing = await Shell().call("diff", old, folder.path + "/none.json")
    #expect(missing.code == .usage)
    #expect(missing.errors == "error: '\(folder.path)/none.json': there is no such file\n")
    let damaged = await Shell(input: "{").call("diff", old, "-")
    #expect(
      damaged.errors.hasPrefix("error: '-' is no JSON: line 1, column 2: expected"))
    #expect(await Shell(input: "{}").call("diff", "-", old).code == .usage)
  }

  @Test func checkEndsWithAnErrorOnlyForErrors() async {
    let sound = await Shell(workflows: [Greeting(), Echo()]).call("check")
    #expect(sound.code == .done)
    #expect(sound.output == "checked 2 workflows: no problems\n")

    let manned = await Shell().call("check", "manned")
    #expect(manned.code == .done)
    #expect(
      manned.output == """
        warning: in 'manned', nobody plays the role 'writer', which 'manned/draft' needs; add a \
        member: Member("…", plays: Role("writer")) { … }

        """)
    #expect(manned.errors == "checked 1 workflow: 1 warning or hint\n")

    let unsound = await Shell(workflows: [Echo(), Unsound()]).call("check")
    #expect(unsound.code == .failed)
    #expect(unsound.output.contains("Greeting.swift:"))
    #expect(unsound.output.contains(": error: stage 'draft' reads 'missing'"))
    #expect(unsound.errors.hasPrefix("checked 2 workflows: 1 error"))
  }

  @Test func diagramsAreWrittenInBothLanguages() async throws {
    let dot = await Shell().call("diagram", "echo")
    #expect(try dot.output == Echo().compile().plan.dot())
    let mermaid = await Shell().call("diagram", "echo", "--format=mermaid", "--artifacts")
    #expect(try mermaid.output == Echo().compile().plan.mermaid(artifacts: true))

    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = await Shell().call("diagram", "echo", "--output", path)
    #expect(file.output.isEmpty)
    #expect(FileManager.default.contents(atPath: path) == Data(dot.output.utf8))
    let nameless = await Shell().call("diagram", "echo", "--output", "")
    #expect(nameless.code == .usage)
    #expect(nameless.errors == "error: '' cannot be written: a file needs a name\n")
    let nowhere = await Shell().call("diagram", "echo", "--output", "/no/such/folder/x")
    #expect(nowhere.code == .usage)
    #expect(
      nowhere.errors == """
        error: '/no/such/folder/x' cannot be written: there is no folder '/no/such/folder/'

        """)
  }

  @Test func aClosedOutputEndsQuietly() async {
    for arguments in ["list", "help"] {
      let result = await Shell().callWithClosedOutput(arguments)
      #expect(result.code == .brokenPipe)
      #expect(result.errors.isEmpty)
    }
  }
}

private struct Tour: Workflow {
  let input = Artifact<[Int]>("numbers")
  let output = Artifact<Int>("total")
  let squares = Artifact<[Int]>("squares")
  let draft = Artifact<String>("draft")

  var body: some Step {
    FanOut("square", over: input, into: squares, atMost: 4) { number, square in
      Stage("multiply", reads: number, writes: square) { $0 * $0 }
    }
    Stage("write", by: Role("writer"), reads: squares, writes: draft) { "Write of \($0)" }
      .retry(attempts: 3)
      .timeout(.minutes(1))
      .gate("long", otherwise: .rework(upTo: 2)) { $0.count > 3 }
      .fallback { Stage("stock", writes: draft) { "stock" } }
    Repeat("polish", draft, upTo: 3, until: { $0.count > 9 }, otherwise: .accept) {
      Stage("revise", by: Role("writer"), reads: draft, writes: draft) { "Improve \($0)" }
    }
    Stage("sum", reads: squares, draft, writes: output) { squares, _ in squares.reduce(0, +) }
  }
}

/// Takes a list as its parameters.
private struct Listed: Workflow {
  let input = Artifact<Int>("number")
  let output = Artifact<Int>("sum")
  var parameters = [1, 2]

  var body: some Step {
    Stage("add", reads: input, writes: output) { $0 + parameters.reduce(0, +) }
  }
}

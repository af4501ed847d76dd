import Testing
import Troupe
import TroupeCommand

@Suite struct RunTests {
  @Test func outputsGoToStandardOutputInTheirOwnForm() async {
    let shell = Shell()
    let letter = await shell.call("run", "greeting", "--set=name=Ada")
    #expect(letter.code == .done)
    #expect(letter.output == "Letter: Dear Ada (warm)\n")
    let json = await shell.call("run", "greeting", "--set=name=Ada", "--json")
    #expect(json.output == "{\n  \"text\": \"Dear Ada (warm)\"\n}\n")
    #expect(await shell.call("run", "echo", "--input=x", "--json").output == "\"x\"\n")
    #expect(await shell.call("run", "doomed", "--set=depth=2").output == "[\n  1,\n  2\n]\n")
  }

  @Test func anOutputCommandsNoTerminal() async {
    let input = "--input=a\u{1B}[31m\tb\u{9B}c\u{202E}"
    let shown = await Shell(isOutputShown: true).call("run", "echo", input)
    #expect(shown.output == "a\\u{1B}[31m\tb\\u{9B}c\\u{202E}\n")
    // Into a file or a pipe text goes as it is.
    #expect(await Shell().call("run", "echo", input).output == "a\u{1B}[31m\tb\u{9B}c\u{202E}\n")
    #expect(
      await Shell().call("run", "echo", input, "--json").output
        == "\"a\\u001b[31m\\tb\\u009bc\\u202e\"\n")
  }

  @Test func progressIsALineForEachEventWithoutATerminal() async {
    let result = await Shell().call("run", "echo", "--input=x")
    let lines = result.errors.split(separator: "\n").map { $0.drop { $0 != " " } }
    #expect(lines.prefix(2) == ["  echo  started", "  echo  done"])
    #expect(result.errors.split(separator: "\n").last?.hasSuffix(": 1 stage") == true)
    #expect(await Shell().call("run", "echo", "--input=x", "--quiet").errors.isEmpty)
    let dumb = Shell(
      environment: ["TERM": "dumb"], size: TerminalSize(columns: 80, rows: 24))
    #expect(!(await dumb.call("run", "echo", "--input=x")).errors.contains("\u{1B}"))
  }

  @Test func aFailureIsPrintedWithItsPlaceItsCauseAndARemedy() async {
    let result = await Shell().call("run", "doomed", "--quiet")
    #expect(result.code == .failed)
    #expect(result.output.isEmpty)
    let line = Doomed.line
    #expect(
      result.errors == """
        \(line): error: 'doomed/break' failed: no \\u{7}luck
          at all
          in attempt 2
          mend the cause, or give the step a '.fallback'
          written before: first

        """)
  }

  @Test func aFailureIsToldOnceInTheLines() async {
    let result = await Shell().call("run", "doomed")
    let told = result.errors.split(separator: "\n").filter { $0.contains("  break  failed") }
    #expect(told.count == 2)
    #expect(told.first?.hasSuffix("failed: no \\u{7}luck; again at once") == true)
    #expect(result.errors.contains(": 1 stage, 1 retry\n"))
  }

  @Test func aWorkflowThatCannotRunIsNotStarted() async {
    let unsound = await Shell(workflows: [Unsound()]).call("run", "unsound", "--input=x")
    #expect(unsound.code == .failed)
    #expect(unsound.errors.contains("error: stage 'draft' reads 'missing'"))
    let manned = await Shell().call("run", "manned", "--input=x")
    #expect(manned.code == .usage)
    #expect(manned.errors.hasPrefix("error: nobody plays the role 'writer'"))
  }

  @Test func theTeamDoesTheWork() async {
    let team = Team {
      Member("scribe", plays: Role("writer")) { ClosureAgent { .text("Done: \($0.prompt)") } }
    }
    let result = await Shell(team: team).call("run", "manned", "--input=x")
    #expect(result.output == "Done: Write about x\n")
    #expect(result.errors.contains("  draft  started (scribe)\n"))
  }

  @Test func theTreeIsDrawnOnATerminalAndTheCursorComesBack() async {
    let environment = ["TERM": "xterm", "LANG": "C.UTF-8"]
    var shell = Shell(environment: environment, size: TerminalSize(columns: 80, rows: 24))
    let colored = await shell.call("run", "echo", "--input=x").errors
    #expect(colored.hasPrefix("\u{1B}[?25l"))
    #expect(colored.contains("\u{1B}[32m✓ \u{1B}[0mecho"))
    #expect(colored.contains("\u{1B}[?25h"))
    shell.environment["NO_COLOR"] = "1"
    let plain = await shell.call("run", "echo", "--input=x").errors
    #expect(plain.contains("✓ echo"))
    #expect(!plain.contains("\u{1B}[32m"))
    shell.environment["LANG"] = "C"
    #expect(await shell.call("run", "echo", "--input=x").errors.contains("+ echo"))
  }
}

extension Doomed {
  /// Where the step that fails is declared, by the plan.
  static var line: String {
    let plan = try? Doomed().compile().plan
    return plan?.node(at: Path(text: "doomed/break"))?.location?.shown ?? "nowhere"
  }
}

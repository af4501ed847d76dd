import Testing
import Troupe
import TroupeCommand

@Suite struct HelpTests {
  private let overall = """
    Runs the news.

    usage: newsroom COMMAND [ARGUMENT]…

    Commands:
      list            List the workflows, a line each.
      plan            Print the plan of a workflow: its steps as a tree, or JSON.
      check           Check workflows and print what is wrong, as a compiler does.
      diagram         Draw a workflow, for Graphviz or Mermaid.
      diff            Compare two plans that 'plan --json' printed.
      team            Show who plays which roles, how busy they are, and what is missing.
      run             Run a workflow and print its output.
      simulate        Simulate a workflow: how long it takes, and what holds it up.
      runs            List the runs that are kept in a store, the latest first.
      show            Show what has happened in a run: steps, artifacts, usage.
      resume          Go on with a run that is kept, or with all that can.
      signal          Send a signal to a run that is kept.
      cancel          End a run that is kept, for good.
      inbox           Show what waits for people in the runs of a store.
      answer          Answer what a run asks people for.
      redirect        Hand a request on to another person, or to a role.
      override        Decide about a step in the place of whoever was to.
      settle          Say what became of work that is in doubt.
      fork            Begin a new run with the state that another one had.
      repair          Show what is damaged in a run, and cut it off.
      prune           Remove runs that ended long ago.
      help [COMMAND]  Show help.

    Options:
      --help     Show this help.
      --version  Show the version.

    Results go to standard output, everything else to standard error.

    Exit codes:
      0    done; 'check' found no errors, 'diff' no differences
      1    the workflow failed or has errors; 'diff' found differences
      2    the command line, the input or the team is wrong, or a store or a run
           cannot be read; nothing was started
      3    with '--until-waiting': the run waits for people, signals or time
      75   a run that is kept in a store was stopped; 'resume' goes on with it
      129  stopped because its terminal has gone
      130  stopped by Ctrl-C
      141  standard output was closed before everything was written
      143  stopped by SIGTERM

    Try 'newsroom COMMAND --help' for the options and examples of a command.

    """

  @Test func theOverallHelpNamesCommandsAndExitCodes() async {
    for arguments in [["--help"], ["-h"], ["help"], ["help", "--help"], ["-h", "-h"]] {
      let result = await Shell().call(arguments)
      #expect(result.output == overall)
      #expect(result.code == .done)
      #expect(result.errors.isEmpty)
    }
    #expect(await Shell().call().output == overall)
  }

  @Test func theHelpOfACommandShowsItsOptionsAndExamples() async {
    let expected = """
      Draw a workflow, for Graphviz or Mermaid.

      usage: newsroom diagram NAME [--format dot|mermaid] [--artifacts] [--ladders] [--output FILE]

      Arguments:
        NAME  The name of a workflow, as 'list' shows it.

      Options:
        --format dot|mermaid  The language; dot if left out.
        --artifacts           Write on the edges what passes along them.
        --ladders             Show how steps escalate that cannot get further.
        --output FILE         Write to a file instead of standard output.
        --help                Show this help.

      Examples:
        newsroom diagram greeting | dot -Tsvg -o picture.svg
            Makes a picture with Graphviz.
        newsroom diagram greeting --format mermaid --output picture.mmd
            Writes Mermaid to a file.

      """
    #expect(await Shell().call("diagram", "--help").output == expected)
    #expect(await Shell().call("diagram", "x", "y", "-h").code == .usage)
    #expect(await Shell().call("help", "diagram").output == expected)
    #expect(await Shell().call("help", "digram").code == .usage)
  }

  @Test func theExamplesOfARunAreOfTheFirstWorkflow() async throws {
    let shells: [(Shell, name: String, input: String)] = [
      (Shell(), "greeting", #"{"age":0,"loud":false,"name":"…"}"#),
      (Shell(workflows: [Echo()]), "echo", "some text"),
      (Shell(workflows: [Doomed()]), "doomed", #"{"depth":0}"#),
    ]
    for (shell, name, input) in shells {
      let help = await shell.call("run", "--help").output
      #expect(help.contains("\n  newsroom run \(name) --input '\(input)'\n"), "\(help)")
      #expect(help.contains("\n  newsroom run \(name) --set KEY=VALUE\n"))
      #expect(await shell.call("run", name, "--input", input).code != .usage)
    }
  }

  @Test func anExampleThatHasNoRoomIsLeftOut() async {
    let wide = await Shell(workflows: [Wide()]).call("run", "--help").output
    #expect(wide.contains("\n  newsroom run wide --input JSON\n"))
    let none = await Shell(workflows: []).call("run", "--help").output
    #expect(none.contains("\n  newsroom run NAME --input JSON\n"))
  }

  @Test func aNameThatLooksLikeAPlaceholderStaysAsItIs() async {
    let help = await Shell(workflows: [Shouting()]).call("run", "--help").output
    #expect(help.contains("\n  newsroom run MY-INPUT --input '0'\n"))
  }

  private struct Shouting: Workflow {
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("same")
    var name: String { "MY-INPUT" }
    var body: some Step { Stage("pass", reads: input, writes: output) { $0 } }
  }

  private struct Wide: Workflow {
    struct Order: Codable, Sendable {
      var aLongName: String, anotherLongName: String, yetAnotherLongName: String
    }

    let input = Artifact<Order>("order")
    let output = Artifact<String>("text")
    var body: some Step { Stage("tell", reads: input, writes: output) { $0.aLongName } }
  }

  @Test func everyLineOfHelpFitsOnATerminal() async {
    for command in [
      "list", "plan", "check", "diagram", "diff", "run", "simulate", "runs", "show", "resume",
      "repair", "fork", "prune", "inbox", "answer", "redirect", "override", "signal", "settle",
      "cancel", "team",
    ] {
      let help = await Shell().call(command, "--help")
      #expect(help.code == .done)
      #expect(help.output.contains("--help"))
      for line in help.output.split(separator: "\n") where !line.hasPrefix("usage:") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }

  @Test func theVersionNamesTheLibraryWhereTheExecutableHasNone() async {
    #expect(
      await Shell().call("--version").output
        == "newsroom, made with Troupe \(TroupeVersion.current)\n")
    let output = BufferSink()
    let tool = Tool(name: "newsroom", version: "1.2", workflows: [])
    _ = await tool.run(
      Console(arguments: ["--version"], environment: [:], output: output, errors: BufferSink()))
    #expect(output.text == "newsroom 1.2\n")
  }
}

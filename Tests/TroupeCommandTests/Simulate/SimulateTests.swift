import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

@Suite struct SimulateTests {
  /// A draft, two reviews at once by one role, and an effect that must not happen.
  private struct Column: Workflow {
    struct Parameters: Codable, Sendable { var isStrict = false }

    let input = Artifact<String>("topic")
    let output = Artifact<Int>("mark")
    let draft = Artifact<String>("draft")
    let facts = Artifact<Int>("facts")
    let style = Artifact<Int>("style")
    var parameters = Parameters()

    var body: some Step {
      Stage("draft", by: Role("writer"), reads: input, writes: draft) { "Write about \($0)." }
        .gate("long", otherwise: .fail) { !parameters.isStrict || $0.count > 1 }
      Parallel("review") {
        Stage("facts", by: Role("critic"), reads: draft, writes: facts) { "Check \($0)." }
        Stage("style", by: Role("critic"), reads: draft, writes: style) { "Judge \($0)." }
      }
      Stage("add", reads: facts, style, writes: output) { $0 + $1 }
      Effect("publish", reads: output) { _ in fatalError("a simulation has no effects") }
    }
  }

  private func shell(_ durations: String = #"{"*": "1 s"}"#) -> Shell {
    Shell(workflows: [Column(), Doomed()], input: durations)
  }

  private let durations = """
    {"draft": "15 min", "role:critic": "10 min", "add": "1 min", "publish": {"fixed": "PT1M"}}
    """

  @Test func theReportSaysHowLongItTakesAndWhatHoldsItUp() async {
    let result = await shell(durations).call(
      "simulate", "column", "--durations", "-", "--members", "critic=1", "--seeds", "20")
    #expect(result.errors.isEmpty)
    #expect(result.code == .done)
    #expect(
      result.output == """
        column: 20 simulated runs

        Makespan
          p50 37 min, p95 37 min, mean 37 min

        Roles
                   members  busy  at work  most  asked  waited  wait mean  wait p95
          writer  no limit     –      0.4     1      1     0 %        0 s       0 s
          critic         1  54 %      0.5     1      2    50 %      5 min    10 min

        Critical path, in shares of the makespan
                                share  work  waiting
          draft         writer   41 %  41 %      0 %
          review/style  critic   35 %  18 %     18 %
          review/facts  critic   19 %   9 %      9 %
          add           code      3 %   3 %      0 %
          publish       code      3 %   3 %      0 %

        Bottleneck
          role 'critic', 54 % of the makespan
            its members are busy 54 % of the time, and stages wait for a member for 27 % of the makespan
            its greatest part is 'review/style' with 35 %
            one more member changes p50 by −10 min and p95 by −10 min

        One more member
                  members      p50      p95
          critic        2  −10 min  −10 min

        """)
  }

  @Test func rolesWithSeveralMembersAreShownOneByOne() async {
    let result = await shell(durations).call(
      "simulate", "column", "--durations=-", "--members=critic=2", "--members", "writer=1")
    #expect(
      result.output == """
        column: 200 simulated runs

        Makespan
          p50 27 min, p95 27 min, mean 27 min

        Roles
                  members  busy  at work  most  asked  waited  wait mean  wait p95
          writer        1  56 %      0.6     1      1     0 %        0 s       0 s
          critic        2  37 %      0.7     2      2     0 %        0 s       0 s

        Members
                    busy
          writer    56 %
          critic 1  37 %
          critic 2  37 %

        Critical path, in shares of the makespan
                                share
          draft         writer   56 %
          review/facts  critic   19 %
          review/style  critic   18 %
          add           code      4 %
          publish       code      4 %

        Bottleneck
          role 'writer', 56 % of the makespan
            the work itself takes that long
            it must become shorter, and more members do not help

        One more member
                  members  p50  p95
          writer        2   ±0   ±0
          critic        3   ±0   ±0

        """)
  }

  @Test func theReportIsAlsoJSON() async throws {
    let result = await shell(durations).call(
      "simulate", "column", "--durations", "-", "--seeds", "3", "--json")
    let report = try JSONValue(parsing: result.output)
    #expect(report["runs"] == 3)
    #expect(report["figures"]?["makespan"] == ["mean": 1_620, "p50": 1_620, "p95": 1_620])
  }

  @Test func runsThatAllFailEndWithAReasonAndAnExitCode() async {
    let result = await shell().call(
      "simulate", "column", "--durations", "-", "--seeds", "3", "--set", "isStrict=true",
      "--input", "cats")
    #expect(result.code == .failed)
    #expect(result.errors.isEmpty)
    #expect(
      result.output.hasPrefix(
        """
        column: 3 simulated runs

        all runs failed, so that there are no figures:
          3 runs, the first with seed 1:
            'column/draft' was rejected by gate 'long': 'long' does not hold
            what to do: stages answer with examples of their types here
        """))
  }

  @Test func mistakesInTheDurationsAreNamed() async {
    let result = await shell(#"{"drafd": "1 min", "role:writer": "soon"}"#).call(
      "simulate", "column", "--durations", "-")
    #expect(result.code == .usage)
    #expect(result.output.isEmpty)
    #expect(
      result.errors == """
        error: in standard input, 'role:writer': expected a duration such as "10 min", \
        "2 h 30 min", "250 ms" or "PT1H30M", found the string "soon"
        error: in standard input, no stage has the path 'drafd'; did you mean 'draft'?

        """)
    let broken = await shell("{").call("simulate", "column", "--durations", "-")
    #expect(broken.errors.hasPrefix("error: standard input is no JSON: line 1, column 2:"))
    #expect(broken.code == .usage)
    let missing = await shell().call("simulate", "column", "--durations", "/no/such/file.json")
    #expect(missing.errors == "error: '/no/such/file.json': there is no such file\n")
    let both = await shell().call("simulate", "column", "--durations", "-", "--input", "-")
    #expect(
      both.errors == "error: only one of input and durations can be read from standard input\n")
  }

  @Test(arguments: [
    (["--seeds", "0"], "option '--seeds' takes a number from 1 to 1000000, not '0'"),
    (["--seeds", "many"], "option '--seeds' takes a number from 1 to 1000000, not 'many'"),
    (
      ["--members", "critic"],
      "option '--members' takes ROLE=N with N from 1 to 100000, not 'critic'"
    ),
    (
      ["--members", "critic=0"],
      "option '--members' takes ROLE=N with N from 1 to 100000, not 'critic=0'"
    ),
    (
      ["--members", "critic=1", "--members", "critic=2"],
      "the members of 'critic' are given twice"
    ),
    (["--member", "critic=1"], "'simulate' has no option '--member'; did you mean '--members'?"),
    (
      ["--members", "critik=1"],
      "in '--members', no stage is done by the role 'critik'; did you mean 'critic'?"
    ),
    (["--set", "isStrikt=true"], "'isStrikt' is neither a parameter of 'column'"),
  ])
  func optionsThatMakeNoSenseAreRefused(_ options: [String], _ message: String) async {
    let result = await shell().call(["simulate", "column"] + options)
    #expect(result.code == .usage)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("error: \(message)"), "\(result.errors)")
  }

  @Test func anInputThatIsGivenIsLaidOverItsExample() async {
    let shell = Shell(workflows: [Greeting()])
    let result = await shell.call("simulate", "greeting", "--set", "age=7", "--seeds", "1")
    #expect(result.code == .done)
    let wrong = await shell.call("simulate", "greeting", "--set", "age=old")
    #expect(wrong.code == .usage)
    #expect(wrong.errors.contains("for example: newsroom simulate greeting --input '{"))
  }

  @Test func codeDoesItsOwnWorkOnlyWhenAskedTo() async {
    let result = await Shell().call("simulate", "doomed", "--seeds", "2")
    #expect(result.code == .done)
    let real = await Shell().call("simulate", "doomed", "--seeds", "2", "--code")
    #expect(real.code == .failed)
    #expect(real.output.contains("'doomed/break' failed: no \\u{7}luck\n"))
  }
}

import Foundation
import Testing
import Troupe
import TroupeCommand

/// Teams from files.
@Suite struct TeamFileTests {
  /// A letter that a writer drafts and an editor corrects.
  struct Letter: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("letter")
    let draft = Artifact<String>("draft")
    var body: some Step {
      Stage("write", by: Role("writer", skills: ["english"]), reads: input, writes: draft) { $0 }
      Stage("correct", by: Role("editor"), reads: draft, writes: output) { $0 }
    }
  }

  private let shell = Shell(workflows: [Letter(), Echo()])

  /// Calls a command with a file, whose name is left out of what is said.
  private func call(_ file: String, _ arguments: String...) async throws -> Shell.Result {
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      try file.write(toFile: path, atomically: true, encoding: .utf8)
      let result = await shell.call(arguments + ["--team", path])
      return Shell.Result(
        code: result.code, output: result.output,
        errors: result.errors.replacing(path, with: "team.json"))
    }
  }

  /// What is wrong with a file.
  private func mistakes(_ file: String) async throws -> String {
    let result = try await call(file, "run", "letter", "--input=cats", "--quiet")
    #expect(result.code == .usage)
    #expect(result.output.isEmpty)
    return result.errors
  }

  private func member(_ more: String) -> String {
    """
    {"members": [{"name": "a", "plays": ["writer"], "agent": {"kind": "command", "run": ["cat"]},
      \(more)}]}
    """
  }

  @Test func aFileSaysWhoDoesTheWork() async throws {
    let result = try await call(
      """
      {
        "strategy": {"*": "roundRobin", "editor": "cheapest"},
        "resources": {"gpu": 1},
        "members": [
          {"name": "scribe", "plays": ["writer"], "skills": ["english", "latin"], "capacity": 2,
           "needs": ["gpu"], "rate": {"assignments": 100, "per": "1 s"},
           "breaker": {"failures": 3, "pause": "1 min"},
           "agent": {"kind": "command", "run": ["tr", "a-z", "A-Z"], "timeLimit": "1 min"}},
          {"name": "desk", "plays": ["editor"], "cost": 0.5,
           "agent": {"kind": "command", "run": ["echo", "corrected:"], "prompt": "argument"}}
        ]
      }
      """, "run", "letter", "--input=cats", "--quiet")
    #expect(result.errors.isEmpty)
    #expect(result.output == "corrected: CATS\n")
    #expect(result.code == .done)
  }

  @Test func aCommandIsGivenOnlyTheVariablesThatAreNamed() async throws {
    setenv("TROUPE_TEST_NAMED", "one", 1)
    setenv("TROUPE_TEST_OTHER", "two", 1)
    let script = "echo $TROUPE_TEST_NAMED.$TROUPE_TEST_OTHER"
    let result = try await call(
      """
      {"members": [
        {"name": "scribe", "plays": ["writer", "editor"],
         "agent": {"kind": "command", "run": ["sh", "-c", "\(script)"],
                   "environment": ["TROUPE_TEST_NAMED"]}}]}
      """, "run", "letter", "--input=cats", "--quiet")
    #expect(result.output == "one.\n")
    #expect(result.errors.isEmpty)
  }

  @Test func aVariableThatIsNotThereIsWarnedOf() async throws {
    let result = try await call(
      """
      {"members": [
        {"name": "scribe", "plays": ["writer", "editor"],
         "agent": {"kind": "command", "run": ["cat"], "environment": ["TROUPE_TEST_NOWHERE"]}}]}
      """, "run", "letter", "--input=cats", "--quiet")
    #expect(
      result.errors == """
        team.json:3:65: warning: the environment has no variable 'TROUPE_TEST_NOWHERE' to give to \
        the tool

        """)
    #expect(result.output == "cats\n")
  }

  @Test func theLineThatGoesOnWithARunNamesTheFile() async throws {
    try await StoreFolder.with { folder in
      let team = "\(folder.path)/team.json"
      try #"""
      {"members": [{"name": "ann", "plays": ["writer", "editor"], "agent": {"kind": "person"},
        "skills": ["english"]}]}
      """#.write(toFile: team, atomically: true, encoding: .utf8)
      let options = ["--store", folder.store, "--team", team, "--until-waiting"]
      let hint = "resume with: newsroom resume a --store \(folder.store) --team \(team)\n"
      let begun = await shell.call(["run", "letter", "--input=cats", "--id=a"] + options)
      #expect(begun.code == .waiting)
      #expect(begun.errors.contains(hint), "\(begun.errors)")
      let resumed = await shell.call(["resume", "a"] + options)
      #expect(resumed.errors.contains(hint), "\(resumed.errors)")
    }
  }

  @Test func allMistakesAreToldEachWithItsLine() async throws {
    let errors = try await mistakes(
      """
      {
        "strategy": {"*": "cheepest", "writter": "affinity"},
        "resources": {"gpu": 0},
        "teem": [],
        "members": [
          {"name": "a", "plays": ["writter", "\u{1F600}"], "capacity": "4",
           "agent": {"kind": "comand", "run": []}},
          {"name": "a", "plays": "x", "needs": ["gpo"], "cost": -1,
           "rate": {"assignments": 3, "per": "soon"},
           "agent": {"kind": "command", "run": [], "prompt": 3}},
          3,
          {"plays": ["writer"], "skills": ["latin"], "breaker": {"after": 1}}
        ]
      }
      """)
    #expect(
      errors == """
        team.json:2:21: error: there is no 'cheepest' here; did you mean 'cheapest'?
        team.json:2:33: error: no workflow has a role 'writter'; did you mean 'writer'?
        team.json:3:24: error: 'resources.gpu' is to be a whole number from 1 on, and is the number 0
        team.json:4:3: error: there is no key 'teem'; there are 'members', 'strategy', 'resources'
        team.json:6:29: error: no workflow has a role 'writter'; did you mean 'writer'?
        team.json:6:40: error: no workflow has a role '😀'; there are 'writer', 'editor'
        team.json:6:58: error: 'members[0].capacity' is to be a whole number from 1 on, and is the \
        string "4"
        team.json:7:24: error: there is no 'comand' here; did you mean 'command'?
        team.json:8:14: error: two members are named 'a', the first in line 6; give one of them \
        another name
        team.json:8:28: error: 'members[1].plays' is to be a list, and is the string "x"
        team.json:8:43: error: there is no resource 'gpo'; did you mean 'gpu'?
        team.json:8:59: error: 'members[1].cost' is to be a number from 0 on, and is the number -1
        team.json:9:40: error: 'members[1].rate.per' is to be a time longer than zero, like "10 min", \
        and is the string "soon"
        team.json:10:42: error: 'run' is to be the tool's name or path, and its arguments
        team.json:10:56: error: 'members[1].agent.prompt' is to be one of "argument", \
        "standardInput", and is the number 3
        team.json:11:5: error: 'members[2]' is to be an object, and is the number 3
        team.json:12:5: error: 'members[3]' has no 'name'
        team.json:12:5: error: 'members[3]' has no 'agent'
        team.json:12:16: error: the role 'writer' needs the skills 'english', which the member's \
        'skills' lack
        team.json:12:59: error: 'members[3].breaker' has no 'failures'
        team.json:12:59: error: 'members[3].breaker' has no 'pause'
        team.json:12:60: error: there is no key 'after'; there are 'failures', 'pause'
        'newsroom team --help' shows a whole team file

        """)
  }

  @Test(arguments: [
    ("", "1:1: error: expected a value, found the end of the text"),
    ("{\n  \"members\": [}\n", "2:15: error: expected a value, found '}'"),
    ("{\"members\": [], \"members\": []}", "1:17: error: expected a key that is not yet in"),
    ("[]", "1:1: error: the file is to be an object, and is an array of 0 elements"),
    ("{}", "1:1: error: the file has no 'members'"),
    ("{\"members\": {}}", "1:13: error: 'members' is to be a list"),
    ("\u{FEFF}{\r\n\"members\": 1}", "2:12: error: 'members' is to be a list"),
  ])
  func whatIsNoTeamIsRefusedWithItsLine(_ file: String, _ mistake: String) async throws {
    let errors = try await mistakes(file)
    #expect(errors.hasPrefix("team.json:\(mistake)"), "\(errors)")
    let isJSON = !mistake.contains("expected a")
    #expect(errors.split(separator: "\n").count == (isJSON ? 2 : 1))
  }

  @Test func aKeyInWhichATerminalIsCommandedIsShownHarmlessly() async throws {
    let errors = try await mistakes(member(#""\u001b[31m": 1"#))
    #expect(errors.hasPrefix("team.json:2:3: error: there is no key '\\u{1B}[31m'"), "\(errors)")
  }

  @Test func aRoleThatNobodyInTheFilePlaysIsToldBeforeTheRunStarts() async throws {
    let errors = try await mistakes(member(#""capacity": 1"#))
    #expect(errors.contains("nobody plays the role 'editor', which 'letter/correct' needs"))
  }

  @Test func aRunGoesOnWithAnotherTeam() async throws {
    try await StoreFolder.with { folder in
      func team(_ tool: String) throws -> String {
        let path = "\(folder.path)/\(tool).json"
        try """
        {"members": [{"name": "\(tool)", "plays": ["writer", "editor"],
          "agent": {"kind": "command", "run": ["\(tool)"]}}]}
        """.write(toFile: path, atomically: true, encoding: .utf8)
        return path
      }
      let failed = await shell.call(
        "run", "letter", "--input=cats", "--id=a", "--store", folder.store, "--quiet", "--team",
        try team("false"))
      #expect(failed.code == .failed)
      let resumed = await shell.call(
        "resume", "a", "--store", folder.store, "--quiet", "--team", try team("cat"))
      #expect(resumed.output == "cats\n", "\(resumed)")
      #expect(resumed.code == .done)
    }
  }

  @Test func aPersonInAFileIsAskedThroughTheInbox() async throws {
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      try """
      {"members": [
        {"name": "scribe", "plays": ["writer"], "agent": {"kind": "command", "run": ["cat"]}},
        {"name": "ann", "plays": ["editor"], "agent": {"kind": "person"}}]}
      """.write(toFile: path, atomically: true, encoding: .utf8)
      let run = await shell.call(
        "run", "letter", "--input=cats", "--id=a", "--store", folder.store, "--quiet",
        "--until-waiting", "--team", path)
      #expect(run.code == .waiting, "\(run)")
      let inbox = await shell.call("inbox", "--store", folder.store, "--me", "ann").output
      #expect(inbox.contains("correct"), "\(inbox)")
      let team = await shell.call("team", "letter", "--store", folder.store, "--team", path).output
      #expect(team.contains("ann     editor        0    person"), "\(team)")
    }
  }

  @Test func aFileThatIsNotThereIsRefused() async throws {
    for command in [["run", "letter", "--input=x"], ["check"], ["team"], ["resume", "--all"]] {
      let result = await shell.call(command + ["--team", "/nowhere/team.json"])
      #expect(result.code == .usage)
      #expect(result.errors == "error: '/nowhere/team.json': there is no such file\n")
    }
  }

  @Test func theFormThatHelpShowsIsOne() async throws {
    let help = await shell.call("team", "--help").output
    let start = try #require(help.firstRange(of: "\n  {\n"))
    let end = try #require(help.firstRange(of: "\n  }\n"))
    let file = String(help[start.lowerBound..<end.upperBound])
    let result = try await call(
      file.replacing("ANTHROPIC_API_KEY", with: "PATH"), "team", "--json")
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.code == .done)
    let json = try JSONValue(parsing: result.output)
    guard case .array(let members) = json["members"] else {
      Issue.record("\(result.output)")
      return
    }
    #expect(members.first?["rate"] == ["assignments": 10, "per": "PT1M"])
    #expect(members.first?["breaker"] == ["failures": 5, "pause": "PT30S"])
    #expect(members.first?["needs"] == ["gpu"])
    #expect(members.first?["skills"] == ["english"])
    #expect(members.first?["cost"] == 0.5)
    #expect(members[1]["pool"] == ["from": 1, "to": 8, "idle": "PT10M"])
  }
}

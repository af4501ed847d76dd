import Foundation
import Testing
import Troupe
import TroupeCommand

/// Pools in team files.
@Suite struct PoolFileTests {
  /// Two letters that are written at the same time.
  private struct Letters: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("letters")
    let first = Artifact<String>("first")
    let second = Artifact<String>("second")
    var body: some Step {
      Parallel {
        Stage("one", by: Role("writer"), reads: input, writes: first) { $0 }
        Stage("two", by: Role("writer"), reads: input, writes: second) { $0 }
      }
      Stage("join", reads: first, second, writes: output) {
        [$0, $1].sorted().joined(separator: ", ")
      }
    }
  }

  private let shell = Shell(workflows: [Letters()])

  /// Calls a command with members, in which `FOLDER` stands for a folder that is there.
  private func call(
    _ members: String, _ arguments: String..., prepare: (String) throws -> Void = { _ in }
  ) async throws -> Shell.Result {
    try await StoreFolder.with { folder in
      try prepare(folder.path)
      let path = "\(folder.path)/team.json"
      try #"{"members": [\#(members.replacing("FOLDER", with: folder.path))]}"#
        .write(toFile: path, atomically: true, encoding: .utf8)
      let result = await shell.call(arguments + ["--team", path])
      return Shell.Result(
        code: result.code, output: result.output,
        errors: result.errors.replacing(path, with: "team.json"))
    }
  }

  @Test func eachUnitRunsItsCommandInAFolderOfItsOwn() async throws {
    // Neither unit gets any further before the other one has come to the pipe.
    let script = "case $0 in 1) cat ../pipe;; 2) echo met > ../pipe;; esac; basename \\\"$PWD\\\""
    let result = try await call(
      """
      {"name": "coder", "plays": ["writer"], "pool": {"from": 0, "to": 2},
       "agent": {"kind": "command", "run": ["sh", "-c", "\(script)", "{unit}"],
                 "directory": "FOLDER/{unit}", "timeLimit": "1 min"}}
      """, "run", "letters", "--input=cats", "--quiet"
    ) { folder in
      for unit in ["1", "2"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(unit)", withIntermediateDirectories: false)
      }
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
    }
    #expect(result.errors == "")
    #expect(result.output == "2, met\n1\n")
  }

  @Test func theNumberOfAUnitIsRefusedWhereThereIsNoPool() async throws {
    let result = try await call(
      """
      {"name": "coder", "plays": ["writer"],
       "agent": {"kind": "command", "run": ["echo", "--desk={unit}"],
                 "directory": "desks/{unit}"}}
      """, "run", "letters", "--input=cats", "--quiet")
    #expect(result.code == .usage)
    let hint = """
      '{unit}' is the number of a pool's unit, and the member has no 'pool'; give it one, like \
      "pool": {"from": 1, "to": 4}, or write what is meant
      """
    #expect(
      result.errors == """
        team.json:2:47: error: \(hint)
        team.json:3:25: error: \(hint)
        'newsroom team --help' shows a whole team file

        """)
  }

  @Test func whatIsWrongWithAPoolIsToldWithItsLine() async throws {
    let agent = #""agent": {"kind": "command", "run": ["cat"]}"#
    let result = try await call(
      """

      {"name": "a", "plays": ["writer"], \(agent),
       "pool": {"from": -1, "to": 0, "idle": "soon"}},
      {"name": "b", "plays": ["writer"], \(agent),
       "pool": {"from": 3, "to": 2},
       "capacity": 2},
      {"name": "c", "plays": ["writer"], "agent": {"kind": "person"},
       "pool": {"from": 1}},
      {"name": "d", "plays": ["writer"], \(agent),
       "pool": 4},
      {"name": "e", "plays": ["writer"], \(agent),
       "pool": {"from": 0, "to": 10001}}
      """, "team")
    #expect(result.code == .usage)
    #expect(
      result.errors == """
        team.json:3:19: error: 'members[0].pool.from' is to be a whole number from 0 on, and is the \
        number -1
        team.json:3:29: error: 'members[0].pool.to' is to be a whole number from 1 on, and is the \
        number 0
        team.json:3:40: error: 'members[0].pool.idle' is to be a time longer than zero, like \
        "10 min", and is the string "soon"
        team.json:5:28: error: a pool of which 3 units stay cannot have at most 2
        team.json:6:2: error: a pool does as much at once as its 'to' says; leave 'capacity' out
        team.json:8:2: error: a person has no units; leave 'pool' out
        team.json:8:10: error: 'members[2].pool' has no 'to'
        team.json:10:10: error: 'members[3].pool' is to be an object, and is the number 4
        team.json:12:28: error: a pool has at most 10000 units
        'newsroom team --help' shows a whole team file

        """)
  }

  private let pools = """
    {"name": "coder", "plays": ["writer"], "pool": {"from": 1, "to": 8, "idle": "10 min"},
     "agent": {"kind": "command", "run": ["cat"]}},
    {"name": "helper", "plays": ["writer"], "pool": {"from": 0, "to": 12},
     "agent": {"kind": "command", "run": ["cat"]}}
    """

  @Test func theBoundsAreShownWhereTheCapacityIs() async throws {
    let result = try await call(pools, "team", "--store=/nowhere")
    #expect(
      result.output == """
        MEMBER  PLAYS   AT WORK  CAPACITY  DONE  FAILED  COST  LIMITS  STANDING
        coder   writer        –     1...8     –       –     0
        helper  writer        –    0...12     –       –     0

        ROLE    PLAYED BY      CHOICE        WAITING  NEEDED BY
        writer  coder, helper  least loaded        –  letters

        """)
    #expect(result.errors == "")
  }

  @Test func asJSONTheBoundsHaveAKeyOfTheirOwn() async throws {
    let result = try await call(pools, "team", "--store=/nowhere", "--json")
    let json = try JSONValue(parsing: result.output)
    guard case .array(let members) = json["members"], members.count == 2 else {
      Issue.record("\(result.output)")
      return
    }
    #expect(members.map { $0["capacity"] } == [8, 12])
    #expect(
      members.map { $0["pool"] } == [
        ["from": 1, "to": 8, "idle": "PT10M"], ["from": 0, "to": 12, "idle": "PT5M"],
      ])
  }
}

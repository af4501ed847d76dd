import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Process groups that outlive the process that started them.
@Suite(.timeLimit(.minutes(10))) struct GroupFolderTests {
  /// Starts a shell in a group of its own, which nobody supervises, and waits until it says that it
  /// is ready.
  private func start(_ script: String, in folder: Folder) throws -> ProcessGroup {
    let ready = "\(folder.path)/ready"
    let command = Command(
      "/bin/sh", arguments: ["-c", script, "sh", ready].map { Array($0.utf8) },
      environment: ["PATH": "/usr/bin:/bin"])
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    let leader = try Spawn(command: command, input: null, output: null, error: null).start()
    while !FileManager.default.fileExists(atPath: ready) { usleep(1_000) }
    return ProcessGroup(leader: leader)
  }

  private func reap(_ group: ProcessGroup) {
    var status: Int32 = 0
    while waitpid(group.leader, &status, 0) < 0 && errno == EINTR {}
  }

  private func with(_ script: String, _ body: (GroupFolder, ProcessGroup) throws -> Void) throws {
    let folder = try Folder()
    defer { folder.remove() }
    let group = try start(script, in: folder)
    try body(GroupFolder(path: "\(folder.path)/processes"), group)
    if group.isRunning { group.signal(SIGKILL) }
    // It may have been reaped in the test already. One that is left keeps Swift Testing from hearing
    // how the processes of exit tests end.
    reap(group)
  }

  private let sleeper = "touch $1; sleep 1000"

  @Test func aGroupThatIsStillThereIsEnded() throws {
    try with(sleeper) { folder, group in
      try folder.note(StartedGroup(startedHere: group.leader))
      #expect(try folder.endAll() == [Int(group.leader)])
      #expect(!group.isRunning)
      #expect(try FolderCalls.names(in: folder.path).isEmpty)
      #expect(try folder.endAll().isEmpty)
    }
  }

  @Test func aGroupThatDoesNotHeedARequestIsKilled() throws {
    try with("trap '' TERM; touch $1; while :; do sleep 0.1; done") { folder, group in
      try folder.note(StartedGroup(startedHere: group.leader))
      #expect(try folder.endAll() == [Int(group.leader)])
      #expect(!group.isRunning)
    }
  }

  @Test func whatItsLeaderLeftBehindIsEnded() throws {
    try with("(touch $1; sleep 1000) & wait") { folder, group in
      try folder.note(StartedGroup(startedHere: group.leader))
      kill(group.leader, SIGKILL)
      reap(group)
      #expect(group.isRunning)
      #expect(try folder.endAll() == [Int(group.leader)])
      #expect(!group.isRunning)
    }
  }

  @Test func aProcessThatHasBeenGivenTheSameNumberIsLeftAlone() throws {
    try with(sleeper) { folder, group in
      let here = StartedGroup(startedHere: group.leader)
      let started = try #require(here.started)
      let others = [
        StartedGroup(
          number: here.number, started: started - 1, session: here.session, boot: here.boot),
        StartedGroup(number: here.number, started: started, session: here.session, boot: "other"),
        StartedGroup(number: here.number, started: nil, session: here.session, boot: here.boot),
      ]
      for other in others {
        try folder.note(other)
        #expect(try folder.endAll().isEmpty)
        #expect(group.isRunning)
        #expect(try FolderCalls.names(in: folder.path).isEmpty)
      }
    }
  }

  @Test func aGroupOfAnotherSessionIsLeftAloneWhenItsLeaderHasGone() throws {
    try with("(touch $1; sleep 1000) & wait") { folder, group in
      let here = StartedGroup(startedHere: group.leader)
      try folder.note(
        StartedGroup(
          number: here.number, started: here.started, session: here.session + 1, boot: here.boot))
      kill(group.leader, SIGKILL)
      reap(group)
      #expect(try folder.endAll().isEmpty)
      #expect(group.isRunning)
    }
  }

  @Test func whatCannotBeReadIsForgotten() throws {
    let folder = try Folder()
    defer { folder.remove() }
    let groups = GroupFolder(path: "\(folder.path)/processes")
    #expect(try groups.endAll().isEmpty)
    try FolderCalls.make(groups.path)
    for (name, text) in [
      ("a", ""), ("b", "{}"), ("c", "{\"group\":1,\"session\":1,\"boot\":\"\"}"),
    ] {
      try Data(text.utf8).write(to: URL(filePath: "\(groups.path)/\(name)"))
    }
    #expect(mkfifo("\(groups.path)/d", 0o600) == 0)
    #expect(try groups.endAll().isEmpty)
    #expect(try FolderCalls.names(in: groups.path).isEmpty)
  }

  @Test func aCommandIsNotedForAsLongAsItRuns() async throws {
    let folder = try Folder()
    defer { folder.remove() }
    let path = "\(folder.path)/processes"
    var command = Command(
      "/bin/sh",
      arguments: ["-c", "read line; ls \(path); cat \(path)/$$.json"].map { Array($0.utf8) },
      environment: ["PATH": "/usr/bin:/bin"], input: .bytes(Array("go\n".utf8)))
    command.groups = GroupFolder(path: path)
    let result = try await command.run()
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    let noted = try JSONValue(parsing: String(lines.last ?? ""))
    let group = try #require(StartedGroup(json: noted))
    #expect(lines.first.map { "\($0)" } == "\(group.number).json")
    #expect(group.started != nil)
    #expect(group.boot == ProcessTable.boot)
    #expect(group.session == getsid(0))
    #expect(try FolderCalls.names(in: path).isEmpty)
  }

  @Test func aCommandThatCannotBeNotedDoesNotRun() async throws {
    let folder = try Folder()
    defer { folder.remove() }
    try Data().write(to: URL(filePath: "\(folder.path)/processes"))
    var command = Command(
      "/bin/sh",
      arguments: ["-c", "read line && touch \(folder.path)/done"].map { Array($0.utf8) },
      environment: ["PATH": "/usr/bin:/bin"], input: .bytes(Array("go\n".utf8)))
    command.groups = GroupFolder(path: "\(folder.path)/processes")
    let error = await #expect(throws: CommandError.self) { try await command.run() }
    #expect(error?.description.contains("cannot be started") == true)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/done"))
  }
}

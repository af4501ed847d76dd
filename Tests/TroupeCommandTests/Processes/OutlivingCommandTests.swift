import Foundation
import Testing
import TroupeCommand

@testable import TroupeRuntime

/// Commands of a run whose process is killed: they are ended before the run does anything again, and
/// before it is removed.
@Suite(.timeLimit(.minutes(10))) struct OutlivingCommandTests {
  private let newsroom = Executable(name: "TroupeNewsroom")

  private func chore(_ folder: StoreFolder, _ options: String...) async throws -> Executable.Running
  {
    let running = try newsroom.start(
      ["run", "chore", "--set", "folder=\(folder.path)", "--store", "kept", "--id=a"] + options,
      in: folder.path)
    try await running.until { folder.lines.contains { $0.hasPrefix("beat ") } }
    return running
  }

  /// Waits for two further beats of a command, of which the last began after this was called.
  private func untilItBeats(_ folder: StoreFolder, _ number: Substring) async throws {
    func beats() -> Int { folder.lines.count { $0 == "beat \(number)" } }
    let before = beats()
    while beats() < before + 2 { try await Task.sleep(for: .milliseconds(10)) }
  }

  @Test(arguments: [[], ["deaf"], ["orphans"], ["orphans", "deaf"]])
  func theFirstIsGoneBeforeTheSecondStarts(marks: [String]) async throws {
    try await StoreFolder.with { folder in
      for mark in marks { try folder.mark(mark) }
      let first = try await chore(folder)
      first.send(SIGKILL)
      _ = first.end()
      let number = try #require(folder.lines.first?.split(separator: " ").last)
      if marks.contains("orphans"), let leader = pid_t(number) { kill(leader, SIGKILL) }
      // It works on, although its process has ended.
      try await untilItBeats(folder, number)

      let second = try newsroom.start(["resume", "a", "--store", "kept"], in: folder.path)
      try await second.until { folder.lines.count { $0.hasPrefix("begin ") } == 2 }
      let again = try #require(
        folder.lines.last { $0.hasPrefix("begin ") }?.split(separator: " ").last)
      try await untilItBeats(folder, again)
      try folder.open()
      let resumed = second.end()
      #expect(resumed.code == 0, "\(resumed.errors)")
      #expect(resumed.output == "done\n")
      let later = folder.lines.drop { $0 != "begin \(again)" }
      #expect(!later.contains("beat \(number)"), "both worked at once")
      let journal = try newsroom.run("show", "a", "--journal", "--store", "kept", in: folder.path)
      #expect(journal.output.contains("\"ended\":[\(number)]"))
      let left = try FileManager.default.contentsOfDirectory(
        atPath: "\(folder.path)/kept/runs/a/processes")
      #expect(left.isEmpty)
    }
  }

  @Test func theyAreGoneWhenTheRunIsRemoved() async throws {
    try await StoreFolder.with { folder in
      let running = try await chore(folder)
      running.send(SIGKILL)
      _ = running.end()
      let number = try #require(folder.lines.first?.split(separator: " ").last)
      func prune(_ age: String) throws -> String {
        try newsroom.run(
          "prune", "--unended", "--older-than", age, "--store", "kept", in: folder.path
        ).output
      }
      #expect(try prune("1h") == "")
      try await untilItBeats(folder, number)
      #expect(try prune("0s") == "a\n")
      let group = try #require(pid_t(number))
      let isLeft = isRunning(group)
      #expect(!isLeft)
      if isLeft { kill(-group, SIGKILL) }
    }
  }

  @Test func whoLeavesAtOnceEndsItsCommands() async throws {
    try await StoreFolder.with { folder in
      try folder.mark("deaf")
      let running = try await chore(folder, "--grace", "1 h")
      running.send(SIGTERM)
      try await running.untilSaid("stopping", in: folder)
      running.send(SIGTERM)
      #expect(running.end().code == ExitCode.resumable.rawValue)
      let number = try #require(folder.lines.first?.split(separator: " ").last)
      while isRunning(pid_t(number) ?? 0) { try await Task.sleep(for: .milliseconds(10)) }
    }
  }

  /// Whether there is a process that has not ended; one that nobody reaps has.
  private func isRunning(_ number: pid_t) -> Bool {
    ProcessTable.process(number)?.isOver == false
  }
}

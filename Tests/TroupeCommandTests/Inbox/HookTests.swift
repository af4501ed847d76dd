import Foundation
import Testing
import Troupe
import TroupePlan
import TroupeRuntime

@testable import TroupeCommand

/// Who is told of requests by hooks, how often, and what the inbox that watches tells besides.
@Suite(.timeLimit(.minutes(10))) struct HookTests {
  private struct Notice: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("notice")

    var body: some Step {
      Stage("write", reads: input, writes: output) { "News of \($0)." }
        .gate("reads well", reviewedBy: Self.editor, within: .hours(10))
    }
  }

  private let team = Team {
    Member("ann", plays: Notice.editor) { Person() }
    Member("ben", plays: Notice.editor) { Person() }
  }

  /// A store with runs that wait for a review.
  private func waiting(
    _ runs: [String], _ work: (StoreFolder, Runtime, Store) async throws -> Void
  ) async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      for run in runs { _ = try await runtime.advance(Notice(), input: "cats", id: run) }
      try await work(folder, runtime, try #require(runtime.store))
    }
  }

  private func hooks(_ options: [String: String]) throws -> Hooks {
    var arguments = Arguments()
    arguments.options = options.mapValues { [$0] }
    let console = Console(
      arguments: [], environment: ["PATH": "/usr/bin:/bin"], output: BufferSink(),
      errors: BufferSink())
    return try Hooks(arguments, console, of: .inbox)
  }

  @Test func whoIsSlowToBeToldKeepsNobodyWaiting() async throws {
    try await waiting(["first", "second"]) { folder, _, store in
      // Each ends when both have begun.
      let script = "\(folder.path)/meet"
      let place = "\(folder.path)/told"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
      try """
      touch \(place)/$$
      while [ $(ls \(place) | wc -l) -lt 2 ]; do sleep 0.01; done
      touch \(place)/done-$$
      """.write(toFile: script, atomically: true, encoding: .utf8)
      let hooks = try hooks(["on-waiting": "/bin/sh \(script)"])
      await hooks.tell(try await InboxList(store).requests, at: Date()) { _ in true }
      await hooks.finish()
      let ends = try FileManager.default.contentsOfDirectory(atPath: place)
        .count { $0.hasPrefix("done") }
      #expect(ends == 2)
    }
  }

  @Test func whatTakesLongerThanThereIsTimeForIsGivenUp() async throws {
    try await waiting(["first"]) { _, _, store in
      let hooks = try hooks(["on-waiting": "/bin/sleep 1000"])
      await hooks.tell(try await InboxList(store).requests, at: Date()) { _ in true }
      await hooks.giveUp()
      await hooks.finish()
    }
  }

  @Test func aRunThatIsToStopGivesHooksNoMoreTimeThanAllElse() async throws {
    try await StoreFolder.with { folder in
      let (signals, send) = AsyncStream.makeStream(of: Console.Signal.self)
      let shell = Shell(workflows: [Notice()], team: team, signals: { signals })
      let (script, told) = ("\(folder.path)/hook", "\(folder.path)/told")
      try "touch \(told); sleep 1000".write(toFile: script, atomically: true, encoding: .utf8)
      async let ended = shell.call(
        "run", "notice", "--input=cats", "--store", folder.store, "--until-waiting",
        "--on-waiting=/bin/sh \(script)", "--grace=0s")
      while !FileManager.default.fileExists(atPath: told) {
        try await Task.sleep(for: .milliseconds(10))
      }
      send.yield(.terminate)
      let result = await ended
      #expect(result.code == .resumable, "\(result.errors)")
      #expect(result.errors.contains("warning: '--on-waiting' failed: "), "\(result.errors)")
    }
  }

  @Test func whatIsAnsweredIsForgottenUnlessItsRunCannotBeRead() async throws {
    try await waiting(["first", "second"]) { _, _, store in
      let all = try await InboxList(store).requests
      let hooks = try hooks(["on-waiting": "true", "on-late": "true"])
      let late = Date() + 35_999
      await hooks.tell(all, at: late) { _ in true }
      #expect(await hooks.told == 4)
      await hooks.tell(all.filter { $0.request.run == "first" }, at: late) { $0 != "second" }
      #expect(await hooks.told == 4)
      await hooks.tell(all.filter { $0.request.run == "first" }, at: late) { _ in true }
      #expect(await hooks.told == 2)
      await hooks.finish()
    }
  }

  @Test func theListIsShownAgainWhenSomebodyElseIsAskedAndWhenARunCannotBeRead() async throws {
    try await waiting(["first", "second"]) { folder, runtime, store in
      let (signals, leave) = AsyncStream<Console.Signal>.makeStream()
      let (output, errors) = (BufferSink(), BufferSink())
      let console = Console(
        arguments: ["inbox", "--watch", "--json", "--store", folder.store], environment: [:],
        output: output, errors: errors, signals: { signals })
      let watch = Task { await Tool(name: "newsroom", workflows: [Notice()]).run(console) }
      while output.text.isEmpty { await Task.yield() }
      let letter = Letter(
        id: "move", from: "otto", at: Date(),
        .redirect("notice/write/@gate(reads well)", to: "ben", why: "away"))
      _ = try await store.send(letter, to: "first", nonce: "move")
      _ = try await runtime.advance(Notice(), input: "cats", id: "first")
      while !output.text.contains("\"members\":[\"ben\"]") { await Task.yield() }
      #expect(errors.text.isEmpty)
      var bytes = try folder.journal("second")
      bytes[bytes.startIndex + 40] ^= 1
      try bytes.write(to: URL(filePath: folder.journalPath("second")))
      while !errors.text.contains("warning: run 'second': ") { await Task.yield() }
      leave.yield(.terminate)
      #expect(await watch.value == .done)
    }
  }
}

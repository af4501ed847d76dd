import Foundation
import Testing
import Troupe
import TroupePlan
import TroupeRuntime

@testable import TroupeCommand

/// The inbox as it changes, and who is told of it.
@Suite(.timeLimit(.minutes(10))) struct InboxWatchTests {
  struct Notice: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("notice")

    var body: some Step {
      Stage("write", reads: input, writes: output) { "News of \($0)." }
        .gate("reads well", reviewedBy: Self.editor, within: .hours(10), otherwise: .accept)
      Stage("sign", by: Self.editor, reads: output, writes: output) { "Sign: \($0)" }
    }
  }

  private let team = Team {
    Member("ann", plays: Notice.editor) { Person() }
    Member("ben", plays: Notice.editor) { Person() }
  }

  /// A store with a run that waits for a review.
  private func waiting(_ work: (StoreFolder, Runtime) async throws -> Void) async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      try await work(folder, runtime)
    }
  }

  @Test func aPersonLooksAndAnswersAtTheTerminal() async throws {
    try await waiting { folder, runtime in
      var shell = Shell(workflows: [Notice()], size: TerminalSize(columns: 80, rows: 24))
      shell.typist = Typist(
        "dance", "approve", "1", "approve", "as cleo", "approve", "as ben", "reject",
        "reject too short", "quit")
      // Two requests, so that one has to be opened first.
      _ = try await runtime.advance(Notice(), input: "dogs", id: "quip")
      let result = await shell.call("inbox", "--watch", "--store", folder.store)
      #expect(result.code == .done)
      for line in [
        "  1  piec:8   ann, ben (editor)  review", "there is no 'dance' here",
        "open a request first", "News of cats.", "type: approve, or reject REASON",
        "say who you are, with 'as NAME': 'ann' or 'ben'", "not yours", "say why: reject REASON",
        "answered piec:8 as 'ben'",
      ] {
        #expect(result.errors.contains(line), "'\(line)' in \(result.errors)")
      }
      let pending = try await runtime.store?.inbox().first { $0.run == "piece" }?.pending
      #expect(pending == Event.Answering(by: "ben", answer: .reject("too short")))
    }
  }

  @Test func whatIsSuppliedIsWrittenInTheEditor() async throws {
    try await waiting { folder, runtime in
      let store = try #require(runtime.store)
      let review = try #require(try await store.inbox().first)
      try await store.answer(review.id, of: "piece", .approve, as: "ann")
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      let editor = "\(folder.path)/editor"
      try "#!/bin/sh\necho 'Signed: Ann' > \"$1\"\n".write(
        toFile: editor, atomically: true, encoding: .utf8)
      var shell = Shell(
        workflows: [Notice()], environment: ["EDITOR": "/bin/sh \(editor)", "USER": "ann"],
        size: TerminalSize(columns: 80, rows: 24))
      shell.typist = Typist("1", "supply", "quit")
      let result = await shell.call("inbox", "--watch", "--store", folder.store)
      #expect(result.errors.contains("answered piec:17 as 'ann'"), "\(result.errors)")
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      #expect(try await store.history(of: "piece").output == "Signed: Ann")
    }
  }

  @Test func aHookIsToldOnceOfEachRequestAndWhenItIsAboutToBeLate() async throws {
    try await waiting { folder, runtime in
      let request = try #require(try await runtime.store?.inbox().first)
      let errors = BufferSink()
      let console = Console(
        arguments: [], environment: ["PATH": "/usr/bin:/bin"], output: BufferSink(), errors: errors)
      var arguments = Arguments()
      arguments.options = [
        "on-waiting": ["tee -a \(folder.path)/waiting"], "on-late": ["tee -a \(folder.path)/late"],
      ]
      let hooks = try Hooks(arguments, console, of: .inbox)
      let until = try #require(request.until)
      for hours in [-9.0, -8, -1.5, -0.9, -0.5] {
        await hooks.tell([("piec:8", request)], at: until + hours * 3_600) { _ in true }
        await hooks.finish()
        let late = try? String(contentsOfFile: "\(folder.path)/late", encoding: .utf8)
        #expect((late != nil) == (hours > -1))
      }
      for name in ["waiting", "late"] {
        let text = try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 1)
        let json = try JSONValue(parsing: String(lines[0]))
        #expect(json["name"] == "piec:8")
        #expect(json["gate"] == "reads well")
        #expect(json["members"] == ["ann", "ben"])
        #expect(json["decisions"] == ["approve", "reject"])
      }
      #expect(errors.text.isEmpty)
      arguments.options = ["on-waiting": ["/no/such/command"]]
      let broken = try Hooks(arguments, console, of: .inbox)
      await broken.tell([("piec:8", request)], at: until) { _ in true }
      await broken.finish()
      #expect(errors.text.hasPrefix("warning: '--on-waiting' failed: "))
    }
  }

  @Test func aRunTellsItsHookWhenItAsks() async throws {
    try await StoreFolder.with { folder in
      let newsroom = Executable(name: "TroupeNewsroom")
      let result = try newsroom.start(
        [
          "run", "column", "--input", "cats", "--id", "piece", "--store", "kept",
          "--until-waiting", "--on-waiting", "tee waiting",
        ], in: folder.path
      ).end()
      #expect(result.code == ExitCode.waiting.rawValue, "\(result.errors)")
      let told = try String(contentsOfFile: "\(folder.path)/waiting", encoding: .utf8)
      #expect(try JSONValue(parsing: told)["id"] == "column/write")
    }
  }

  @Test func withoutATerminalTheListIsPrintedWhenItChanges() async throws {
    try await waiting { folder, runtime in
      let store = try #require(runtime.store)
      let (signals, leave) = AsyncStream<Console.Signal>.makeStream()
      let output = BufferSink()
      let console = Console(
        arguments: ["inbox", "--watch", "--json", "--store", folder.store], environment: [:],
        output: output, errors: BufferSink(), signals: { signals })
      let tool = Tool(name: "newsroom", workflows: [Notice()])
      let watch = Task { await tool.run(console) }
      while output.text.isEmpty { await Task.yield() }
      try await store.answer(
        "notice/write/@gate(reads well)", of: "piece", .approve, as: "ann")
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      while !output.text.contains("notice/sign") { await Task.yield() }
      leave.yield(.terminate)
      #expect(await watch.value == .done)
    }
  }

  @Test func aRunThatIsNotKeptAsksNobody() async throws {
    let result = await Shell(workflows: [Notice()], team: team).call(
      "run", "notice", "--input", "cats")
    #expect(result.code == .usage)
    #expect(
      result.errors == """
        error: people play the role 'editor', and can only answer a run that is kept
          '--store DIR' keeps it

        """)
  }
}

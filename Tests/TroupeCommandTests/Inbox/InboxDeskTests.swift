import Foundation
import Testing
import Troupe
import TroupePlan
import TroupeRuntime

@testable import TroupeCommand

/// A person at a terminal with the inbox and an editor.
@Suite(.timeLimit(.minutes(10))) struct InboxDeskTests {
  private struct Signature: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("notice")
    let output = Artifact<String>("signed")

    var body: some Step {
      Stage("sign", by: Self.editor, reads: input, writes: output) { "Sign: \($0)" }
    }
  }

  private let team = Team { Member("ann", plays: Signature.editor) { Person() } }

  private func editor(_ script: String, in folder: StoreFolder) throws -> [String: String] {
    let path = "\(folder.path)/editor"
    try script.write(toFile: path, atomically: true, encoding: .utf8)
    return ["EDITOR": "/bin/sh \(path)", "USER": "ann", "PATH": "/usr/bin:/bin"]
  }

  @Test func nothingIsReadFromTheTerminalWhileTheEditorHasIt() async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      _ = try await runtime.advance(Signature(), input: "cats", id: "piece")
      let written = "\(folder.path)/written"
      let lines = Lock(["supply", "quit"])
      let (wasFree, errors) = (Lock<[Bool]>([]), BufferSink())
      let console = Console(
        arguments: ["inbox", "--watch", "--store", folder.store],
        environment: try editor("echo Ann > \"$1\"; touch \(written)", in: folder),
        output: BufferSink(), errors: errors,
        size: { TerminalSize(columns: 80, rows: 24) }, isInputTyped: true,
        lines: {
          AsyncStream {
            while !errors.text.contains("> ") { await Task.yield() }
            wasFree.withLock { $0.append(FileManager.default.fileExists(atPath: written)) }
            return lines.withLock { $0.isEmpty ? nil : $0.removeFirst() }
          }
        })
      let code = await Tool(name: "newsroom", workflows: [Signature()]).run(console)
      #expect(code == .done)
      #expect(wasFree.withLock { $0 } == [false, true])
    }
  }

  @Test func whatIsWrittenInTheEditorNamesNoFile() async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      _ = try await runtime.advance(Signature(), input: "cats", id: "piece")
      var shell = Shell(
        workflows: [Signature()],
        environment: try editor("echo '@ann signs' > \"$1\"", in: folder),
        size: TerminalSize(columns: 80, rows: 24))
      shell.typist = Typist("supply", "quit")
      _ = await shell.call("inbox", "--watch", "--store", folder.store)
      _ = try await runtime.advance(Signature(), input: "cats", id: "piece")
      #expect(try await runtime.store?.history(of: "piece").output == "@ann signs")
    }
  }

  @Test func anAnswerGoesToNoOtherRequestThanTheOneThatWasOpened() async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      let store = try #require(runtime.store)
      _ = try await runtime.advance(Signature(), input: "cats", id: "first")
      let errors = BufferSink()
      var arguments = Arguments()
      arguments.options = ["store": [folder.store], "me": ["ann"]]
      let invocation = Invocation(
        tool: Tool(name: "newsroom", workflows: [Signature()]), arguments: arguments,
        console: Console(
          arguments: [], environment: [:], output: BufferSink(), errors: errors))
      let place = try StorePlace(of: invocation, .inbox)
      var desk = InboxDesk(invocation: invocation, place: place)
      desk.take(try await InboxList(store))
      _ = try await desk.perform("1")
      // Meanwhile it is answered elsewhere, and something else waits.
      try await store.answer("signature/sign", of: "first", .supply("Ann"), as: "ann")
      _ = try await runtime.advance(Signature(), input: "cats", id: "first")
      _ = try await runtime.advance(Signature(), input: "dogs", id: "second")
      desk.take(try await InboxList(store))
      _ = try await desk.perform("supply Not for this")
      #expect(errors.text.contains("does not wait any more"), "\(errors.text)")
      #expect(try await store.inbox().map(\.pending) == [nil])
    }
  }
}

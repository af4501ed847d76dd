import Foundation
import Testing
import Troupe
import TroupeCommand

/// What is said to a run on the command line and cannot be used.
@Suite struct LetterRefusalTests {
  /// Asks for a number.
  struct Asking: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step { Wait("ask", for: Signal<Int>("answer"), writes: output) }
  }

  /// Runs the command line, with the workflow or as another executable.
  private struct Desk: Sendable {
    let store: String
    var workflows: [any Workflow] = [Asking()]

    /// The desk of an executable that does not have the workflow.
    var stranger: Desk { Desk(store: store, workflows: []) }

    func callAsFunction(_ arguments: String...) async -> Shell.Result {
      await Shell(workflows: workflows).call(arguments + ["--store", store])
    }

    static func with(_ work: (Desk) async throws -> Void) async throws {
      try await StoreFolder.with { folder in
        let desk = Desk(store: folder.store)
        #expect(
          await desk("run", "asking", "--input", "1", "--id", "a", "--until-waiting").code
            == .waiting)
        try await work(desk)
      }
    }
  }

  private func expect(
    _ result: Shell.Result, _ message: String, _ location: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(result.code == .usage, sourceLocation: location)
    #expect(result.errors.hasPrefix(message), "\(result.errors)", sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
  }

  @Test func whatIsWrongIsSaidAtOnce() async throws {
    try await Desk.with { desk in
      expect(await desk("signal", "a"), "error: 'signal' needs NAME")
      expect(await desk("signal"), "error: 'signal' needs RUN")
      expect(await desk("cancel"), "error: 'cancel' needs RUN")
      expect(await desk("settle", "a", "--abort"), "error: 'settle' needs ADDRESS")
      expect(await desk("signal", "b", "answer"), "error: there is no run 'b'")
      expect(await desk("cancel", "b"), "error: there is no run 'b'")
      expect(await desk("settle", "b", "x", "--abort", "--why", "so"), "error: there is no run 'b'")
      expect(
        await desk("signal", "a", "asnwer"),
        "error: no step of the run waits for signal 'asnwer'; did you mean 'answer'?")
      expect(
        await desk("signal", "a", "answer", "--value", "{4"), "error: '--value' is no JSON: ")
      expect(await desk("signal", "a", "answer", "--value", "@/none"), "error: ")
      expect(
        await desk("signal", "a", "answer", "--value", "true"),
        "error: the payload of signal 'answer' cannot be used: ")
      expect(
        await desk("signal", "a", "answer"),
        "error: the payload of signal 'answer' cannot be used: ")
      expect(
        await desk("signal", "a", "answer", "--value", "1", "--id", "../a"),
        "error: '../a' cannot be the identity of a letter")
      expect(
        await desk("settle", "a", "asking/ask", "--abort", "--why", "so"),
        "error: nothing is in doubt at 'asking/ask', nor anywhere else in the run")
      expect(await desk("settle", "a", "x", "--abort"), "error: 'settle' needs '--why'")
      expect(
        await desk("settle", "a", "x", "--abort", "--not-done", "--why", "so"),
        "error: 'settle' needs one of")
      expect(
        await Shell().call("run", "echo", "--input", "x", "--until-waiting"),
        "error: option '--until-waiting' needs '--store'")
      expect(
        await desk("resume", "--all", "--until-waiting"),
        "error: option '--until-waiting' takes one RUN")
    }
  }

  @Test func aPayloadThatNobodyHereCanCheckIsRefusedByTheRun() async throws {
    try await Desk.with { desk in
      let sent = await desk.stranger("signal", "a", "answer", "--value", "true", "--id", "one")
      #expect(sent.code == .done, "\(sent.errors)")
      #expect(await desk("resume", "a", "--until-waiting").code == .waiting)
      let reason = "error: run 'a' has refused it: the payload of signal 'answer' cannot be used"
      // Whoever asks again under the same identity, or looks at the run, is told.
      let again = await desk.stranger("signal", "a", "answer", "--value", "true", "--id", "one")
      #expect(again.code == .failed)
      #expect(again.errors.hasPrefix(reason), "\(again.errors)")
      #expect(await desk("show", "a").output.contains("the payload of signal 'answer'"))
      let right = await desk.stranger("signal", "a", "answer", "--value", "4")
      #expect(right.code == .done)
      #expect(await desk("resume", "a").output == "4\n")
    }
  }

  @Test func whoWaitsForTheRunIsToldThatItHasRefused() async throws {
    try await Desk.with { desk in
      async let sent = desk.stranger("signal", "a", "answer", "--value", "true", "--wait")
      async let done = desk.stranger("signal", "a", "answer", "--value", "5", "--wait")
      let store = Store.directory(desk.store)
      let mailbox = "\(desk.store)/runs/a/mailbox/new"
      while try FileManager.default.contentsOfDirectory(atPath: mailbox).count < 2 {
        await Task.yield()
      }
      #expect(try await Runtime(store: store).resume(Asking(), id: "a") == 5)
      let (refused, taken) = await (sent, done)
      #expect(refused.code == .failed)
      #expect(refused.errors.contains("error: run 'a' has refused it"), "\(refused.errors)")
      #expect(taken.output == "run 'a' has taken signal 'answer'\n", "\(taken.errors)")
    }
  }

  @Test func aRunThatHasEndedTakesNothing() async throws {
    try await Desk.with { desk in
      #expect(await desk("signal", "a", "answer", "--value", "3").code == .done)
      #expect(await desk("resume", "a").output == "3\n")
      expect(
        await desk("signal", "a", "answer", "--value", "3"),
        "error: signal 'answer' comes too late: the run has ended")
      expect(await desk("cancel", "a"), "error: run 'a' has already ended")
      expect(
        await desk("settle", "a", "asking/ask", "--abort", "--why", "so"),
        "error: run 'a' has already ended")
    }
  }
}

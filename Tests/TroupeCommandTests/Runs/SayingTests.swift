import Foundation
import Testing
import Troupe
import TroupeCommand

/// Who decided what in a run and why, as 'show' tells it.
@Suite struct SayingTests {
  private struct Lost: Error, CustomStringConvertible { let description = "no answer" }

  /// Is in doubt at first, then waits for an editor.
  private struct Paying: Workflow {
    static let editor = Role("editor")

    let tries = Lock(0)
    let input = Artifact<String>("input")
    let output = Artifact<String>("receipt")
    let paid = Artifact<String>("paid")
    var name: String { "paying" }

    var body: some Step {
      Stage("pay", reads: input, writes: paid) { sum in
        let isFirst = tries.withLock { tries in
          defer { tries += 1 }
          return tries == 0
        }
        if isFirst { throw Lost() }
        return sum
      }
      .atMostOnce()
      Stage("thank", reads: paid, writes: output) { $0 }
        .gate("long enough") { $0.count > 10 ? .accepted : .rejected("too short") }
        .gate("reads well", reviewedBy: Self.editor)
    }
  }

  private struct Desk {
    let shell: Shell
    let store: [String]

    func callAsFunction(_ arguments: String...) async -> Shell.Result {
      await shell.call(arguments + store)
    }

    /// What 'show' tells of the run, as text and as the events and verdicts of JSON.
    func shown(_ options: String...) async throws -> (text: String, told: [JSONValue]) {
      let text = await shell.call(["show", "a"] + options + store).output
      let json = try JSONValue(
        parsing: await shell.call(["show", "a", "--json"] + options + store).output)
      guard case .array(let steps)? = json["steps"] else { return (text, []) }
      let told = steps.flatMap { step in
        ["others", "judgements"].flatMap { key -> [JSONValue] in
          if case .array(let items)? = step[key] { items } else { [] }
        }
      }
      return (text, told)
    }
  }

  private func desk(_ work: (Desk) async throws -> Void) async throws {
    let shell = Shell(
      workflows: [Paying()],
      team: Team {
        Member("ann", plays: Paying.editor) { Person() }
        Member("ben", plays: Paying.editor) { Person() }
      }, environment: ["USER": "Otto"])
    try await StoreFolder.with { folder in
      let desk = Desk(shell: shell, store: ["--store", folder.store])
      #expect(await desk("run", "paying", "--input=5", "--id=a").code == .failed)
      try await work(desk)
    }
  }

  @Test func whoeverSettledOverrodeHandedOnAndCancelledIsNamedWithTheReason() async throws {
    try await desk { desk in
      _ = await desk("settle", "a", "paying/pay", "--not-done", "--why", "no \u{1B}trace")
      #expect(await desk("resume", "a").code == .failed)
      _ = await desk("override", "a", "paying/thank", "--accept", "--why", "it will do")
      #expect(await desk("resume", "a", "--until-waiting").code == .waiting)
      _ = await desk("redirect", "a", "--to", "ben", "--reason", "Ann is away")
      #expect(await desk("resume", "a", "--until-waiting").code == .waiting)
      _ = await desk("cancel", "a", "--why", "ordered twice")
      _ = await desk("resume", "a")
      let (text, told) = try await desk.shown()
      for line in [
        "was not done, and may start again, says Otto: no \\u{1B}trace",
        "rejected: too short; accepted all the same; waived by Otto: it will do",
        "is handed on to 'ben', says Otto: Ann is away",
        "is to be cancelled, says Otto: ordered twice",
      ] {
        #expect(text.contains("\(line)\n"), "\(text)")
      }
      let reasons = ["no \u{1B}trace", "it will do", "Ann is away", "ordered twice"]
      for why in reasons {
        let item = try #require(told.first { $0["why"] == .string(why) }, "\(told)")
        #expect(item["by"] == "Otto")
        #expect(item["isOverride"] == (why == "it will do" ? true : nil))
      }
    }
  }

  @Test func anEarlierStateTellsOfThoseWhoHadSpokenByThen() async throws {
    try await desk { desk in
      _ = await desk("settle", "a", "paying/pay", "--not-done", "--why", "no trace")
      _ = await desk("resume", "a")
      let (_, told) = try await desk.shown()
      let settled = try #require(told.first { $0["why"] == "no trace" })
      guard case .integer(let record)? = settled["record"] else {
        Issue.record("\(settled)")
        return
      }
      let then = try await desk.shown("--at", "\(record)")
      #expect(then.text.contains("says Otto: no trace\n"))
      #expect(then.told.contains(settled))
      let before = try await desk.shown("--at", "\(record - 1)")
      #expect(!before.text.contains("Otto"))
      #expect(before.told.allSatisfy { $0["by"] == nil })
    }
  }

  @Test func anAnswerThatAnOperatorGaveIsToldFromThatOfWhoWasAsked() async throws {
    try await desk { desk in
      _ = await desk("settle", "a", "paying/pay", "--output", "a long receipt", "--why", "seen")
      #expect(await desk("resume", "a", "--until-waiting").code == .waiting)
      _ = await desk(
        "override", "a", "paying/thank/@gate(reads well)", "--accept", "--why", "late")
      #expect(await desk("resume", "a").code == .done)
      let (text, told) = try await desk.shown()
      #expect(text.contains("was done all the same, says Otto: seen\n"))
      #expect(text.contains("'Otto' approves it: late (as an operator)\n"), "\(text)")
      let answer = try #require(told.first { $0["why"] == "late" })
      #expect(answer["by"] == "Otto")
      #expect(answer["isOverride"] == true)
    }
  }
}

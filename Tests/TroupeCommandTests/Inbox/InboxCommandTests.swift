import Foundation
import Testing
import TroupeCommand

/// What waits for people, shown and answered from the command line by processes of their own.
@Suite(.timeLimit(.minutes(10))) struct InboxCommandTests {
  private let newsroom = Executable(name: "TroupeNewsroom")

  private func inbox(
    topic: String = "cats",
    _ work: (_ call: ([String]) throws -> (code: Int32, output: String, errors: String)) throws ->
      Void
  ) async throws {
    try await StoreFolder.with { folder in
      func call(_ arguments: [String]) throws -> (code: Int32, output: String, errors: String) {
        try newsroom.start(arguments + ["--store", "kept"], in: folder.path).end()
      }
      try "{\"title\": \"Cats\", \"words\": [\"purr\"]}".write(
        toFile: "\(folder.path)/text.json", atomically: true, encoding: .utf8)
      let run = try call(["run", "column", "--input", topic, "--id", "piece", "--until-waiting"])
      #expect(run.code == ExitCode.waiting.rawValue, "\(run.errors)")
      try work(call)
    }
  }

  @Test func aColumnIsWrittenRejectedWrittenAgainAndApproved() async throws {
    try await inbox { call in
      let list = try call(["inbox"])
      #expect(list.code == 0)
      #expect(
        list.output == """
          REQUEST  FOR            WHAT        STEP          BY WHEN
          piec:5   cleo (writer)  assignment  column/write  any time

          """)
      #expect(list.errors == "look with: TroupeNewsroom inbox piec:5 --store kept\n")
      let request = try call(["inbox", "piec:5"]).output
      #expect(request.contains("Write about cats."))
      #expect(request.contains("Write so that children understand it."))
      #expect(
        request.hasSuffix(
          """
          answer with
            TroupeNewsroom answer piec:5 supply --value '{"title":"…","words":["…"]}' --store kept
            TroupeNewsroom answer piec:5 supply --value @FILE --store kept

          """), "\(request)")
      #expect(try call(["answer", "piece", "supply", "--value", "@text.json"]).code == 0)
      let pending = try call(["inbox"])
      #expect(pending.output.contains("answered by 'cleo', not yet recorded"))
      let review = try call(["resume", "piece", "--until-waiting"])
      #expect(review.code == ExitCode.waiting.rawValue)
      let tail = """
          'column/write/@gate(reads well)' waits for 'ann' or 'ben' to answer a review for gate \
        'reads well' until
        """
      #expect(review.errors.contains(tail), "\(review.errors)")
      #expect(
        review.errors.contains(
          "answer with: TroupeNewsroom answer piec:12 approve --as ann --store kept\n"),
        "\(review.errors)")
      let runs = try call(["runs"]).output
      #expect(
        runs.contains("run piece waits for 'ann' or 'ben' to answer a review for gate 'reads well'")
      )
      #expect(try call(["inbox", "--me", "ann"]).output.contains("in 24 h"))
      let writers = try call(["inbox", "--role", "writer"])
      #expect(writers.output.isEmpty)
      #expect(
        writers.errors.hasPrefix(
          "nothing waits for whom you ask for in 'kept'; 1 request to others or in other roles"))
      let shown = try call(["inbox", "piece", "--me", "ann"]).output
      #expect(shown.contains("'column/write' fails, and the run stops"))
      #expect(shown.contains(#""title":"Cats""#))
      #expect(shown.contains("answer piec:12 reject --reason 'what is wrong' --as ann"))
      let rejected = try call([
        "answer", "piec:12", "reject", "--reason", "too short", "--as", "ann",
      ])
      #expect(
        rejected.output == """
          handed in to run 'piece': the answer to request 'column/write/@gate(reads well)', as \
          'ann'; it takes it when it is resumed

          """)
      _ = try call(["resume", "piece", "--until-waiting"])
      let again = try call(["inbox", "piece"]).output
      #expect(
        again.contains("take 1: gate 'reads well': rejected: too short; take 2 follows"), "\(again)"
      )
      _ = try call(["answer", "piece", "supply", "--value", "@text.json", "--reason", "as it is"])
      _ = try call(["resume", "piece", "--until-waiting"])
      _ = try call(["answer", "piece", "approve", "--as", "ben"])
      let end = try call(["resume", "piece"])
      #expect(end.output == "Cats: purr\n")
      #expect(end.errors.contains("'ben' approves it"))
      #expect(try call(["inbox"]).errors == "nothing waits for people in 'kept'\n")
    }
  }

  @Test func aRunThatIsUnderWayTakesTheAnswerAtOnce() async throws {
    try await StoreFolder.with { folder in
      func call(_ arguments: [String]) throws -> (code: Int32, output: String, errors: String) {
        let other = folder.path + "/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        return try newsroom.start(arguments + ["--store", folder.path + "/kept"], in: other).end()
      }
      let run = try newsroom.start(
        ["run", "column", "--input", "cats", "--id", "piece", "--store", "kept"], in: folder.path)
      while try !call(["inbox"]).output.contains("assignment") {
        try await Task.sleep(for: .milliseconds(20))
      }
      let value = #"{"title": "Cats", "words": ["purr"]}"#
      let taken = try call(["answer", "piece", "supply", "--value", value, "--wait"])
      #expect(taken.output.hasPrefix("run 'piece' has taken the answer"), "\(taken.errors)")
      while try !call(["inbox"]).output.contains("review") {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(try call(["answer", "piece", "approve", "--as", "ann", "--wait"]).code == 0)
      let end = run.end()
      #expect(end.output == "Cats: purr\n")
      #expect(end.errors.contains("  look with: TroupeNewsroom inbox piece:5 --store kept\n"))
    }
  }

  @Test func whatCannotBeTakenIsRefusedWithTheReason() async throws {
    try await inbox { call in
      func refused(_ arguments: String...) throws -> String {
        let result = try call(arguments)
        #expect(result.code == ExitCode.usage.rawValue, "\(arguments): \(result.output)")
        return result.errors
      }
      #expect(try refused("answer", "piece", "approve").contains("wrong type: request"))
      #expect(
        try refused("answer", "piece", "supply", "--value", "[1]").contains("wrong type: request"))
      #expect(
        try refused("answer", "piece", "supply", "--value", "@text.json", "--as", "ann")
          == "error: not yours: request 'column/write' is to 'cleo'\n")
      #expect(try refused("answer", "piece:99", "approve").contains("open is piece:5"))
      #expect(try refused("answer", "piece", "agree").contains("there is no decision 'agree'"))
      #expect(try refused("answer", "piece", "reject").contains("needs '--reason'"))
      #expect(try refused("answer", "piece", "supply").contains("needs '--value'"))
      #expect(
        try refused("answer", "piece", "supply", "--value", "1", "--score", "1")
          .contains("'--score' does not go with 'supply'"))
      #expect(try call(["answer", "piece", "supply", "--value", "@text.json"]).code == 0)
      _ = try call(["resume", "piece", "--until-waiting"])
      #expect(
        try refused(
          "answer", "piece:5", "supply", "--value", #"{"title": "Dogs", "words": []}"#
        ).hasPrefix("error: superseded: 'cleo' has already answered"))
      #expect(
        try refused("answer", "piece", "approve", "--as", "cleo").hasPrefix("error: not yours"))
      #expect(try refused("answer", "piece", "approve").contains("asked are 'ann', 'ben'"))
      #expect(try call(["answer", "piece", "approve", "--as", "ann"]).code == 0)
      #expect(try call(["answer", "piece", "approve", "--as", "ann"]).code == 0)
      #expect(
        try refused("answer", "piece", "approve", "--as", "ben").hasPrefix("error: superseded"))
      #expect(try call(["resume", "piece"]).code == 0)
      #expect(try refused("answer", "piece", "approve", "--as", "ann").contains("nothing waits"))
      #expect(
        try refused("answer", "piece:12", "approve", "--as", "ben").contains("has already ended"))
    }
  }

  @Test func whatRunsSayNeverCommandsTheTerminal() async throws {
    try await inbox(topic: "\u{1B}[31mcats\u{202E}") { call in
      for arguments in [["inbox"], ["inbox", "piece"], ["inbox", "--json"], ["show", "piece"]] {
        let result = try call(arguments)
        #expect(result.code == 0)
        let text = result.output + result.errors
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"), "\(arguments)")
      }
      #expect(try call(["inbox", "piece"]).output.contains(#"\u{1B}[31mcats"#))
    }
  }
}

import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupePlan
import TroupeRuntime

@Suite struct ProgressTreeTests {
  private let story: Story

  init() throws {
    story = Story(try Journey().compile().plan)
  }

  @Test func stepsThatHaveNotBegunAreShown() {
    #expect(
      story.screen(after: 0) == """
        · journey
          · draft
          · each
          · polish
            · revise
          · size
            · small
              · tell
            · otherwise
          · sum
        """)
  }

  @Test func stateAttemptTakeMemberAndTimeAreShown() {
    story.at(0, "", .opened)
    story.at(0, "draft", .opened, .start("scribe"))
    #expect(line("draft", after: 4.9) == "  ▸ draft            4 s  scribe")
    story.at(5, "draft", .fail("no network\nat all", pause: .seconds(2)))
    #expect(line("draft", after: 6) == "  ↻ draft            6 s  scribe · no network")
    story.at(7, "draft", .start("scribe", attempt: 2), .finish("scribe", attempt: 2))
    let rejected = Verdict.rejected("too short")
    story.at(8, "draft", .judged(gate: "long", rejected, then: .rework(take: 2)))
    #expect(
      line("draft", after: 8)
        == "  ▸ draft            8 s  scribe · take 2 · attempt 2 · long: too short".clip(60))
    story.at(9, "draft", .start("scribe", take: 2), .finish("scribe", take: 2))
    story.at(9.2, "draft", .judged(gate: "long", .accepted, then: .pass), .closed(.completed))
    #expect(line("draft", after: 100) == "  ✓ draft          9.2 s  scribe · take 2")
    #expect(line("journey", after: 100) == "▸ journey           1:40")
  }

  @Test func whatIsWaitedForIsShown() throws {
    struct Patient: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Wait(for: Signal<Int>("number"), writes: output, within: .hours(1))
        Wait("rest", lasting: .hours(1))
        Effect("pay", reads: output) { _ in }.atMostOnce()
      }
    }
    let story = Story(try Patient().compile().plan)
    let instant = Date(timeIntervalSince1970: 1_893_488_399.5)
    story.at(0, "", .opened)
    story.at(1, "number", .waiting(signal: "number", until: instant))
    #expect(
      story.screen(90, after: 3).split(separator: "\n")[1]
        == "  ▸ number      2 s  waits for signal 'number' until 2030-01-01T09:00:00Z")
    story.at(4, "", .received(signal: "number", id: "1", payload: 1))
    story.at(4, "number", .consumed(signal: 2))
    story.at(4, "rest", .waiting(signal: nil, until: instant))
    #expect(
      story.screen(90, after: 5) == """
        ▸ patient       5 s
          ✓ number    3.0 s
          ▸ rest        1 s  waits until 2030-01-01T09:00:00Z
          · pay
        """)
    story.at(6, "rest", .passed)
    let attempt = Event.Attempt(take: 1, number: 1, member: nil)
    story.at(6, "pay", .opened, .start(), .fail("no line"), .examined(attempt, found: .unknown))
    #expect(
      story.screen(90, after: 7).split(separator: "\n").suffix(2).joined(separator: "\n") == """
          ✓ rest      2.0 s
          ▸ pay         1 s  in doubt
        """)
  }

  @Test func aRunThatStopsSaysWhatCanStillBeDone() {
    story.at(0, "", .opened)
    let heads = [Console.Signal.interrupt, .terminate, .hangUp].map { signal in
      story.screen(80, after: 1, stoppedBy: signal).prefix { $0 != "\n" }
    }
    #expect(
      heads == [
        "▸ journey            1 s  stopping; Ctrl-C once more leaves at once",
        "▸ journey            1 s  stopping; Ctrl-C leaves at once",
        "▸ journey            1 s  stopping",
      ])
  }

  @Test func aFanOutIsOneLineWithACount() {
    story.at(1, "each", .opened, .fannedOut(count: 1000))
    for index in 1...7 { story.at(1, "each/double", item: ("each", index), .start()) }
    for index in 1...3 { story.at(2, "each/double", item: ("each", index), .finish()) }
    story.at(2, "each/double", item: ("each", 4), .fail("x"))
    story.at(2, "each/double", item: ("each", 5), .fail("x"))
    // Another member takes over.
    story.at(3, "each/double", item: ("each", 5), .start(attempt: 2))
    #expect(
      line("each", after: 3, columns: 80)
        == "  ▸ each             2 s  3 of 1000 done, 3 running, 1 failed")
    #expect(!story.screen(after: 3).contains("double"))
  }

  @Test func aLoopShowsItsRoundAndBeginsItsStepsAnew() {
    story.at(0, "polish", .opened)
    story.at(0, "polish/revise", .start(), .finish())
    #expect(line("revise", after: 1)?.hasPrefix("    ✓ revise") == true)
    story.at(1, "polish", .wentRound(1, done: false))
    #expect(line("polish", after: 1) == "  ▸ polish           1 s  round 2 of 3")
    #expect(line("revise", after: 1) == "    · revise")
    story.at(2, "polish/revise", .start(), .finish())
    story.at(2, "polish", .wentRound(3, done: false), .closed(.completed))
    #expect(line("polish", after: 9) == "  ✓ polish         2.0 s  round 3 of 3")
    #expect(line("revise", after: 9)?.hasPrefix("    ✓ revise") == true)
  }

  @Test func branchesThatAreNotTakenAreSkipped() {
    story.at(0, "size", .opened, .chose(branch: "otherwise"))
    #expect(line("small", after: 1) == "    - small")
    #expect(line("tell", after: 1) == "      - tell")
    #expect(line("otherwise", after: 1) == "    · otherwise")
    #expect(line("size", after: 1) == "  ▸ size             1 s  chose otherwise")
  }

  @Test func whatDoesNotFitIsSummedUpAndWhatRunsStays() throws {
    let story = Story(try Crowd().compile().plan)
    story.at(0, "", .opened)
    story.at(0, "parallel", .opened)
    for index in 0..<40 { story.at(0, "parallel/step-\(index)", .start()) }
    for index in 0..<30 where index != 20 {
      story.at(Double(index), "parallel/step-\(index)", .finish())
    }
    story.at(31, "parallel/step-20", .fail("no luck"))
    #expect(
      story.screen(40, 9, after: 32) == """
        ▸ crowd           32 s
          ▸ parallel      32 s
            ✗ step-20     31 s  no luck
            ▸ step-30     32 s
            ▸ step-31     32 s
            ▸ step-32     32 s
            ▸ step-33     32 s
          … 6 more running, 29 done, 1 waiting
        """)
    for rows in 1...60 {
      let lines = story.screen(40, rows, after: 32).split(separator: "\n")
      #expect(lines.count <= max(rows - 1, 3))
    }
  }

  @Test func noLineIsWiderThanTheTerminal() throws {
    story.at(0, "draft", .opened, .start("名前の長いメンバー 👩‍👩‍👧"))
    for columns in 4...60 {
      for line in story.screen(columns, 24, after: 1).split(separator: "\n") {
        #expect(ColumnWidth.of(line) <= columns, "\(line)")
      }
    }
    #expect(story.screen(30, 24, after: 1).contains("  ▸ draft"))
  }

  @Test func asciiIsUsedWhereNothingElseIsShown() {
    story.at(0, "", .opened)
    story.at(0, "draft", .opened, .start("scribe", attempt: 2))
    let screen = story.screen(32, 6, after: 1, isUnicode: false)
    #expect(screen.utf8.allSatisfy { $0 < 0x80 })
    #expect(screen.contains("> draft"))
  }

  @Test func whatCommandsATerminalIsEscaped() throws {
    let story = Story(try Hostile().compile().plan)
    story.at(0, "a\u{202E}b", .opened, .start("x\u{1B}]0;y\u{7}"))
    let screen = story.screen(80, after: 1)
    #expect(screen.contains(#"a\u{202E}b"#))
    #expect(screen.contains(#"x\u{1B}]0;y\u{7}"#))
    #expect(!screen.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  private func line(_ name: String, after seconds: Double, columns: Int = 60) -> String? {
    story.screen(columns, after: seconds).split(separator: "\n").map(String.init).first {
      $0.drop { $0 == " " }.dropFirst(2).hasPrefix(name)
    }
  }
}

extension String {
  fileprivate func clip(_ columns: Int) -> String { ColumnWidth.clip(self, to: columns) }
}

private struct Journey: Workflow {
  let input = Artifact<[Int]>("numbers")
  let output = Artifact<Int>("total")
  let draft = Artifact<String>("draft")
  let doubles = Artifact<[Int]>("doubles")

  var body: some Step {
    Stage("draft", by: Role("writer"), reads: input, writes: draft) { "\($0)" }
      .retry(attempts: 2)
      .gate("long", otherwise: .rework(upTo: 2)) { $0.count > 3 }
    FanOut("each", over: input, into: doubles) { number, double in
      Stage("double", reads: number, writes: double) { $0 * 2 }
    }
    Repeat("polish", draft, upTo: 3, until: { $0.count > 9 }, otherwise: .accept) {
      Stage("revise", reads: draft, writes: draft) { $0 + "!" }
    }
    Choose("size", on: doubles) {
      When("small") {
        $0.count < 10
      } then: {
        Effect("tell", reads: draft) { _ in }
      }
      Otherwise { Nothing() }
    }
    Stage("sum", reads: doubles, writes: output) { $0.reduce(0, +) }
  }
}

private struct Crowd: Workflow {
  let input = Artifact<Int>("number")
  let output = Artifact<Int>("total")
  let parts = (0..<40).map { Artifact<Int>("part \($0)") }

  var body: some Step {
    Parallel {
      for (index, part) in parts.enumerated() {
        Stage("step-\(index)", reads: input, writes: part) { $0 }
      }
    }
    Stage("sum", reads: .all(parts), writes: output) { $0.reduce(0, +) }
  }
}

private struct Hostile: Workflow {
  let input = Artifact<Int>("number")
  let output = Artifact<Int>("total")

  var body: some Step {
    Stage("a\u{202E}b", by: Role("writer"), reads: input, writes: output) { "\($0)" }
      .retry(attempts: 2)
  }
}

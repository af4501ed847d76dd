import Testing
import Troupe

/// Ladders that contradict themselves, or would never be climbed to their end.
@Suite struct LadderDiagnosticTests {
  @Test func aLadderIsWrittenTwice() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .escalate { On(.failure) { Retry() } }
        .escalate { On(.timeout) { Retry() } }
    }
    #expect(
      text == """
        +3:19: error: stage 'end' has a second '.escalate'
          keep one: a step has one of each modifier, whatever their order
        """)
  }

  @Test func rungsAreNeverReached() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .escalate {
          On(.failure) {
            Abort("it is over")
            Retry()
          }
          On(.timeout, .failure) { Retry() }
        }
    }
    #expect(
      text == """
        +5:18: error: a rung of stage 'end' stands behind 'Abort', and is never reached
          put 'Abort' last
        +7:13: error: stage 'end' has two ladders for failure
          keep one: of several the first would always hold
        """)
  }

  @Test func somebodyIsAskedForEver() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .escalate {
          On(.failure) {
            Ask(.critic)
            Ask(.critic, within: .zero)
          }
        }
    }
    #expect(
      text == """
        +5:16: error: stage 'end' asks 'critic' within 0 s
          give it a time longer than zero
        +4:16: warning: stage 'end' asks 'critic' and may wait for ever
          say how long: Ask(…, within: .hours(4))
        """)
  }

  @Test func nobodyDoesItWhoCouldBeReplaced() {
    let text = report { input, output in
      Phase("write") {
        Stage("end", reads: input, writes: output) { $0 }
      }
      .escalate {
        On(.failure) { Reassign(to: .critic) }
        On(.inDoubt) { Retry() }
      }
    }
    #expect(
      text == """
        +5:32: error: phase 'write' is reassigned, and no role does it
          put 'Reassign' on the stages of roles inside that need it
        +6:29: error: phase 'write' is done again when something inside of it is in doubt
          put the rule for '.inDoubt' on the stage that may be in doubt
        """)
  }

  @Test func whatMayHappenOnceIsNotDoneAgain() {
    let text = report { input, output in
      Phase("pay") {
        Stage("charge", by: .writer, reads: input, writes: a) { "\($0)" }
          .atMostOnce()
          .escalate {
            On(.inDoubt) { Retry() }
            On(.failure) { Reassign(to: .critic) }
          }
        Stage("end", reads: a, writes: output) { $0 }
      }
      .escalate { On(.failure) { Retry() } }
    }
    #expect(
      text == """
        +10:21: error: a ladder has phase 'pay' done again, and stage 'charge' inside it may run at \
        most once (+2:14)
          let it Ask somebody, or put the stage behind phase 'pay'
        +6:15: error: a ladder has stage 'charge' done again, which may run at most once
          let it Ask somebody, or put 'Retry' under 'On(.inDoubt)' alone, where it says that the \
        work was not done
        """)
  }

  @Test func whatIsDoneInsteadWritesSomethingElse() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
        .escalate {
          On(.failure) {
            Fallback { Stage("guess", reads: input, writes: b) { $0 } }
          }
        }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text.contains("error: stage 'end' reads 'a', which is not written on every path"), "\(text)")
    #expect(text.contains("warning: nothing reads 'b'"), "\(text)")
  }

  @Test func aGateEscalatesAndNobodyMeetsIt() {
    let text = report { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
        .gate("long", otherwise: .escalate) { $0 > 3 }
        .escalate { On(.failure) { Abort("no") } }
      Repeat("polish", a, upTo: 2, until: { $0 > 3 }, otherwise: .escalate) {
        Stage("revise", reads: a, writes: a) { $0 + 1 }
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: error: gate 'long' of stage 'draft' escalates, and no rule is there to meet it
          give it one: .escalate { On(.gateRejected) { … } }, on the step or around it
        +4:13: error: the limit of repeat 'polish' escalates, and no rule is there to meet it
          give it one: .escalate { On(.failure) { … } }, on the step or around it
        """)
  }

  @Test func aRuleAroundItMeetsWhatEscalates() {
    let text = report { input, output in
      Phase("write") {
        Stage("draft", reads: input, writes: a) { $0 }
          .gate("long", otherwise: .rework(upTo: 1, then: .escalate)) { $0 > 3 }
        Stage("end", reads: a, writes: output) { $0 }
      }
      .escalate { On(.gateRejected) { Ask(.critic, within: .hours(1)) } }
    }
    #expect(!text.contains("error:"), "\(text)")
  }
}

import Testing
import Troupe

/// Modifiers that contradict each other or make no sense.
@Suite struct ModifierTests {
  @Test func aModifierIsWrittenTwice() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .timeout(.minutes(1))
        .timeout(.minutes(2))
    }
    #expect(
      text == """
        +3:17: error: stage 'end' has a second '.timeout'
          keep one: a step has one of each modifier, whatever their order
        """)
  }

  @Test func limitsAreTooSmall() {
    let (numbers, results) = (Artifact<[Int]>("numbers"), Artifact<[Int]>("results"))
    let outcomes = Artifact<[FanOut.Element<Int>]>("outcomes")
    let text = report { input, output in
      Stage("split", by: .writer, reads: input, writes: numbers) { "\($0)" }
        .retry(attempts: 0, backoff: .constant(.seconds(1), jitter: 2))
        .timeout(.zero)
        .gate("is long", otherwise: .rework(upTo: 0)) { $0.count > 3 }
      FanOut("each", over: numbers, into: results, atMost: 0) { number, result in
        Stage("double", reads: number, writes: result) { $0 * 2 }
      }
      FanOut("some", over: results, into: outcomes, tolerating: -1) { number, result in
        Stage("double", reads: number, writes: result) { $0 * 2 }
      }
      Repeat("polish", input, upTo: 0, until: { $0 > 3 }) {
        Stage("end", reads: outcomes, writes: output) { $0.count }
      }
      .deadline(.seconds(-1))
    }
    #expect(
      text == """
        +1:12: error: stage 'split' allows 0 attempts
          the first attempt counts: retry(attempts: 2) repeats once
        +1:12: error: stage 'split' has a '.retry' with a jitter of 2.0
          give a part from 0 to 1: 0.25 takes away up to a quarter of a pause
        +1:12: error: stage 'split' has a '.timeout' of 0 s
          give it a time longer than zero
        +4:14: error: gate 'is long' of stage 'split' allows 0 reworks
          allow at least one: .rework(upTo: 1)
        +5:13: error: fan-out 'each' allows 0 elements at once
          allow at least one, or leave atMost: out
        +8:13: error: fan-out 'some' tolerates -1 failures
          tolerate none or more
        +11:13: error: repeat 'polish' allows 0 rounds
          allow at least one: upTo: 1
        +11:13: error: repeat 'polish' has a '.deadline' of -1 s
          give it a time longer than zero
        """)
  }

  @Test func aContainerCannotBeRetried() {
    let text = report { input, output in
      Phase("write") {
        Stage("end", reads: input, writes: output) { $0 }
      }
      .retry(attempts: 2)
      .timeout(.zero)
    }
    #expect(
      text == """
        +1:12: error: phase 'write' has a '.retry', which repeats attempts of a stage
          put it on the stages inside, or give the container a gate with '.rework'
        +1:12: error: phase 'write' has a '.timeout' of 0 s
          give it a time longer than zero
        """)
  }

  @Test func gatesAreNotWellNamed() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
        .gate("is long") { $0 > 3 }
        .gate("is long") { $0 > 4 }
        .gate("") { $0 > 5 }
        .gate("is good", reviewedBy: Role("critic"), passing: 80)
    }
    #expect(
      text == """
        +3:14: error: stage 'end' has two gates named 'is long'
          give one of them another name
        +4:14: error: a gate of stage 'end' has an empty name
          say what it checks: pictures, events and feedback go by it
        +5:14: error: gate 'is good' of stage 'end' needs a score of 80.0
          give a number from 0 to 1: passing: 0.8
        """)
  }

  @Test func aStepHasAnEmptyName() {
    let text = report { input, output in
      Stage("", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: error: a stage has an empty name
          give it a name: paths, reports and answers go by it
        """)
  }
}

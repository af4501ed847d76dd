import Testing
import Troupe

/// What is found wrong with waits.
@Suite struct WaitTests {
  private let go = Signal("go")
  private let number = Signal<Int>("number")

  @Test func aWaitIsSoundAndItsPayloadIsWritten() {
    let text = report { [go, number] input, output in
      Wait(for: go, within: .minutes(5))
      Wait("rest", lasting: .hours(1))
      Wait(for: number, writes: output, within: .hours(48))
    }
    #expect(text == "")
  }

  @Test func aWaitForTimeWritesNothing() {
    let text = report { _, output in
      Wait(lasting: .hours(1))
      Stage("end", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:12: error: stage 'end' reads 'a', which nothing writes
          let a step before it write 'a'
        """)
  }

  @Test func aWaitReadsWhatIsNotThere() {
    let start = Artifact<Instant>("start")
    let text = report { input, output in
      Wait(reads: start) { $0.date }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:11: error: the wait reads 'start', which nothing writes
          let a step before it write 'start'
        """)
  }

  @Test func aSignalHasTwoTypes() {
    let other = Signal<String>("number")
    let text = Artifact<String>("text")
    let found = report { [number] _, output in
      Wait("first", for: number, writes: output, within: .hours(1))
      Phase("later") {
        Wait(for: other, writes: text, within: .hours(1))
        Effect("tell", reads: text) { _ in }
      }
    }
    #expect(
      found == """
        +3:13: error: signal 'number' has two types: wait 'number' waits for 'String', \
        wait 'first' waits for 'Int' (+1:11)
          declare it once and use that handle everywhere, or give one of them another name
        """)
  }

  @Test func aSignalHasTwoTypesAcrossACall() {
    let found = report { _, output in
      Wait("own", for: Signal<String>("number"), writes: Artifact<String>("text"))
      Call(Waiting(), reads: a, writes: output)
    }
    #expect(found.contains("signal 'number' has two types: wait 'number' waits for 'Int'"))
  }

  @Test func timesMakeNoSense() {
    let text = report { [go, number] input, output in
      Wait(for: go, within: .zero)
      Wait("no time", lasting: .seconds(-1))
      Wait(for: number, writes: output, within: .hours(1))
        .timeout(.minutes(1))
        .retry(attempts: 2)
        .atMostOnce()
      Wait("much", lasting: .hours(2))
        .deadline(.hours(1))
        .timeout(.hours(1))
    }
    #expect(
      text == """
        +1:11: error: wait 'go' has a 'within:' of 0 s
          give it a time longer than zero, or leave 'within:' out
        +2:11: error: wait 'no time' lasts -1 s
          let it last longer than zero, or leave the wait out
        +3:11: error: wait 'number' has a '.retry', which repeats attempts of a stage
          leave it out: a wait goes on until it is over
        +3:11: error: wait 'number' has a '.timeout', which limits work, of which a wait has none
          say how long it may wait: 'within: .hours(48)'
        +3:11: error: wait 'number' has an '.atMostOnce()', which is about the work of a stage
          leave it out: a wait does no work
        +3:11: warning: wait 'number' has a 'within' of 1 h, longer than its own timeout of 1 min
          the shorter one always passes first: shorten this one, or allow more around it
        +7:11: error: wait 'much' has a '.timeout', which limits work, of which a wait has none
          leave it out, or let the wait compete in a Race
        +7:11: warning: wait 'much' lasts 2 h, longer than its own timeout of 1 h
          the limit always passes first: wait for less, or allow more around it
        """)
  }

  @Test func aLimitAroundAWaitPassesFirst() {
    let text = report { [number] _, output in
      Phase("ask") {
        Wait("rest", lasting: .hours(30))
        Wait(for: number, writes: output, within: .hours(48))
      }
      .deadline(.hours(24))
    }
    #expect(
      text == """
        +2:13: warning: wait 'rest' lasts 1 d 6 h, longer than the deadline of 1 d of phase 'ask'
          the limit always passes first: wait for less, or allow more around it
        +3:13: warning: wait 'number' has a 'within' of 2 d, longer than the deadline of 1 d of \
        phase 'ask'
          the shorter one always passes first: shorten this one, or allow more around it
        """)
  }

  @Test func aWaitThatNothingEndsIsHintedAt() {
    let text = report { [go, number] _, output in
      Race {
        Wait(for: go)
        Wait(lasting: .hours(1))
      }
      Phase("limited") { Wait("in time", for: go) }.deadline(.hours(1))
      Wait(for: number, writes: output)
    }
    #expect(
      text == """
        +6:11: hint: wait 'number' never ends unless somebody sends signal 'number'
          say how long it may wait, 'within: .hours(48)', unless waiting for ever is meant
        """)
  }

  @Test func aPayloadIsReadByNobody() {
    let text = report { [number] input, output in
      Wait(for: number, writes: a, within: .hours(1))
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:11: warning: nothing reads 'a', which wait 'number' writes
          let a step read it, or wait for a signal without a payload: Signal("…")
        """)
  }

  @Test func waitsHaveTheSameName() {
    let text = report { [go] input, output in
      Wait(for: go, within: .hours(1))
      Wait(for: go, within: .hours(1))
      Wait(lasting: .hours(1))
      Wait(lasting: .hours(1))
      Wait("", for: Signal(""), within: .hours(1))
      Wait("unnamed", for: Signal(""), within: .hours(1))
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:11: error: two steps of one body are named 'go', the first at +1:11
          give one of them another name: Wait("…", for: …)
        +4:11: error: two Waits of one body have no name, the first at +3:11
          give this one a name: Wait("…")
        +5:11: error: a wait has an empty name
          give it a name: paths, reports and answers go by it
        +6:11: error: wait 'unnamed' waits for a signal with an empty name
          give the signal a name: whoever sends it goes by it
        """)
  }

  @Test func aPayloadCannotBeDescribed() {
    let blob = Artifact<Blob>("blob")
    let text = report { input, output in
      Wait(for: Signal<Blob>("blob"), writes: blob, within: .hours(1))
      Effect("keep", reads: blob) { _ in }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(text.hasPrefix("+1:11: warning: wait 'blob' cannot describe"), "\(text)")
    #expect(text.contains("to who signals"), "\(text)")
  }
}

private struct Waiting: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  var body: some Step { Wait(for: Signal<Int>("number"), writes: output, within: .hours(1)) }
}

/// A type whose coding cannot be seen through.
private struct Blob: Codable, Sendable {
  init(from decoder: any Decoder) throws { throw CancellationError() }
  func encode(to encoder: any Encoder) throws {}
}

import Testing
import Troupe

/// Work that may happen at most once is not done again.
@Suite struct OnceTests {
  @Test func itIsNotReworked() {
    let text = report { input, output in
      Stage("charge", reads: input, writes: output) { $0 }
        .atMostOnce()
        .gate("is enough", otherwise: .rework(upTo: 2)) { $0 > 3 }
        .gate("is real") { $0 > 0 }
    }
    #expect(
      text == """
        +3:14: error: gate 'is enough' has stage 'charge' reworked, which may run at most once
          use 'otherwise: .fail', or check before the stage what can be checked before it
        """)
  }

  @Test func noStepAroundItIsReworked() {
    let text = report { input, output in
      Phase("sell") {
        Repeat("offer", a, upTo: 3, until: { $0 > 1 }) {
          Phase("pay") {
            Effect("charge", reads: input) { _ in }
              .atMostOnce()
          }
          Stage("answer", by: .writer, reads: input, writes: a) { "\($0)" }
        }
        .gate("all agree", on: a) { $0 > 2 }
        Stage("end", by: .writer, reads: a, writes: output) { "\($0)" }
      }
      .gate("is signed", on: output, otherwise: .rework(upTo: 1)) { $0 > 3 }
    }
    #expect(
      text == """
        +12:12: error: gate 'is signed' has phase 'sell' reworked, and effect 'charge' inside it \
        may run at most once (+4:19)
          put the stage behind phase 'sell', so that it runs once the gate has passed
        """)
  }

  @Test func aCalledWorkflowIsNotReworked() {
    let text = report { input, output in
      Phase("sell") {
        Call(Charging(), reads: input, writes: output)
      }
      .gate("is signed", on: output, otherwise: .rework(upTo: 1)) { $0 > 3 }
    }
    #expect(text.contains("and stage 'charge' inside it may run at most once"), "\(text)")
  }

  @Test func aFallbackIsNotDoneAgainByTheGatesOfItsStep() {
    let text = report { input, output in
      Stage("ask", by: .writer, reads: input, writes: output) { "\($0)" }
        .gate("is enough", otherwise: .rework(upTo: 2)) { $0 > 3 }
        .fallback {
          Stage("charge", reads: input, writes: output) { $0 }
            .atMostOnce()
        }
    }
    #expect(text == "")
  }

  @Test func aRetryIsAllowedAndAProbedStageMayBeReworked() {
    let text = report { input, output in
      Stage("charge", reads: input, writes: a) { $0 }
        .retry(attempts: 3)
        .atMostOnce()
      Stage("ask", by: .writer, reads: a, writes: output) { "\($0)" }
        .gate("is enough", otherwise: .rework(upTo: 2)) { $0 > 3 }
        .probe { _ in .unknown }
    }
    #expect(text == "")
  }

  @Test func onlyAStageIsMarked() {
    let text = report { input, output in
      Phase("pay") {
        Stage("charge", reads: input, writes: output) { $0 }
          .atMostOnce()
          .atMostOnce()
          .probe { _ in .notDone }
      }
      .atMostOnce()
    }
    #expect(
      text == """
        +1:12: error: phase 'pay' has an '.atMostOnce()', which is about the work of a stage
          put it on the stages inside that need it
        +4:22: error: stage 'charge' has a second '.atMostOnce'
          keep one: a step has one of each modifier, whatever their order
        +5:18: error: stage 'charge' has both '.atMostOnce()' and '.probe'
          keep '.probe': what it does not know is not started again either
        """)
  }
}

private struct Charging: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  var body: some Step {
    Stage("charge", reads: input, writes: output) { $0 }.atMostOnce()
  }
}

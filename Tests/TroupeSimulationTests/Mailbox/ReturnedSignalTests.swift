import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Signals that a wait took too late and gave back, in a run that is resumed afterwards.
@Suite struct ReturnedSignalTests {
  struct Asking: Workflow {
    static let answer = Signal<Int>("answer")
    let clock: VirtualClock
    let input = Artifact<Int>("in")
    let output = Artifact<[Int]>("out")
    let first = Artifact<Int>("first")
    let second = Artifact<Int>("second")

    var body: some Step {
      Race("first") {
        Wait("ask", for: Self.answer, writes: first)
        Stage("guess", reads: input, writes: first) { number in
          try await clock.sleep(until: .minutes(10))
          return number
        }
      }
      Wait("pause", lasting: .hours(1))
      Wait("second", for: Self.answer, writes: second)
      Stage("end", reads: first, second, writes: output) { [$0, $1] }
    }
  }

  @Test func theyAreThereForTheNextWait() async throws {
    let returned = Lock(0)
    for seed in UInt64(1)...40 {
      let done = await SimulatedOffice.work(seed: seed) { office in
        let workflow = Asking(clock: office.clock)
        try await office.runtime.withRun(of: workflow, input: 0, id: SimulatedOffice.run) { run in
          try await office.clock.sleep(until: .minutes(10))
          try await run.signal(Asking.answer, 7)
          for await event in run.events {
            if event.address.description == "asking/pause", event.kind.isWaiting { break }
          }
          returned.withLock { count in
            count += run.events.log.events.count {
              if case .returned = $0.kind { true } else { false }
            }
          }
        }
        try await office.send(.signal("answer", payload: 8), id: "second")
        let output = try await office.runtime.run(workflow, input: 0, id: SimulatedOffice.run)
        #expect(output == [0, 7] || output == [7, 8], "seed \(seed)")
      }
      #expect(done.failure == nil)
    }
    #expect(returned.withLock { $0 } > 0)
  }
}

extension Event.Kind {
  fileprivate var isWaiting: Bool { if case .waiting = self { true } else { false } }
}

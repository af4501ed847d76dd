import Testing
import Troupe
import TroupePlan

/// The order in which modifiers are written says nothing, but for gates among each other.
@Suite struct ModifierOrderTests {
  @Test func modifiersMeanTheSameInWhateverOrderTheyAreWritten() throws {
    let forwards = try plan { input, output in
      Stage("work", by: .writer, reads: input, writes: output) { "Work on \($0)" }
        .retry(attempts: 3, backoff: .constant(.seconds(1)))
        .timeout(.minutes(1))
        .gate("large", otherwise: .rework(upTo: 2)) { $0 > 3 }
        .fallback { Stage("instead", reads: input, writes: output) { $0 } }
        .deadline(.hours(1))
    }
    let backwards = try plan { input, output in
      Stage("work", by: .writer, reads: input, writes: output) { "Work on \($0)" }
        .gate("large", otherwise: .rework(upTo: 2)) { $0 > 3 }
        .deadline(.hours(1))
        .fallback { Stage("instead", reads: input, writes: output) { $0 } }
        .timeout(.minutes(1))
        .retry(attempts: 3, backoff: .constant(.seconds(1)))
    }
    #expect(forwards == backwards)
    #expect(forwards.fingerprint == backwards.fingerprint)
    let policies = forwards.nodes[1].policies
    #expect(policies.retry == Retry(attempts: 3, backoff: .constant(.seconds(1))))
    #expect(policies.timeout == .seconds(60))
    #expect(policies.deadline == .seconds(3_600))
  }

  @Test func containersTakeTheirModifiersInAnyOrderToo() throws {
    let forwards = try plan { input, output in
      Phase("work") { Stage("add", reads: input, writes: output) { $0 } }
        .timeout(.minutes(1))
        .gate("large", on: output) { $0 > 3 }
        .fallback { Stage("instead", reads: input, writes: output) { $0 } }
    }
    let backwards = try plan { input, output in
      Phase("work") { Stage("add", reads: input, writes: output) { $0 } }
        .fallback { Stage("instead", reads: input, writes: output) { $0 } }
        .gate("large", on: output) { $0 > 3 }
        .timeout(.minutes(1))
    }
    #expect(forwards == backwards)
    #expect(forwards.nodes[1].policies.timeout == .seconds(60))
  }

  @Test func gatesKeepTheirOrder() throws {
    let plan = try plan { input, output in
      Stage("work", reads: input, writes: output) { $0 }
        .gate("first") { $0 > 3 }
        .timeout(.minutes(1))
        .gate("second") { $0 > 4 }
    }
    #expect(plan.nodes[1].policies.gates.map(\.name) == ["first", "second"])
  }

  @Test func unitsOfTimeMeanWhatTheySay() {
    #expect(Duration.minutes(3) == .seconds(180))
    #expect(Duration.hours(2) == .seconds(7_200))
    #expect(Duration.days(3) == .seconds(259_200))
    #expect(Duration.minutes(UInt8(1)) == .seconds(60))
  }
}

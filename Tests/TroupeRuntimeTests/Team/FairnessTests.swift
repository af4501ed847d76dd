import Testing
import Troupe
import TroupeRuntime

/// Many assignments for members of unequal speed.
@Suite struct FairnessTests {
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func tenThousandAssignmentsKeepEightMembersOfUnequalSpeedBusy(_ seed: UInt64) async throws {
    let speeds = [1, 2, 3, 5, 8, 13, 21, 34]
    let team = Team {
      for speed in speeds { Member("\(speed)", plays: .worker) { NoAgent() } }
    }
    let workplace = Workplace(team: team) { _, member in .milliseconds(1000 / (Int(member) ?? 1)) }
    let jobs = (0..<10_000).map { number in
      Workplace.Job(priority: number.isMultiple(of: 10) ? 1 : 0, arrives: .microseconds(number))
    }
    let done = try await workplace.run(jobs, seed: seed)
    #expect(done.count == 10_000)
    let end = done.map(\.ended).max() ?? .zero
    for speed in speeds {
      let own = done.filter { $0.member == "\(speed)" }
      let busy = own.reduce(Duration.zero) { $0 + ($1.ended - $1.began) }
      #expect(busy / end > 0.99, "member \(speed) was at work for \(busy) of \(end)")
    }
    // Within a priority, in the order of arrival.
    for priority in [0, 1] {
      let own = done.filter { jobs[$0.job].priority == priority }
      #expect(own.map(\.job) == own.map(\.job).sorted())
    }
    let waits = [0, 1].map { priority in
      let own = done.filter { jobs[$0.job].priority == priority }
      return own.reduce(Duration.zero) { $0 + $1.waited } / own.count
    }
    #expect(waits[1] * 5 < waits[0], "waits \(waits)")
  }
}

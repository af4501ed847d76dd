import Testing
import Troupe
import TroupeTesting

/// The workflow that uses every construct, ended at every point.
@Suite struct EveryConstructCrashTests {
  static let simulation = Simulation(of: EveryConstruct()) {
    Stub("guess/ask", as: Int.self) { asked in asked.address.count }
    Stub("write", returning: [Draft(text: "short"), Draft(text: "a few more words than three")])
    Stub("polish/revise", as: Draft.self) { asked in
      Draft(text: asked.prompt + " and a few words more")
    }
    Stub("search/quick", as: Int.self) { 5 }
    Stub("search/thorough/slow", as: Int.self) { 5 }
    Stub("headline", as: String.self) { asked in "take \(asked.take)" }
    Stub("catchy", as: Review.self) { asked in
      asked.prompt.contains("plain") ? .accepted : .rejected("it is dull")
    }
    Stub("answered for/headline/@escalation(4)", as: Resolution.self) { .retry() }.fault(.hangs)
    Stub("answered for/headline/@escalation(5)", as: Resolution.self) { .retry(guidance: "rhyme") }
    Stub("answered for/clear/@escalation(1)", as: Resolution.self) { .supply("by word of mouth") }
    Stub("reserve a page", returning: [80, 20])
    Stub("looks well", as: Review.self) { Review(.accept, score: 0.9) }
    Send(Signal<NoPayload>("go ahead"), after: .hours(30))
    Send(.edited, Draft(text: "edited by somebody who knows better"), after: .hours(20))
    Stub.examples()
  }

  @Test func aRunSurvivesToBeEndedAnywhere() async throws {
    let report = try await expectSurvivesCrashes(
      of: Self.simulation, [1, 2, 3, 4, 5, 6], seeds: [1], pairs: .sampled(20), atMost: 50)
    #expect(report.points > 150)
    #expect(report.pairs == 20)
  }
}

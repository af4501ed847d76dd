import Testing
import TroupePlan
import TroupeRuntime
import TroupeSimulation
import TroupeTestSupport

/// Random plans that are ended somewhere and gone on with.
@Suite struct CrashTests {
  @Test func aPlanThatIsGoneOnWithComesToWhatItWouldHaveComeTo() async throws {
    var resumes = 0
    for number in 0..<60 {
      var seed = SoundSeed(number)
      let root = seed.grow()
      // A large one takes long, and has nothing in it that small ones have not.
      guard root.all.count < 40 else { continue }
      let report = try await CrashExplorer(Behaviour.program(of: root), input: "start")
        .explore(seeds: [Seed(1)], pairs: .sampled(2), atMost: 5)
      resumes += report.resumes
      let violation = report.violations.first
      #expect(violation == nil, "plan \(number)")
    }
    #expect(resumes > 100, "\(resumes)")
  }
}

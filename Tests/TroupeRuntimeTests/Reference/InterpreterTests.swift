import Testing
import TroupePlan
import TroupeRuntime
import TroupeTestSupport

@Suite struct InterpreterTests {
  @Test func plansThatAreGrownSoundAreSound() {
    for number in 0..<300 {
      var seed = SoundSeed(number)
      let root = seed.grow()
      let errors = PlanChecker.check(root.plan).filter { $0.severity == .error }
      #expect(errors.isEmpty, "plan \(number)")
    }
  }

  @Test func soundPlansRunAsTheObviousInterpreterSays() async throws {
    let runtime = Runtime()
    var (succeeded, failed, aborted) = (0, 0, 0)
    for number in 0..<300 {
      var seed = SoundSeed(number)
      let root = seed.grow()
      guard !root.all.contains(where: { $0.kind == .race }) else { continue }
      guard let expected = Interpreter.outcome(of: root) else { continue }
      do {
        let output = try await runtime.run(Behaviour.program(of: root), input: "start")
        #expect(output as? String == (try? expected.get()), "plan \(number)")
        succeeded += 1
      } catch let error as RunFailure {
        #expect(throws: Interpreter.Failed.self, "plan \(number): \(error)") { try expected.get() }
        failed += 1
      } catch let error as RunAborted {
        #expect(throws: Interpreter.Aborted.self, "plan \(number): \(error)") {
          try expected.get()
        }
        aborted += 1
      }
    }
    #expect(
      succeeded > 25 && failed > 25 && aborted > 3, "\(succeeded), \(failed), \(aborted)")
  }
}

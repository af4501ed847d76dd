import Testing
import TroupePlan
import TroupeRuntime
import TroupeSimulation
import TroupeTestSupport

/// Random plans under many interleavings: on one thread, in an order that a seed decides.
@Suite struct InterleavingTests {
  /// What became of a plan, beside how its run went.
  private struct Outcome {
    let result: Result<any Sendable, any Error>
    let events: [Event]
    let unended: Int
    let course: VirtualTime.Course
  }

  /// Sound plans, the same ones every time.
  private static func plans(_ numbers: Range<Int>) -> [(number: Int, root: Sprout)] {
    numbers.map { number in
      var seed = SoundSeed(number)
      return (number, seed.grow())
    }
  }

  /// Runs a plan on virtual time.
  ///
  /// - Parameter cancelAt: The event on which the run is cancelled, if it is.
  private func run(_ root: Sprout, seed: Int, cancelAt: Int? = nil) async -> Outcome {
    let time = VirtualTime(seed: UInt64(seed), patience: .milliseconds(20))
    let runtime = Runtime(
      team: Team(), clock: time.clock, randomness: SeededGenerator(seed: 1), width: 3,
      executor: time.executor)
    let program = Behaviour.program(of: root)
    let state = Lock<RunState?>(nil)
    let (result, course) = await time.run {
      do {
        return Result<any Sendable, any Error>.success(
          try await runtime.withRun(of: program, input: "start") { run in
            state.withLock { $0 = run }
            if let cancelAt {
              for await event in run.events where event.sequence == cancelAt { run.cancel() }
            }
            return try await run.output()
          })
      } catch {
        return .failure(error)
      }
    }
    let log = state.withLock { $0 }?.events.log
    return Outcome(
      result: result ?? .failure(CancellationError()), events: log?.events ?? [],
      unended: log?.unended(program.traits).count ?? 0, course: course)
  }

  @Test func everyOrderGivesWhatTheObviousInterpreterSays() async throws {
    var (succeeded, failed) = (0, 0)
    for (number, root) in Self.plans(0..<300)
    where !root.all.contains(where: { $0.kind == .race }) {
      guard let expected = Interpreter.outcome(of: root) else { continue }
      for seed in 1...5 {
        // Taken apart first, because an expectation describes all that it mentions.
        let outcome = await run(root, seed: seed)
        let (place, course) = ("plan \(number), seed \(seed)", outcome.course)
        #expect(course == .deterministic, "\(place)")
        let output = try? outcome.result.get() as? String
        if case .success(let wanted) = expected {
          #expect(output == wanted, "\(place)")
          succeeded += 1
        } else {
          #expect(output == nil, "\(place)")
          failed += 1
        }
      }
    }
    #expect(succeeded > 100 && failed > 100, "\(succeeded), \(failed)")
  }

  @Test func theSameSeedTellsTheSameStoryAndOthersTellOthers() async throws {
    var stories = 0
    var different = 0
    for (number, root) in Self.plans(0..<100) {
      let first = story(await run(root, seed: 1).events)
      #expect(await story(run(root, seed: 1).events) == first, "plan \(number)")
      stories += 1
      if await story(run(root, seed: 2).events) != first { different += 1 }
    }
    #expect(stories > 80)
    #expect(different > 30, "\(different) of \(stories)")
  }

  @Test func aRunThatIsCancelledAnywhereEndsAndLeavesNothing() async throws {
    var cancelled = 0
    for (number, root) in Self.plans(0..<60) {
      let whole = await run(root, seed: 3).events.count
      for cancelAt in Set([1, 2, whole / 3, whole / 2, whole - 1].filter { $0 > 0 }).sorted() {
        let outcome = await run(root, seed: 3, cancelAt: cancelAt)
        let place = "plan \(number), cancelled at \(cancelAt)"
        let (course, unended) = (outcome.course, outcome.unended)
        #expect(course == .deterministic, "\(place)")
        #expect(unended == 0, "\(place)")
        if case .failure(is CancellationError) = outcome.result { cancelled += 1 }
      }
    }
    #expect(cancelled > 50, "\(cancelled)")
  }
}

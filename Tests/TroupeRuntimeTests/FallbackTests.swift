import Testing
import Troupe

@Suite struct FallbackTests {
  @Test func theFallbackRunsWhenTheStepHasFinallyFailed() async throws {
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in throw Mishap() }
        .retry(attempts: 2)
        .fallback { Stage("instead", reads: input, writes: output) { $0 + 1 } }
    }
    let (result, story) = try await run(workflow, 1)
    #expect(result == 2)
    #expect(story.contains("test/try fell back: failed: it broke"))
    #expect(story.contains("test/try/@fallback/instead finished 1.1"))
    #expect(story.filter { $0.contains("failed 1.") }.count == 2)
  }

  @Test func theFallbacksOutputPassesTheSameGatesWithoutRework() async throws {
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in throw Mishap() }
        .gate("positive", otherwise: .rework(upTo: 5)) { $0 > 0 }
        .fallback { Stage("instead", reads: input, writes: output) { -$0 } }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.failure.reason.contains("gate 'positive'"))
    #expect(failure.failure.others.map(\.reason) == ["failed: it broke"])
  }

  @Test func aFallbackThatFailsTooNamesBothFailures() async throws {
    let workflow = Body { input, output in
      Phase("main") { Stage("try", reads: input, writes: output) { _ in throw Mishap() } }
        .fallback {
          Stage("instead", reads: input, writes: output) { _ in
            throw Mishap(description: "this too")
          }
        }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(
      failure.description.hasPrefix(
        """
        'test/main/@fallback/instead' failed: this too
          also: 'test/main/try' failed: it broke
        """))
  }
}

import Testing
import Troupe

/// What closures are given of what their stages read.
@Suite struct ReadingTests {
  @Test func gatheredArtifactsComeInTheOrderInWhichTheyAreListed() async throws {
    let workflow = Numbers { input, one, two, word, output in
      Stage("gather", reads: word, .all([two, one, one]), input, writes: output) {
        word, numbers, input in
        [word, "\(numbers)", "\(input)"]
      }
    }
    #expect(try await Runtime().run(workflow, input: 7) == ["seven", "[2, 1, 1]", "7"])
  }

  @Test func gatheringNothingGivesAnEmptyList() async throws {
    let workflow = Numbers { _, one, _, word, output in
      Stage("gather", reads: .all([Artifact<Int>]()), word, .all([one]), writes: output) {
        none, word, some in
        ["\(none)", word, "\(some)"]
      }
    }
    #expect(try await Runtime().run(workflow, input: 7) == ["[]", "seven", "[1]"])
  }

  @Test func promptsAreGivenTheSame() async throws {
    let echo = Role("echo")
    let team = Team {
      Member("parrot", plays: echo) {
        ClosureAgent { assignment in .text(assignment.prompt) }
      }
    }
    let heard = Artifact<String>("heard")
    let workflow = Numbers { _, one, two, word, output in
      Stage("ask", by: echo, reads: word, .all([two, one]), writes: heard) { "\($0) \($1)" }
      Stage("end", reads: heard, writes: output) { [$0] }
    }
    #expect(try await Runtime(team: team).run(workflow, input: 7) == ["seven [2, 1]"])
  }
}

/// Has the numbers one and two and a word at hand before its steps go on.
private struct Numbers<Content: Step>: Workflow {
  typealias Steps =
    @Sendable (
      _ input: Artifact<Int>, _ one: Artifact<Int>, _ two: Artifact<Int>,
      _ word: Artifact<String>, _ output: Artifact<[String]>
    ) -> Content

  let input = Artifact<Int>("input")
  let output = Artifact<[String]>("output")
  let one = Artifact<Int>("one")
  let two = Artifact<Int>("two")
  let word = Artifact<String>("word")
  private let content: Steps

  init(@StepBuilder _ content: @escaping Steps) { self.content = content }

  var body: some Step {
    Parallel {
      Stage("one", reads: input, writes: one) { $0 - 6 }
      Stage("two", reads: input, writes: two) { $0 - 5 }
      Stage("word", reads: input, writes: word) { _ in "seven" }
    }
    content(input, one, two, word, output)
  }
}

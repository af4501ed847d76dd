import Testing
import Troupe

@Suite struct FlowTests {
  private let a = Artifact<Int>("a")
  private let b = Artifact<Int>("b")

  @Test func aDataflowStartsEachChildWhenWhatItReadsIsWritten() async throws {
    let workflow = Body { [a, b] input, output in
      Dataflow {
        Stage("sum", reads: a, b, writes: output) { $0 + $1 }
        Stage("b", reads: a, writes: b) { $0 * 10 }
        Stage("a", reads: input, writes: a) { $0 + 1 }
      }
    }
    let (result, story) = try await run(workflow, 1)
    #expect(result == 22)
    #expect(
      story.filter { $0.contains("started") } == [
        "test/dataflow/a started 1.1", "test/dataflow/b started 1.1",
        "test/dataflow/sum started 1.1",
      ])
  }

  @Test func aChildOfADataflowDoesNotWaitForWhatItDoesNotRead() async throws {
    let slow = Latch()
    let workflow = Body { [a, b] input, output in
      Dataflow {
        Stage("slow", reads: input, writes: a) { number in
          await slow.wait()
          return number
        }
        Phase("quick") {
          Stage("b", reads: input, writes: b) { $0 }
          Stage("free", reads: b, writes: output) { number in
            slow.open()
            return number
          }
        }
      }
    }
    #expect(try await run(workflow, 9).output == 9)
  }

  @Test func aChoiceTakesTheFirstBranchThatHolds() async throws {
    let workflow = Body { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 10
        } then: {
          Stage("s", reads: input, writes: output) { $0 + 1 }
        }
        When("medium") {
          $0 < 100
        } then: {
          Stage("m", reads: input, writes: output) { $0 + 2 }
        }
        Otherwise { Stage("l", reads: input, writes: output) { $0 + 3 } }
      }
    }
    #expect(try await run(workflow, 5).output == 6)
    #expect(try await run(workflow, 50).output == 52)
    let (result, story) = try await run(workflow, 500)
    #expect(result == 503)
    #expect(story.contains("test/size chose otherwise"))
    #expect(story.contains("test/size/otherwise/l finished 1.1"))
  }

  @Test func aChoiceThatMatchesNothingFailsUnlessItMaySkip() async throws {
    let failing = Body { input, output in
      Stage("first", reads: input, writes: output) { $0 }
      Choose(on: input) {
        When("never") { _ in
          false
        } then: {
          Nothing()
        }
      }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(failing, input: 1)
    }
    #expect(
      failure.description == """
        'test/choose' matched none of its branches
          add an 'Otherwise' to the choice
        """)

    let skipping = Body { input, output in
      Stage("first", reads: input, writes: output) { $0 }
      Choose(on: input) {
        When("never") { _ in
          false
        } then: {
          Nothing()
        }
        Otherwise(.skip)
      }
    }
    let (result, story) = try await run(skipping, 1)
    #expect(result == 1)
    #expect(story.contains("test/choose chose nothing"))
  }

  @Test func aLoopGoesRoundUntilItsConditionHolds() async throws {
    let workflow = Body { [a] input, output in
      Stage("start", reads: input, writes: a) { $0 }
      Repeat("double", a, upTo: 10, until: { $0 > 20 }) {
        Stage("step", reads: a, writes: a) { $0 * 2 }
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    let (result, story) = try await run(workflow, 3)
    #expect(result == 24)
    #expect(story.contains("test/double/rounds[3]/step finished 1.1"))
    #expect(story.contains("test/double round 3, done"))
  }

  @Test func aLoopThatIsNotSatisfiedFailsAndKeepsItsLastRound() async throws {
    let workflow = Body { [a] input, output in
      Stage("start", reads: input, writes: a) { $0 }
      Repeat("double", a, upTo: 2, until: { $0 > 20 }) {
        Stage("step", reads: a, writes: a) { $0 * 2 }
      }
      Stage("end", reads: a, writes: output) { $0 }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.failure.reason == "was not satisfied after 2 rounds")
    #expect(failure.achieved["a"] as? Int == 4)
  }

  @Test func aLoopMayAcceptItsLastRound() async throws {
    let workflow = Body { input, output in
      Stage("start", reads: input, writes: output) { $0 }
      Repeat("double", output, upTo: 2, until: { $0 > 20 }, otherwise: .accept) {
        Stage("step", reads: output, writes: output) { $0 * 2 }
      }
    }
    #expect(try await run(workflow, 1).output == 4)
  }

  @Test func aCalledWorkflowHasAScopeOfItsOwn() async throws {
    struct Squaring: Workflow {
      let input = Artifact<Int>("a")
      let output = Artifact<Int>("b")
      var body: some Step {
        Stage("grow", reads: input, writes: input) { $0 + 1 }
        Stage("square", reads: input, writes: output) { $0 * $0 }
      }
    }
    let workflow = Body { [a] input, output in
      Stage("start", reads: input, writes: a) { $0 }
      Call(Squaring(), reads: a, writes: output)
      Stage("after", reads: a, output, writes: output) { $0 + $1 }
    }
    let (result, story) = try await run(workflow, 2)
    #expect(result == 11)
    #expect(story.contains("test/squaring/square finished 1.1"))
  }

  @Test func aBodyMayBeASingleStepThatNoBuilderMade() async throws {
    struct Bare: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")
      let takes: Notes
      var body: some Step {
        return Phase("work") {
          Choose(on: input) {
            When("large") {
              $0 > 5
            } then: {
              Stage("keep", reads: input, writes: output) { $0 }
            }
            When("small") {
              $0 <= 5
            } then: {
              Stage("double", reads: input, writes: output) { number in
                takes.add("take")
                return number * 2
              }
            }
          }
        }
        .gate("never", on: output, otherwise: .rework(upTo: 2, then: .accept)) { _ in false }
      }
    }
    let takes = Notes()
    #expect(try await run(Bare(takes: takes), 4).output == 8)
    #expect(takes.all.count == 3)
    #expect(
      try Bare(takes: takes).compile().plan.nodes.prefix(3).map(\.path.description)
        == ["bare", "bare/work", "bare/work/choose"])
  }
}

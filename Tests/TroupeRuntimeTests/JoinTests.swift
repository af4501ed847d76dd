import Testing
import Troupe

@Suite struct JoinTests {
  private let left = Artifact<Int>("left")
  private let right = Artifact<Int>("right")

  @Test func parallelStepsRunAtOnceAndAreJoined() async throws {
    let both = Latch()
    let workflow = Body { [left, right] input, output in
      Parallel {
        Stage("left", reads: input, writes: left) { number in
          both.arrive()
          await both.untilArrived(2)
          return number
        }
        Stage("right", reads: input, writes: right) { number in
          both.arrive()
          await both.untilArrived(2)
          return number * 10
        }
      }
      Stage("join", reads: left, right, writes: output) { $0 + $1 }
    }
    #expect(try await run(workflow, 2).output == 22)
  }

  @Test func aFailingChildCancelsItsNeighboursAndNamesThem() async throws {
    let started = Latch()
    let workflow = Body { [left, right] input, output in
      Parallel {
        Stage("waits", reads: input, writes: left) { _ in
          started.arrive()
          try await untilCancelled()
          return 0
        }
        Stage("fails", reads: input, writes: right) { _ in
          await started.untilArrived()
          throw Mishap()
        }
      }
      Stage("join", reads: left, right, writes: output) { $0 + $1 }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.failure.address.description == "test/parallel/fails")
    #expect(story(failure.events).contains("test/parallel/waits gave up 1.1: cancelled"))
  }

  @Test func whatWasWrittenBeforeAFailureIsKept() async throws {
    let workflow = Body { [left] input, output in
      Stage("first", reads: input, writes: left) { $0 + 1 }
      Phase("second") { Stage("fails", reads: left, writes: output) { _ in throw Mishap() } }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.achieved["left"] as? Int == 2)
  }

  @Test func theFirstToSucceedWinsARace() async throws {
    let workflow = Body { input, output in
      Race {
        Stage("fails", reads: input, writes: output) { _ in throw Mishap() }
        Stage("hangs", reads: input, writes: output) { _ in
          try await untilCancelled()
          return 0
        }
        Stage("wins", reads: input, writes: output) { $0 + 1 }
      }
    }
    let (result, story) = try await run(workflow, 1)
    #expect(result == 2)
    #expect(story.contains("test/race/hangs gave up 1.1: cancelled"))
  }

  @Test func aRaceDoesNotWaitForALoserThatIgnoresItsCancellation() async throws {
    let latch = Latch()
    let workflow = Body { input, output in
      Race {
        Stage("stubborn", reads: input, writes: output) { _ in
          await latch.wait()
          return 0
        }
        Stage("wins", reads: input, writes: output) { number in
          await latch.untilArrived()
          return number
        }
      }
      Stage("after", reads: output, writes: output) { number in
        latch.open()
        return number
      }
    }
    #expect(try await run(workflow, 4).output == 4)
  }

  @Test func theRacesWinnerIsTheOneWhoseWritesArePublished() async throws {
    let workflow = Body { [left] input, output in
      Stage("before", reads: input, writes: left) { $0 }
      Race {
        Phase("loses") {
          Stage("changes", reads: left, writes: left) { $0 + 100 }
          Stage("hangs", reads: left, writes: output) { _ in
            try await untilCancelled()
            return 0
          }
        }
        Phase("wins") { Stage("quick", reads: left, writes: output) { $0 } }
      }
      Stage("after", reads: left, output, writes: output) { $0 + $1 }
    }
    #expect(try await run(workflow, 1).output == 2)
  }
}

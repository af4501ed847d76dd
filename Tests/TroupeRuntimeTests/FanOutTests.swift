import Testing
import Troupe

@Suite struct FanOutTests {
  struct Squares: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[Int]>("squares")
    var width: Int?
    var work: @Sendable (Int) async throws -> Int = { $0 * $0 }

    var body: some Step {
      FanOut("each", over: input, into: output, atMost: width) { number, square in
        Stage("square", reads: number, writes: square, perform: work)
      }
    }
  }

  @Test func resultsStandInElementOrderWhateverTheOrderOfArrival() async throws {
    let last = Latch()
    let workflow = Squares { number in
      if number == 1 { await last.untilArrived(2) } else { last.arrive() }
      return number * number
    }
    #expect(try await run(workflow, [1, 2, 3]).output == [1, 4, 9])
  }

  @Test func anEmptyListGivesAnEmptyList() async throws {
    let (result, story) = try await run(Squares(), [])
    #expect(result == [])
    #expect(story.contains("squares/each completed"))
  }

  @Test func noMoreElementsAreAtWorkThanAllowed() async throws {
    let (working, most) = (Lock(0), Lock(0))
    let workflow = Squares(width: 3) { number in
      let now = working.withLock { count in
        count += 1
        return count
      }
      most.withLock { $0 = max($0, now) }
      await Task.yield()
      working.withLock { $0 -= 1 }
      return number
    }
    #expect(try await run(workflow, Array(1...50)).output == Array(1...50))
    #expect(most.withLock { $0 } <= 3)
  }

  @Test func theFirstElementThatFailsFailsTheFanOut() async throws {
    let workflow = Squares { number in
      if number == 2 { throw Mishap() }
      if number > 2 { try await untilCancelled() }
      return number
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: [1, 2, 3, 4])
    }
    #expect(failure.failure.address.description == "squares/each/items[2]/square")
  }

  struct Tolerant: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[FanOut.Element<Int>]>("outcomes")
    var tolerated = 0
    var enough: (@Sendable ([Int]) async throws -> Bool)?
    var work: @Sendable (Int) async throws -> Int

    var body: some Step {
      FanOut("each", over: input, into: output, tolerating: tolerated, until: enough) {
        item, result in
        Stage("work", reads: item, writes: result, perform: work)
      }
    }
  }

  @Test func toleratedFailuresStandInTheirPlace() async throws {
    let workflow = Tolerant(tolerated: 1) { number in
      if number == 2 { throw Mishap() }
      return number * 10
    }
    let outcomes = try await run(workflow, [1, 2, 3]).output
    #expect(outcomes.map(\.value) == [10, nil, 30])
    #expect(outcomes.map(\.index) == [0, 1, 2])
    #expect(outcomes[1].outcome == .failed("'tolerant/each/items[2]/work' failed: it broke"))
  }

  @Test func moreFailuresThanToleratedFailTheFanOutAndAreAllNamed() async throws {
    let workflow = Tolerant(tolerated: 1) { _ in throw Mishap() }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime(width: 1).run(workflow, input: [1, 2, 3])
    }
    #expect(failure.failure.reason == "had 2 failed elements, and tolerates 1")
    #expect(
      failure.failure.others.map(\.address.description) == [
        "tolerant/each/items[1]/work", "tolerant/each/items[2]/work",
      ])
  }

  @Test func enoughResultsEndAFanOutAndCancelTheRest() async throws {
    let workflow = Tolerant(enough: { $0.count == 2 }) { number in
      if number > 2 { try await untilCancelled() }
      return number
    }
    let (outcomes, story) = try await run(workflow, [1, 2, 3, 4])
    #expect(outcomes.map(\.outcome) == [.value(1), .value(2), .cancelled, .cancelled])
    #expect(story.contains("tolerant/each sufficed 2"))
  }

  @Test func aFanOutInAFanOutMayGoOverTheSameList() async throws {
    struct Table: Workflow {
      let input = Artifact<[Int]>("numbers")
      let output = Artifact<[Int]>("sums")
      let row = Artifact<[Int]>("row")
      var body: some Step {
        FanOut("rows", over: input, into: output) { left, sum in
          FanOut("columns", over: input, into: row) { right, product in
            Stage("multiply", reads: left, right, writes: product) { $0 * $1 }
          }
          Stage("add", reads: row, writes: sum) { $0.reduce(0, +) }
        }
      }
    }
    #expect(try await run(Table(), [1, 2, 3]).output == [6, 12, 18])
  }
}

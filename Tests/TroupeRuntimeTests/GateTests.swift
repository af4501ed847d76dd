import Testing
import Troupe

@Suite struct GateTests {
  private let draft = Artifact<String>("draft")

  @Test func aRejectedOutputIsReworkedWithTheReasonAsFeedback() async throws {
    let told = Notes()
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { number in
        let feedback = StageContext.current?.feedback ?? []
        told.add(feedback.map { "\($0.source) \($0.reason) \($0.rejected ?? "")" }.joined())
        return number + feedback.count
      }
      .gate("big", otherwise: .rework(upTo: 3)) { $0 > 2 ? .accepted : .rejected("\($0) is small") }
    }
    let (result, story) = try await run(workflow, 1)
    #expect(result == 3)
    #expect(
      told.all == [
        "", "gate 'big' 1 is small 1",
        "gate 'big' 1 is small 1gate 'big' 2 is small 2",
      ])
    #expect(
      story.filter { $0.contains("judged") } == [
        "test/write judged by big: 1 is small, rework(take: 2)",
        "test/write judged by big: 2 is small, rework(take: 3)",
        "test/write judged by big: accepted, pass",
      ])
  }

  @Test func whatIsRejectedIsNeverPublished() async throws {
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { $0 }.gate("never") { _ in false }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.achieved.isEmpty)
    #expect(
      failure.description == """
        'test/write' was rejected by gate 'never': 'never' does not hold
          allow more takes with '.rework(upTo:)', or relax the gate
        """)
  }

  @Test func reworkEndsAtItsLimit() async throws {
    let takes = Notes()
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) {
        takes.add("take")
        return $0
      }
      .gate("never", otherwise: .rework(upTo: 2)) { _ in false }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(takes.all.count == 3)
    #expect(failure.description.contains("(take 3) was rejected by gate 'never' after 3 takes"))
  }

  @Test func theLastTakeCanBeAccepted() async throws {
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { $0 }
        .gate("never", otherwise: .rework(upTo: 1, then: .accept)) { _ in false }
    }
    let (result, story) = try await run(workflow, 5)
    #expect(result == 5)
    #expect(story.contains("test/write judged by never: 'never' does not hold, waive"))
  }

  @Test func aGateThatAcceptsItsRejectionLetsTheNextOneJudge() async throws {
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { $0 }
        .gate("soft", otherwise: .accept) { _ in false }
        .gate("hard") { _ in false }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.failure.reason.contains("gate 'hard'"))
  }

  @Test func afterAReworkAllGatesHoldAgainFromTheFirst() async throws {
    let asked = Notes()
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { _ in StageContext.current?.take ?? 0 }
        .gate("first") { _ in
          asked.add("first")
          return true
        }
        .gate("second", otherwise: .rework(upTo: 1)) {
          asked.add("second")
          return $0 == 2
        }
    }
    let (result, _) = try await run(workflow, 1)
    #expect(result == 2)
    #expect(asked.all == ["first", "second", "first", "second"])
  }

  @Test func aContainerIsReworkedAsAWholeFromWhatItWasGiven() async throws {
    let seen = Notes()
    let workflow = Body { [draft] input, output in
      Stage("start", reads: input, writes: draft) { "draft \($0)" }
      Phase("write") {
        Stage("extend", reads: draft, writes: draft) { text in
          let context = try #require(StageContext.current)
          let reasons = context.feedback.map(\.reason).joined()
          seen.add("\(context.address): \(text) \(reasons)")
          return text + "!"
        }
        Stage("count", reads: draft, writes: output) { $0.count + (seen.all.count - 1) * 10 }
      }
      .gate("large", on: output, otherwise: .rework(upTo: 1)) { $0 > 10 }
    }
    let (result, _) = try await run(workflow, 1)
    #expect(result == 18)
    #expect(
      seen.all == [
        "test/write/extend: draft 1 ",
        "test/write~2/extend: draft 1 'large' does not hold",
      ])
  }

  @Test func aGateThatThrowsFailsTheStepAndIsNamed() async throws {
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { $0 }.gate("odd") { _ -> Bool in throw Mishap()
      }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.failure.reason == "could not be judged by gate 'odd': it broke")
  }
}

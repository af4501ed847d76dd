import Testing
import Troupe

@testable import TroupeRuntime

/// What was decided stays possible, and what has begun keeps its checks and its collection.
@Suite struct ChangedDecisionTests {
  private let changing = Changing()
  private let part = Artifact<Int>("part")

  // (c) A branch that was taken is still there.

  private func choice(
    _ branches: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> [When<Int>]
  ) -> Body<Steps> {
    Body { [changing, part] input, output in
      Stage("first", reads: input, writes: part) { $0 }
      Choose("size", on: input) {
        for branch in branches(input, part) { branch }
      }
      Stage("end", reads: part, writes: output) { try changing.breakage.pass($0) }
    }
  }

  @Test func aBranchThatWasTakenStays() async throws {
    let small = { @Sendable (input: Artifact<Int>, part: Artifact<Int>) in
      When<Int>("small") {
        $0 < 10
      } then: {
        Stage("s", reads: input, writes: part) { $0 + 1 }
      }
    }
    try await changing.stop(choice { [small($0, $1), Otherwise(.skip)] }, 5)
    try await changing.refuse(
      choice { input, part in
        [
          When("tiny") {
            $0 < 10
          } then: {
            Stage("s", reads: input, writes: part) { $0 }
          },
          Otherwise(.skip),
        ]
      }, 5, because: "its branch 'small' was taken")
    let output = try await changing.goOn(
      choice { input, part in
        [
          When("tiny") {
            $0 < 10
          } then: {
            Stage("s", reads: input, writes: part) { $0 }
          },
          small(input, part), Otherwise(.skip),
        ]
      }, 5)
    #expect(output == 6)
  }

  // (d) What is still to run finds what it reads.

  @Test func aChoiceThatWasPassedOverStillWritesNothing() async throws {
    let never = { @Sendable (input: Artifact<Int>, part: Artifact<Int>) in
      When<Int>("never") { _ in
        false
      } then: {
        Stage("n", reads: input, writes: part) { $0 }
      }
    }
    try await changing.stop(choice { [never($0, $1), Otherwise(.skip)] }, 5)
    try await changing.refuse(
      choice { input, part in
        [never(input, part), Otherwise { Stage("o", reads: input, writes: part) { $0 } }]
      }, 5, because: "passed over because nothing matched")
  }

  // (e) What has begun keeps its collection, marks and gates.

  @Test func theGatesOfWhatHasBegunStay() async throws {
    func work(_ limit: Int, _ gates: Int) -> Body<Steps> {
      Body { [changing] input, output in
        Stage("write", reads: input, writes: output) { try changing.breakage.pass($0) }
          .gate("big", otherwise: .rework(upTo: limit)) { $0 > 0 }
        Stage("end", reads: output, writes: output) { $0 }
          .gate("late", otherwise: gates == 1 ? .fail : .accept) { _ in true }
      }
    }
    try await changing.stop(work(1, 1), 1)
    try await changing.refuse(work(2, 1), 1, because: "raise the limit of its reworks instead")
    #expect(try await changing.goOn(work(1, 2), 1) == 1)
  }

  @Test func theMarksOfWhatHasBegunStay() async throws {
    func work(_ isOnce: Bool) -> Body<Steps> {
      Body { [changing] input, output in
        if isOnce {
          Stage("pay", reads: input, writes: output) { try changing.breakage.pass($0) }.atMostOnce()
        } else {
          Stage("pay", reads: input, writes: output) { try changing.breakage.pass($0) }
        }
      }
    }
    try await changing.stop(work(false), 1)
    try await changing.refuse(work(true), 1, because: "stays 'at least once'")
  }

  @Test func theCollectionOfAnOpenFanOutStays() async throws {
    func work(_ isOther: Bool, width: Int) -> Spread {
      Spread(isOther: isOther, width: width, breakage: changing.breakage)
    }
    try await changing.stop(work(false, width: 2), [1, 2, 3])
    try await changing.refuse(work(true, width: 2), [1, 2, 3], because: "goes over and collects")
    #expect(try await changing.goOn(work(false, width: 1), [1, 2, 3]) == [1, 2, 3])
  }

  private struct Spread: Workflow {
    let isOther: Bool
    let width: Int
    let breakage: Breakage
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[Int]>("results")
    let copy = Artifact<[Int]>("copy")

    var body: some Step {
      Stage("copy", reads: input, writes: copy) { $0 }
      FanOut("each", over: isOther ? copy : input, into: output, atMost: width) { number, result in
        Stage("work", reads: number, writes: result) { try breakage.pass($0) }
      }
    }
  }
}

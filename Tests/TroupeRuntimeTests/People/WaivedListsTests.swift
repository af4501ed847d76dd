import Testing
import Troupe

@testable import TroupeRuntime

/// What was waived for a value is told to who reads that value, and to nobody else.
@Suite struct WaivedListsTests {
  private static let boss = Role("boss")

  /// Two lists, of which the first is let pass although its gate does not.
  private struct Lists: Workflow {
    let readers: Notes
    /// Whether the first list is made once more, and is then as its gate wants it.
    var isRetried = false
    let name = "lists"
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let numbers = Artifact<[Int]>("numbers")
    let first = Artifact<[Int]>("first")
    let second = Artifact<[Int]>("second")
    let left = Artifact<Int>("left")
    let right = Artifact<Int>("right")

    var body: some Step {
      Stage("begin", reads: input, writes: numbers) { Array(0..<$0) }
      FanOut("one", over: numbers, into: first) { number, result in
        Stage("copy", reads: number, writes: result) { number in
          number + (StageContext.current?.address.description.contains("~2") == true ? 10 : 0)
        }
      }
      .gate("good", on: first) { $0 != [0, 1] }
      .gate("late", on: first) { !isRetried || $0 != [0, 1] }
      .escalate {
        On(.gateRejected) {
          Ask(boss, within: .hours(1))
          Retry()
        }
      }
      FanOut("two", over: numbers, into: second) { number, result in
        Stage("copy", reads: number, writes: result) { [readers] number in
          readers.add("two: \(waived)")
          return number
        }
      }
      Stage("read first", reads: first, writes: left) { [readers] list in
        readers.add("first: \(waived)")
        return list.count
      }
      Stage("read second", reads: second, writes: right) { [readers] list in
        readers.add("second: \(waived)")
        return list.count
      }
      Stage("end", reads: left, right, writes: output) { $0 + $1 }
    }
  }

  private static var waived: String {
    (StageContext.current?.waivers ?? []).map { "\($0.gate) by \($0.member)" }
      .joined(separator: ", ")
  }

  private var team: Team {
    Team {
      Member("ann", plays: Self.boss) {
        ClosureAgent { _ in .json(["decision": "accept", "reason": "good enough"]) }
      }
    }
  }

  @Test(arguments: [false, true])
  func aListThatWasLetPassIsToldToWhoReadsIt(isKept: Bool) async throws {
    let readers = Notes()
    let runtime = isKept ? Runtime(team: team, store: .memory) : Runtime(team: team)
    _ = try await runtime.run(Lists(readers: readers), input: 2)
    #expect(readers.all == ["two: ", "two: ", "first: good by ann", "second: "])
  }

  @Test func whatWasWaivedForAnEarlierTakeDoesNotHoldForTheNext() async throws {
    let readers = Notes()
    _ = try await Runtime(team: team).run(
      Lists(readers: readers, isRetried: true), input: 2)
    #expect(readers.all == ["two: ", "two: ", "first: ", "second: "])
  }
}

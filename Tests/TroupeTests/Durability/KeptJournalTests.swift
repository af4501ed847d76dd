import Foundation
import Testing
import Troupe
import TroupeRuntime

/// Journals that were written by earlier versions are gone on with by this one.
///
/// `TROUPE_RECORD=1` writes the journal of this version; what has once been kept must not be changed.
@Suite struct KeptJournalTests {
  @Test func theJournalOfFormat1IsGoneOnWith() async throws {
    try await KeptStore.with("format-1", record: record) { folder in
      let done = Names()
      let runtime = Runtime(team: KeptJob.team(done), store: .directory(folder.path))
      let output = try await runtime.withRun(
        of: KeptJob(done: done, fails: false), input: [3, 4], id: "kept"
      ) {
        try await $0.output
      }
      #expect(output == "3 and 4 make 14, said with care; agreed: yes")
      #expect(await done.all == ["publish"])
    }
  }

  private func record(at folder: URL) async throws {
    let done = Names()
    let runtime = Runtime(team: KeptJob.team(done), store: .directory(folder.path))
    _ = try? await runtime.withRun(of: KeptJob(done: done, fails: true), input: [3, 4], id: "kept")
    {
      try await $0.signal(KeptJob.agreed, "yes")
      return try await $0.output
    }
  }
}

/// What was done in this process.
private actor Names {
  private(set) var all: [String] = []
  func add(_ name: String) { all.append(name) }
}

/// A little of everything that leaves records.
private struct KeptJob: Workflow {
  static let agreed = Signal<String>("agreed")

  let done: Names
  let fails: Bool
  let input = Artifact<[Int]>("numbers")
  let output = Artifact<String>("text")
  let doubled = Artifact<[Int]>("doubled")
  let sum = Artifact<Int>("sum")
  let left = Artifact<Int>("left")
  let right = Artifact<Int>("right")
  let said = Artifact<String>("said")
  let answer = Artifact<String>("answer")

  static func team(_ done: Names) -> Team {
    Team {
      Member("scribe", plays: Role("writer")) {
        ClosureAgent { assignment in
          await done.add("say \(assignment.take)")
          return .text(assignment.take == 1 ? "no" : assignment.prompt)
        }
      }
    }
  }

  var body: some Step {
    FanOut("double", over: input, into: doubled) { number, result in
      Stage("times two", reads: number, writes: result) { number in
        await done.add("times two")
        return number * 2
      }
    }
    Parallel("sides") {
      Stage("left", reads: doubled, writes: left) { numbers in
        await done.add("left")
        return numbers[0]
      }
      Effect("note", reads: doubled) { _ in await done.add("note") }.atMostOnce()
      Stage("right", reads: doubled, writes: right) { _ -> Int in
        await done.add("right")
        throw CocoaError(.featureUnsupported)
      }
      .fallback { Stage("other right", reads: doubled, writes: right) { $0[1] } }
    }
    Stage("add", reads: left, right, writes: sum) { left, right in left + right }
      .retry(attempts: 2)
    Repeat("count", sum, upTo: 3, until: { $0 >= 14 }) {
      Stage("check", reads: sum, writes: sum) { $0 }
    }
    Choose("parity", on: sum) {
      When("odd") {
        $0 % 2 == 1
      } then: {
        Effect("odd", reads: sum) { _ in }
      }
      Otherwise { Effect("even", reads: sum) { _ in } }
    }
    Stage("say", by: Role("writer"), reads: input, sum, writes: said) { numbers, sum in
      "\(numbers[0]) and \(numbers[1]) make \(sum), said with care"
    }
    .gate("long enough", otherwise: .rework(upTo: 2)) { $0.count > 10 }
    Wait(for: Self.agreed, writes: answer)
    Stage("publish", reads: said, answer, writes: output) { said, answer in
      await done.add("publish")
      if fails { throw CocoaError(.featureUnsupported) }
      return "\(said); agreed: \(answer)"
    }
  }
}

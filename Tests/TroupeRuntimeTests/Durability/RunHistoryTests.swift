import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// What a store tells of a run.
@Suite struct RunHistoryTests {
  /// One of everything that makes it hard to say which version is which.
  struct Tour: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<Int>("sum")
    let squares = Artifact<[Int]>("squares")
    let quick = Artifact<Int>("quick")
    let draft = Artifact<String>("draft")

    var body: some Step {
      FanOut("square", over: input, into: squares) { number, square in
        Stage("multiply", reads: number, writes: square) { $0 * $0 }
      }
      Race("hurry") {
        Stage("fast", reads: squares, writes: quick) { $0.count }
        Phase("slow") {
          Stage("wait", reads: squares, writes: quick) { _ in
            try await Task.sleep(for: .seconds(60))
            return 0
          }
        }
      }
      Phase("letter") {
        Stage("write", reads: quick, writes: draft) { quick in
          "take \((StageContext.current?.feedback.count ?? 0) + 1) of \(quick)"
        }
      }
      .gate("second try", on: draft, otherwise: .rework(upTo: 2)) { draft in
        draft.hasPrefix("take 2") ? .accepted : .rejected("once more")
      }
      Stage("add", reads: squares, writes: output) { squares -> Int in
        if StageContext.current?.attempt == 1 { throw Unlucky() }
        return squares.reduce(0, +)
      }
      .retry(attempts: 2)
    }
  }

  struct Unlucky: Error, CustomStringConvertible { let description = "no luck" }

  private func history() async throws -> RunHistory {
    let store = Store.memory
    let sum = try await Runtime(store: store).run(Tour(), input: [1, 2, 3], id: "tour")
    #expect(sum == 14)
    return try await store.history(of: "tour")
  }

  @Test func whatWasAcceptedAndWhatCameOfIt() async throws {
    let history = try await history()
    #expect(history.id == "tour")
    #expect(history.workflow == "tour")
    #expect(history.status == .ended(.completed))
    #expect(try await history.input == [1, 2, 3])
    #expect(try await history.output == 14)
    #expect(history.events.last?.sequence == history.records)
  }

  @Test func everyVersionSaysWhoPublishedItAndWhereItHolds() async throws {
    let history = try await history()
    var lines: [String] = []
    for version in history.artifacts {
      let value = try await history.value(of: version).map { "\($0)" } ?? "?"
      lines.append(
        "\(version.artifact)@\(version.scope) v\(version.number.map(String.init) ?? "-") by "
          + "\(version.author.map { "\($0)" } ?? "-"): \(value)")
    }
    let names = history.plan.nodes.compactMap { node -> String? in
      if case .fanOut(let spread) = node.kind { spread.result.name } else { nil }
    }
    let square = try #require(names.first)
    #expect(
      lines.filter { !$0.hasPrefix(square) } == [
        "numbers@ v1 by -: [1,2,3]",
        "squares@ v1 by tour/square: [1,4,9]",
        "quick@ v1 by tour/hurry/fast: 3",
        #"draft@ v- by tour/letter/write: "take 1 of 3""#,
        #"draft@ v1 by tour/letter~2/write: "take 2 of 3""#,
        "sum@ v1 by tour/add: 14",
      ])
    #expect(lines.contains("\(square)@tour/square/items[2] v1 by tour/square/items[2]/multiply: 4"))
  }

  @Test func stepsTellOfAttemptsAndVerdicts() async throws {
    let steps = try await history().steps
    #expect(steps.first?.address.description == "tour")
    let add = try #require(steps.last)
    #expect(add.address.description == "tour/add")
    #expect(add.state == .completed)
    #expect(add.attempts.map(\.end) == [.failed(reason: "no luck", pause: .zero), .finished])
    let letter = try #require(steps.first { $0.address.description == "tour/letter" })
    #expect(letter.judgements.map(\.consequence) == [.rework(take: 2), .pass])
    #expect(letter.judgements.map(\.take) == [1, 2])
    let slow = try #require(steps.first { $0.address.description == "tour/hurry/slow" })
    #expect(slow.state == .cancelled)
  }

  @Test func anEarlierRecordGivesAnEarlierState() async throws {
    let history = try await history()
    let spread = try #require(
      history.events.first { if case .fannedOut = $0.kind { true } else { false } })
    let early = try await history.upTo(record: spread.sequence)
    #expect(early.records == spread.sequence)
    #expect(early.artifacts.map(\.artifact) == ["numbers"])
    #expect(try await early.output == nil)
    #expect(early.status == .ended(.completed))
    #expect(try await history.upTo(record: .max).records == history.records)
    #expect(try await history.upTo(record: 0).records == 1)
  }

  @Test func aRunIsListedAsRunningWhileItIs() async throws {
    let store = Store.memory
    let runtime = Runtime(store: store)
    try await runtime.withRun(of: Waiting(), input: 1, id: "waiting") { run in
      for await event in run.events { if case .started = event.kind { break } }
      let list = try await store.runs()
      #expect(list.map(\.status) == [.running(by: "process \(ThisProcess.number)")])
      #expect(try await store.history(of: "waiting").steps.last?.state == .open)
    }
    #expect(try await store.runs().map(\.status) == [.stopped(.asked)])
  }

  struct Waiting: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step {
      Stage("wait", reads: input, writes: output) { number in
        try await Task.sleep(for: .seconds(60))
        return number
      }
    }
  }

  @Test func aDamagedPlanIsNamedAndDoesNotKeepTheRunFromGoingOn() async throws {
    let store = Store.memory
    let workflow = ShortTrip(fails: true)
    _ = try? await Runtime(store: store).run(workflow, input: 1, id: "a")
    let plan = store.folder(of: "a").planPath()
    try await store.files.remove(plan)
    try await store.files.create(plan, Array("{".utf8))
    let error = await #expect(throws: StoreError.self) { _ = try await store.history(of: "a") }
    #expect(error?.description.hasPrefix("'\(plan)' is damaged: ") == true)
    #expect(try await Runtime(store: store).run(ShortTrip(fails: false), input: 1, id: "a") == 2)
  }

  @Test func aRunThatIsNotThereIsAnError() async throws {
    await #expect(throws: StoreError.self) { try await Store.memory.history(of: "none") }
    #expect(try await Store.memory.runs().isEmpty)
  }

  @Test func aRecordOfALaterVersionKeepsItsNumber() throws {
    let plan = try Waiting().compile().plan
    let accepted: JSONValue = [
      "type": "accepted", "address": "waiting", "format": 1, "run": "a", "workflow": "waiting",
      "input": 1,
    ]
    let later: JSONValue = ["type": "fromLater", "address": "waiting"]
    let records = [accepted, later].enumerated().map { index, members in
      JournalRecord(sequence: index + 1, at: .init(timeIntervalSince1970: 0), members: members)
    }
    let history = try RunHistory(records, AddressReader(plan), at: "journal")
    #expect(history.recall.last == 2)
    #expect(history.events.count == 1)
  }
}

/// A stage that may fail.
private struct ShortTrip: Workflow {
  let name = "trip"
  let fails: Bool
  let input = Artifact<Int>("in")
  let output = Artifact<Int>("out")
  var body: some Step {
    Stage("go", reads: input, writes: output) { number in
      if fails { throw RunHistoryTests.Unlucky() }
      return number + 1
    }
  }
}

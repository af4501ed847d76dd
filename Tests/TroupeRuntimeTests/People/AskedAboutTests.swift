import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// What people see of a step about which they are asked in words that do not tell it.
@Suite struct AskedAboutTests {
  private static let chief = Role("chief")

  private struct Draft: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("draft")

    var body: some Step {
      Stage("draft", reads: input, writes: output) { $0 }
        .gate("long enough") { $0.count > 10 }
        .escalate {
          On(.gateRejected) {
            Ask(chief) { _ in "What now?" }
            Ask(chief) { _ in "And now?" }
          }
        }
    }
  }

  private struct Page: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<Int>("length")
    let title = Artifact<String>("title")
    let text = Artifact<[String]>("text")

    var body: some Step {
      Phase("page") {
        Stage("title", reads: input, writes: title) { "On \($0)" }
        Stage("text", reads: input, writes: text) { [$0] }
      }
      .gate("long enough", on: text) { $0.count > 1 }
      .escalate {
        On(.gateRejected) {
          Ask(chief) { _ in "What now?" }
          Ask(chief) { _ in "And now?" }
        }
      }
      Stage("measure", reads: title, text, writes: output) { $0.count + $1.count }
    }
  }

  private struct Failing: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("draft")
    var body: some Step {
      Stage("draft", reads: input, writes: output) { _ in throw Broken() }
        .escalate { On(.failure) { Ask(chief) { _ in "What now?" } } }
    }
  }

  /// The only request, after the run has got as far as it gets.
  private static func request<Work: Workflow>(
    _ desk: Desk, _ workflow: Work
  ) async throws -> Inbox.Request where Work.Input == String {
    _ = try await desk.advance(workflow)
    return try #require(try await desk.store.inbox().first)
  }

  private static func shown(_ request: Inbox.Request) -> [String: JSONValue?] {
    Dictionary(uniqueKeysWithValues: request.materials.map { ($0.artifact, $0.value) })
  }

  private func work(_ work: @escaping @Sendable (Desk) async throws -> Void) async throws {
    try await Desk.work { desk in
      var desk = desk
      desk.people = Team { Member("ann", plays: Self.chief) { Person() } }
      try await work(desk)
    }
  }

  @Test func whatAStageWroteIsShownAndThenWhatWasSuppliedForIt() async throws {
    try await work { desk in
      let first = try await Self.request(desk, Draft())
      #expect(first.prompt == "What now?")
      #expect(Self.shown(first) == ["draft": "cats"])
      try await desk.answer(first.id, .supply("dogs"), as: "ann")
      let second = try await Self.request(desk, Draft())
      #expect(second.prompt == "And now?")
      #expect(Self.shown(second) == ["draft": "dogs"])
    }
  }

  @Test func ofAContainerAllThatItWroteIsShown() async throws {
    try await work { desk in
      let first = try await Self.request(desk, Page())
      #expect(Self.shown(first) == ["title": "On cats", "text": ["cats"]])
      try await desk.answer(first.id, .supply(["title": "Dogs", "text": ["dogs"]]), as: "ann")
      let second = try await Self.request(desk, Page())
      #expect(Self.shown(second) == ["title": "Dogs", "text": ["dogs"]])
      let inAnotherProcess = try await Self.request(desk, Page())
      #expect(Self.shown(inAnotherProcess) == Self.shown(second))
    }
  }

  @Test func whoIsAskedAboutAStepThatWroteNothingIsShownNothing() async throws {
    try await work { desk in
      let request = try await Self.request(desk, Failing())
      #expect(request.materials.isEmpty)
    }
  }

  private struct Broken: Error {}
}

/// What is shown of a step whose records a compaction has condensed.
@Suite struct AskedAboutCompactedTests {
  private static let chief = Role("chief")

  /// Asks about a page, while a loop fills the journal.
  private struct Busy: Workflow {
    let rest: @Sendable () async throws -> Void
    let name = "busy"
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let total = Artifact<Int>("total")
    let title = Artifact<String>("title")
    let text = Artifact<String>("text")

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Parallel {
        Stage("title", reads: input, writes: title) { _ in "A title" }
          .gate("good") { _ in .rejected("dull") }
          .escalate { On(.gateRejected) { Ask(chief) { _ in "What now?" } } }
        Phase("page") {
          Stage("write", reads: input, writes: text) { _ in "A text" }
        }
        .gate("good", on: text) { _ in .rejected("dull") }
        .escalate { On(.gateRejected) { Ask(chief) { _ in "What now?" } } }
        Repeat("work", total, upTo: 99, until: { $0 >= 60 }) {
          Stage("count", reads: total, writes: total) { number in
            if number == 58 { try await rest() }
            return number + 1
          }
        }
      }
      Stage("end", reads: title, text, total, writes: output) { $0.count + $1.count + $2 }
    }
  }

  @Test func itIsShownAllTheSame() async throws {
    let store = Store.memory(Retention(compactsAfter: 40))
    let hold = Latch()
    let runtime = Runtime(
      team: Team { Member("ann", plays: Self.chief) { Person() } }, store: store)
    let run = Task {
      try await runtime.run(
        Busy {
          hold.arrive()
          try await untilCancelled()
        }, input: 0, id: "run")
    }
    await hold.untilArrived()
    try await store.untilCompacted()
    let records = try await store.folder(of: "run").records()
    #expect(records.contains { $0.type == "snapshot" })
    let shown = try await store.inbox().map { request in request.materials.map(\.value) }
    #expect(shown == [["A title"], ["A text"]] || shown == [["A text"], ["A title"]])
    run.cancel()
    _ = try? await run.value
  }
}

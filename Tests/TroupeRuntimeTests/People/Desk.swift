import Foundation
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// A text that a person writes and another one reviews.
struct Letters: Workflow {
  static let writer = Role("writer")
  static let editor = Role("editor")

  struct Parameters: Codable, Sendable {
    var within: Duration?
    var timeout: Duration?
    var passing: Double?
  }

  let input = Artifact<String>("topic")
  let output = Artifact<String>("text")
  var parameters = Parameters()

  var body: some Step {
    let stage = Stage("write", by: Self.writer, reads: input, writes: output) {
      "Write about \($0)."
    }
    .gate(
      "reads well", reviewedBy: Self.editor, passing: parameters.passing, within: parameters.within,
      otherwise: .rework(upTo: 1))
    if let timeout = parameters.timeout {
      stage.timeout(timeout)
    } else {
      stage
    }
  }
}

/// Runs with people, on virtual time, over a store that outlives each of its runtimes.
struct Desk {
  let time: VirtualTime
  let store: Store
  var people = Team {
    Member("ann", plays: Letters.editor) { Person() }
    Member("ben", plays: Letters.editor) { Person() }
    Member("cleo", plays: Letters.writer) { Person() }
  }

  /// Does something on virtual time.
  static func work(
    seed: UInt64 = 1, _ work: @escaping @Sendable (Desk) async throws -> Void
  ) async throws {
    try await onVirtualTime(seed: seed) { time in
      let store = Store(files: MemoryFiles(executor: time.executor), root: "store")
      try await work(Desk(time: time, store: store))
    }
  }

  /// A runtime as a new process would have it.
  var runtime: Runtime {
    Runtime(
      team: people, store: store, clock: time.clock, randomness: SeededGenerator(seed: 1),
      executor: time.executor)
  }

  /// Goes on with the run until it only waits.
  ///
  /// - Returns: What it waits for; `nil` once it has come to its end.
  func advance<Work: Workflow>(_ workflow: Work) async throws -> [String]?
  where Work.Input == String {
    switch try await runtime.advance(workflow, input: "cats", id: "run") {
    case .done: nil
    case .waiting(let awaited): awaited.map(\.description)
    }
  }

  func answer(
    _ request: String, _ answer: Inbox.Answer, as member: String, id: String? = nil
  ) async throws {
    try await store.answer(request, of: "run", answer, as: member, id: id)
  }

  func sleep(_ length: Duration) async throws {
    try await time.clock.sleep(until: time.clock.now + length)
  }

  func output() async throws -> JSONValue? { try await store.history(of: "run").output }

  /// What happened in the run, by its journal.
  func story() async throws -> [String] {
    TroupeRuntimeTests.story(try await store.history(of: "run").events)
  }
}

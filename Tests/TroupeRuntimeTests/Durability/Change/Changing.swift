import Testing
import Troupe

@testable import TroupeRuntime

/// Work that fails until it is mended; all steps with one mishap fail or succeed together.
final class Breakage: Sendable {
  private let broken = Lock(true)
  var isBroken: Bool { broken.withLock { $0 } }
  func mend() { broken.withLock { $0 = false } }
  func pass<Value>(_ value: Value) throws -> Value {
    if broken.withLock({ $0 }) { throw Mishap() }
    return value
  }
}

/// A run of one workflow that stops with a failure and goes on as another one.
struct Changing {
  let store = Store.memory
  let breakage = Breakage()

  /// Runs a workflow until it fails.
  func stop<Work: Workflow>(
    _ work: Work, _ input: Work.Input, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    await #expect(throws: RunFailure.self, sourceLocation: sourceLocation) {
      try await Runtime(store: store).run(work, input: input, id: "run")
    }
    breakage.mend()
  }

  /// Goes on with the run as another workflow, which is refused until it is accepted.
  func goOn<Work: Workflow>(
    _ work: Work, _ input: Work.Input, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> Work.Output {
    let mismatch = try await #require(throws: RunMismatch.self, sourceLocation: sourceLocation) {
      try await Runtime(store: store).run(work, input: input, id: "run")
    }
    #expect(mismatch.isAcceptable, "\(mismatch)", sourceLocation: sourceLocation)
    let output = try await Runtime(store: store)
      .run(work, input: input, id: "run", acceptingChanges: true)
    _ = try await Runtime(store: store).run(work, input: input, id: "run")
    return output
  }

  /// Expects that the run does not go on as another workflow, for a reason.
  func refuse<Work: Workflow>(
    _ work: Work, _ input: Work.Input, because reason: String, team: Team = Team(),
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let before = try await store.history(of: "run").records
    let mismatch = try await #require(throws: RunMismatch.self, sourceLocation: sourceLocation) {
      try await Runtime(team: team, store: store)
        .run(work, input: input, id: "run", acceptingChanges: true)
    }
    #expect(!mismatch.isAcceptable, sourceLocation: sourceLocation)
    #expect(
      mismatch.differences.contains { $0.obstacle?.contains(reason) ?? false }, "\(mismatch)",
      sourceLocation: sourceLocation)
    #expect(
      try await store.history(of: "run").records == before, sourceLocation: sourceLocation)
  }
}

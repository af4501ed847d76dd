import Testing
import Troupe

@testable import TroupeRuntime

/// A changed plan is refused until it is accepted, and accepted only where it fits what has happened.
@Suite struct ChangedPlanTests {
  private let changing = Changing()
  private let doubled = Artifact<Int>("doubled")

  /// Doubles, and stops at the step that writes the output.
  private var trip: Body<Steps> {
    Body { [changing, doubled] input, output in
      Stage("double", reads: input, writes: doubled) { $0 * 2 }
      Stage("add", reads: doubled, writes: output) { try changing.breakage.pass($0 + 1) }
    }
  }

  @Test func theChangeIsRecordedWithThePlanThatWasAccepted() async throws {
    try await changing.stop(trip, 20)
    let new = Body { [changing, doubled] input, output in
      Stage("double", reads: input, writes: doubled) { $0 * 2 }
      Stage("add", reads: doubled, writes: output) { try changing.breakage.pass($0 + 1) }
      Stage("negate", reads: output, writes: output) { -$0 }
    }
    #expect(try await changing.goOn(new, 20) == -41)
    let history = try await changing.store.history(of: "run")
    let plans = try (trip.compile().plan, new.compile().plan)
    #expect(history.plan == plans.1)
    #expect(try await changing.store.folder(of: "run").plan() == plans.0)
    #expect(try await changing.store.folder(of: "run").plan(2) == plans.1)
    let changes = history.events.compactMap { event -> PlanChange? in
      if case .planChanged(let change) = event.kind { change } else { nil }
    }
    #expect(changes.map(\.from) == [plans.0.fingerprint])
    #expect(changes.map(\.to) == [plans.1.fingerprint])
    #expect(changes.first?.by.hasPrefix("process ") == true)
  }

  @Test func aRefusalNamesEveryDifferenceAndSaysWhatToDo() async throws {
    try await changing.stop(trip, 20)
    let new = Body { [doubled] input, output in
      Effect("new", reads: input) { _ in }
      Stage("double", reads: input, writes: doubled) { $0 * 2 }
      Stage("add", reads: doubled, writes: output) { $0 + 1 }.timeout(.seconds(5))
    }
    let mismatch = try await #require(throws: RunMismatch.self) {
      try await Runtime(store: changing.store).run(new, input: 20, id: "run")
    }
    #expect(
      mismatch.description == """
        run 'run' was accepted with something else than it would go on with:
          + test/new: stage, reads input
            'test/add' comes after it, and has begun
          ~ test/add: timeout none → 5 s
        go on with it as it was, or start another run
        """)
    #expect(mismatch.differences.map { $0.obstacle == nil } == [false, true])
  }

  @Test func anotherInputIsRefusedForGood() async throws {
    try await changing.stop(trip, 20)
    try await changing.refuse(trip, 21, because: "the input it was started with")
  }

  @Test func whatHasEndedIsNotChanged() async throws {
    try await changing.stop(trip, 20)
    #expect(try await Runtime(store: changing.store).run(trip, input: 20, id: "run") == 41)
    let new = Body { input, output in Stage("double", reads: input, writes: output) { $0 * 2 } }
    try await changing.refuse(new, 20, because: "the run has ended")
  }

  @Test func parametersStayAndTheVersionMayChange() async throws {
    struct Versioned: Workflow {
      let breakage: Breakage
      struct Parameters: Codable, Sendable { var factor = 2 }
      var parameters = Parameters()
      var version: String?
      let input = Artifact<Int>("input")
      let output = Artifact<Int>("output")
      var body: some Step {
        Stage("multiply", reads: input, writes: output) {
          try breakage.pass($0 * parameters.factor)
        }
      }
    }
    let old = Versioned(breakage: changing.breakage, version: "1")
    try await changing.stop(old, 5)
    var new = old
    new.parameters.factor = 3
    try await changing.refuse(new, 5, because: "build the workflow with 2")
    new = old
    new.version = "2"
    #expect(try await changing.goOn(new, 5) == 10)
  }

  // (a) What has begun is still there, and the same.

  @Test func aStepThatHasBegunCannotBeTakenOut() async throws {
    try await changing.stop(trip, 20)
    let new = Body { input, output in Stage("add", reads: input, writes: output) { $0 } }
    try await changing.refuse(new, 20, because: "it has begun, and cannot be taken out")
    try await changing.refuse(new, 20, because: "reads what it did")
  }

  @Test func aStepThatHasBegunStaysWhatItIs() async throws {
    try await changing.stop(trip, 20)
    let text = Artifact<String>("doubled")
    try await changing.refuse(
      Body { input, output in
        Stage("double", reads: input, writes: text) { "\($0)" }
        Stage("add", reads: text, writes: output) { $0.count }
      }, 20, because: "it has begun, and writes what it did")
    try await changing.refuse(
      Body { [doubled] input, output in
        Stage("double", by: Role("clerk"), reads: input, writes: doubled) { "Double \($0)." }
        Stage("add", reads: doubled, writes: output) { $0 }
      }, 20, because: "done by whom it was",
      team: Team { Member("ann", plays: Role("clerk")) { ClosureAgent { _ in .text("2") } } })
    try await changing.refuse(
      Body { [doubled] input, output in
        Phase("double") { Stage("inside", reads: input, writes: doubled) { $0 } }
        Stage("add", reads: doubled, writes: output) { $0 }
      }, 20, because: "it has begun as a stage, and stays one")
  }

  @Test func aStepThatHasNotBegunMayBecomeAnything() async throws {
    let old = Body { [changing, doubled] input, output in
      Stage("double", reads: input, writes: doubled) { try changing.breakage.pass($0 * 2) }
      Phase("later") { Stage("add", reads: doubled, writes: output) { $0 + 1 } }
      Effect("tell", reads: output) { _ in }
    }
    try await changing.stop(old, 20)
    let new = Body { [doubled] input, output in
      Stage("double", reads: input, writes: doubled) { $0 * 2 }
      Stage("later", reads: input, doubled, writes: output) { $0 + $1 }
    }
    #expect(try await changing.goOn(new, 20) == 60)
  }
}

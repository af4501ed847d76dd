import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Letters that came in time, and of which the run learns when the time is over.
@Suite struct LateLetterTests {
  struct Asking: Workflow {
    static let answer = Signal<Int>("answer")
    enum Kind: String, CaseIterable, Codable, Sendable { case within, deadline, race }
    struct Parameters: Codable, Sendable { var kind = Kind.within }

    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    var parameters = Parameters()

    var body: some Step {
      switch parameters.kind {
      case .within:
        Wait(for: Self.answer, writes: output, within: .hours(1))
      case .deadline:
        Wait(for: Self.answer, writes: output).deadline(.hours(1))
      case .race:
        Race {
          Phase("asked") { Wait(for: Self.answer, writes: output) }
          Phase("timed") {
            Wait("an hour", lasting: .hours(1))
            Stage("give up", reads: input, writes: output) { _ in 0 }
          }
        }
      }
    }
  }

  /// What the run gives, or `nil` if it fails.
  private func output(
    _ runtime: Runtime, _ kind: Asking.Kind
  ) async throws -> Int? {
    do {
      return try await runtime.run(
        Asking(parameters: .init(kind: kind)), input: 1, id: SimulatedOffice.run)
    } catch is RunFailure {
      return nil
    }
  }

  @Test(arguments: Asking.Kind.allCases, [UInt64](1...10))
  func anAnswerThatLayThereCountsHoweverLateTheProcessComes(
    _ kind: Asking.Kind, _ seed: UInt64
  ) async {
    let done = await SimulatedOffice.work(seed: seed) { office in
      let workflow = Asking(parameters: .init(kind: kind))
      let first = try await office.runtime.advance(workflow, input: 1, id: SimulatedOffice.run)
      guard case .waiting = first else { return #expect(Bool(false), "\(first)") }
      try await office.clock.sleep(until: office.clock.now + .hours(5))
      try await office.send(.signal("answer", payload: 7), id: "a")
      #expect(try await output(office.runtime, kind) == 7)
    }
    #expect(done.failure == nil)
  }

  @Test(arguments: Asking.Kind.allCases, [UInt64](1...10))
  func withoutAnAnswerTheTimeIsOver(_ kind: Asking.Kind, _ seed: UInt64) async {
    let done = await SimulatedOffice.work(seed: seed) { office in
      let workflow = Asking(parameters: .init(kind: kind))
      _ = try await office.runtime.advance(workflow, input: 1, id: SimulatedOffice.run)
      try await office.clock.sleep(until: office.clock.now + .hours(5))
      #expect(try await output(office.runtime, kind) == (kind == .race ? 0 : nil))
      // What comes then is too late.
      try? await office.send(.signal("answer", payload: 7), id: "a")
      #expect(try await office.recall().signals.isEmpty)
    }
    #expect(done.failure == nil)
  }

  @Test(arguments: Asking.Kind.allCases, [UInt64](1...10))
  func anAnswerThatNobodyNoticedCountsWhenTheTimeIsOver(
    _ kind: Asking.Kind, _ seed: UInt64
  ) async {
    let done = await SimulatedOffice.work(seed: seed) { office in
      // A run that is told of nothing looks only when it has to.
      let deaf = Store(files: FaultyFiles(office.files, [], isDeaf: true), root: "store")
      let runtime = Runtime(
        team: Team(), store: deaf, clock: office.clock, randomness: SeededGenerator(seed: seed),
        executor: office.files.executor)
      async let result = output(runtime, kind)
      try await office.clock.sleep(until: office.clock.now + .minutes(50))
      try await office.send(.signal("answer", payload: 7), id: "a")
      #expect(try await result == 7)
      #expect(office.clock.now > .minutes(59))
    }
    #expect(done.failure == nil)
  }
}

import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Machines that end at each moment of asking people and taking their answers.
@Suite struct AnswerCrashTests {
  struct Essay: Workflow {
    static let writer = Role("writer")
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("essay")
    let draft = Artifact<String>("draft")

    var body: some Step {
      Stage("write", by: Self.writer, reads: input, writes: draft) { "Write about \($0)." }
        .gate(
          "reads well", reviewedBy: Self.editor, within: .hours(4), otherwise: .rework(upTo: 1))
      Stage("print", reads: draft, writes: output) { "<\($0)>" }
    }
  }

  private static let team = Team {
    Member("ann", plays: Essay.editor) { Person() }
    Member("ben", plays: Essay.editor) { Person() }
    Member("cleo", plays: Essay.writer) { Person() }
  }

  /// What people say to each request, once they see it.
  private static let answers: [String: (Inbox.Answer, String)] = [
    "essay/write": (.supply("first"), "cleo"),
    "essay/write/@gate(reads well)": (.reject("too short"), "ben"),
    "essay/write~2": (.supply("second"), "cleo"),
    "essay/write~2/@gate(reads well)": (.approve, "ann"),
  ]

  /// Goes on with the run and answers whatever it asks, until it has come to its end.
  ///
  /// - Parameter handedIn: Told of each answer that was handed in.
  @Sendable private static func work(
    _ office: SimulatedOffice, _ handedIn: @escaping @Sendable (String) -> Void
  ) async throws -> String {
    for _ in 0..<10 {
      let end = try await office.runtime.advance(Essay(), input: "cats", id: SimulatedOffice.run)
      if case .done(let essay) = end { return essay }
      for request in try await office.store.inbox() where request.pending == nil {
        let (answer, member) = try #require(answers[request.id])
        try await office.send(
          .answer(request.id, answer, as: member), id: member + "-letter-\(request.number)")
        handedIn(request.id)
      }
    }
    return "it does not end"
  }

  @Test(arguments: [UInt64(1), 2])
  func eachIsAskedOnceAndEachAnswerHoldsWheneverTheMachineEnds(_ seed: UInt64) async {
    let all = await SimulatedOffice.work(seed: seed, team: Self.team) { office in
      let essay = try await Self.work(office) { _ in }
      #expect(essay == "<second>")
    }
    #expect(all.failure == nil)
    #expect(all.points.count > 100)
    // Each seed takes every other moment.
    for crash in stride(from: Int(seed), to: all.points.count, by: 2) {
      let point = all.points[crash - 1]
      let handedIn = Lock<Set<String>>([])
      let crashed = await SimulatedOffice.work(seed: seed, crashPoint: crash, team: Self.team) {
        _ = try await Self.work($0) { id in handedIn.withLock { _ = $0.insert(id) } }
      }
      for failure in [nil, 1] as [UInt64?] {
        let left = failure.map { crashed.disk.afterPowerFailure(seed: $0) } ?? crashed.disk
        let next = await SimulatedOffice.work(on: left, seed: seed + 100, team: Self.team) {
          office in
          let again = Lock<Set<String>>([])
          let essay = try await Self.work(office) { id in again.withLock { _ = $0.insert(id) } }
          #expect(essay == "<second>", "\(point)")
          // What was handed in was not asked for again.
          #expect(again.withLock { $0 }.isDisjoint(with: handedIn.withLock { $0 }), "\(point)")
          let history = try await office.store.history(of: SimulatedOffice.run)
          var asked: [String: Int] = [:]
          var answered: [String: Int] = [:]
          for event in history.events {
            switch event.kind {
            case .asked(_, let asking): asked[asking.request, default: 0] += 1
            case .answered(let attempt, _):
              answered[attempt.request(at: event.address), default: 0] += 1
            case .started(let attempt) where attempt.member != nil:
              #expect(attempt.number == 1, "\(point)")
            default: break
            }
          }
          let once = Self.answers.mapValues { _ in 1 }
          #expect(asked == once, "\(point)")
          #expect(answered == once, "\(point)")
        }
        #expect(next.failure == nil, "\(point): \(next.failure as Any)")
      }
    }
  }
}

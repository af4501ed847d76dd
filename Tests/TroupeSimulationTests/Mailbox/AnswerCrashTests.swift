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

  /// A writer whose text is too short, and a chief who is asked what becomes of it.
  struct Column: Workflow {
    static let chief = Role("chief")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("column")
    let draft = Artifact<String>("draft")

    var body: some Step {
      Stage("draft", by: Essay.writer, reads: input, writes: draft) { "Write about \($0)." }
        .gate("long enough") { $0.count > 10 }
        .escalate {
          On(.gateRejected) {
            Ask(Self.chief, within: .hours(4))
            Abort("nobody signs it off")
          }
        }
      Stage("print", reads: draft, writes: output) { "<\($0)>" }
    }
  }

  private static let team = Team {
    Member("ann", plays: Essay.editor, Column.chief) { Person() }
    Member("ben", plays: Essay.editor, Column.chief) { Person() }
    Member("cleo", plays: Essay.writer) { Person() }
  }

  /// A workflow, what people say to each request once they see it, and what comes of that.
  private struct Play<Work: Workflow>: Sendable where Work.Input == String, Work.Output == String {
    let workflow: Work
    let answers: [String: (Inbox.Answer, String)]
    let output: String

    /// Goes on with the run and answers whatever it asks, until it has come to its end.
    ///
    /// - Parameter handedIn: Told of each answer that was handed in.
    func work(
      _ office: SimulatedOffice, _ handedIn: @escaping @Sendable (String) -> Void
    ) async throws -> String {
      for _ in 0..<10 {
        let end = try await office.runtime.advance(
          workflow, input: "cats", id: SimulatedOffice.run)
        if case .done(let output) = end { return output }
        for request in try await office.store.inbox() where request.pending == nil {
          let (answer, member) = try #require(answers[request.id])
          try await office.send(
            .answer(request.id, answer, as: member), id: member + "-letter-\(request.number)")
          handedIn(request.id)
        }
      }
      return "it does not end"
    }
  }

  @Test(arguments: [UInt64(1), 2])
  func eachIsAskedOnceAndEachAnswerHoldsWheneverTheMachineEnds(_ seed: UInt64) async {
    await explore(
      seed,
      Play(
        workflow: Essay(),
        answers: [
          "essay/write": (.supply("first"), "cleo"),
          "essay/write/@gate(reads well)": (.reject("too short"), "ben"),
          "essay/write~2": (.supply("second"), "cleo"),
          "essay/write~2/@gate(reads well)": (.approve, "ann"),
        ], output: "<second>"))
  }

  @Test(arguments: [UInt64(1), 2])
  func whatIsDecidedAtARungHoldsWheneverTheMachineEnds(_ seed: UInt64) async {
    await explore(
      seed,
      Play(
        workflow: Column(),
        answers: [
          "column/draft": (.supply("short"), "cleo"),
          "column/draft/@escalation(1)": (.revise("twice as long"), "ben"),
          "column/draft~2": (.supply("long enough"), "cleo"),
        ], output: "<long enough>"))
  }

  private func explore<Work>(_ seed: UInt64, _ play: Play<Work>) async {
    let all = await SimulatedOffice.work(seed: seed, team: Self.team) { office in
      let output = try await play.work(office) { _ in }
      #expect(output == play.output)
    }
    #expect(all.failure == nil)
    #expect(all.points.count > 100)
    // Each seed takes every other moment.
    for crash in stride(from: Int(seed), to: all.points.count, by: 2) {
      let point = all.points[crash - 1]
      let handedIn = Lock<Set<String>>([])
      let crashed = await SimulatedOffice.work(seed: seed, crashPoint: crash, team: Self.team) {
        _ = try await play.work($0) { id in handedIn.withLock { _ = $0.insert(id) } }
      }
      for failure in [nil, 1] as [UInt64?] {
        let left = failure.map { crashed.disk.afterPowerFailure(seed: $0) } ?? crashed.disk
        let next = await SimulatedOffice.work(on: left, seed: seed + 100, team: Self.team) {
          office in
          let again = Lock<Set<String>>([])
          let output = try await play.work(office) { id in again.withLock { _ = $0.insert(id) } }
          #expect(output == play.output, "\(point)")
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
          let once = play.answers.mapValues { _ in 1 }
          #expect(asked == once, "\(point)")
          #expect(answered == once, "\(point)")
        }
        #expect(next.failure == nil, "\(point): \(next.failure as Any)")
      }
    }
  }
}

import Testing
import Troupe

@testable import TroupeRuntime

/// Nothing is put before what has begun, or into what has ended.
@Suite struct ChangedOrderTests {
  private let changing = Changing()
  private let part = Artifact<Int>("part")
  private let other = Artifact<Int>("other")

  @Test func theOrderOfWhatHasBegunStays() async throws {
    try await changing.stop(
      Body { [changing] input, output in
        Effect("a", reads: input) { _ in }
        Effect("b", reads: input) { _ in }
        Stage("stop", reads: input, writes: output) { try changing.breakage.pass($0) }
        Effect("c", reads: input) { _ in }
        Effect("d", reads: input) { _ in }
      }, 1)
    try await changing.refuse(
      Body { input, output in
        Effect("b", reads: input) { _ in }
        Effect("a", reads: input) { _ in }
        Stage("stop", reads: input, writes: output) { $0 }
      }, 1, because: "keep their order")
    try await changing.refuse(
      Body { input, output in
        Effect("a", reads: input) { _ in }
        Effect("b", reads: input) { _ in }
        Effect("c", reads: input) { _ in }
        Stage("stop", reads: input, writes: output) { $0 }
      }, 1, because: "'c' would stand before 'stop', which has begun")
    let output = try await changing.goOn(
      Body { input, output in
        Effect("a", reads: input) { _ in }
        Effect("b", reads: input) { _ in }
        Stage("stop", reads: input, writes: output) { $0 }
        Effect("d", reads: input) { _ in }
        Effect("new", reads: output) { _ in }
        Effect("c", reads: input) { _ in }
      }, 1)
    #expect(output == 1)
  }

  @Test func nothingIsPutIntoAPhaseThatHasEnded() async throws {
    try await changing.stop(
      Body { [changing, part] input, output in
        Phase("done") { Stage("part", reads: input, writes: part) { $0 } }
        Phase("open") {
          Stage("stop", reads: part, writes: output) { try changing.breakage.pass($0) }
        }
      }, 1)
    try await changing.refuse(
      Body { [part] input, output in
        Phase("done") {
          Stage("part", reads: input, writes: part) { $0 }
          Effect("new", reads: part) { _ in }
        }
        Phase("open") { Stage("stop", reads: part, writes: output) { $0 } }
      }, 1, because: "'test/done' has ended")
    let output = try await changing.goOn(
      Body { [part] input, output in
        Phase("done") { Stage("part", reads: input, writes: part) { $0 } }
        Phase("open") {
          Stage("stop", reads: part, writes: output) { $0 }
          Stage("new", reads: output, writes: output) { $0 + 5 }
        }
      }, 1)
    #expect(output == 6)
  }

  @Test func nothingIsPutIntoALoopThatHasGoneRound() async throws {
    try await changing.stop(
      Body { [changing] input, output in
        Stage("first", reads: input, writes: output) { $0 }
        Repeat("rise", output, upTo: 5, until: { $0 >= 3 }) {
          Stage("more", reads: output, writes: output) { number in
            number == 2 ? try changing.breakage.pass(number + 1) : number + 1
          }
        }
      }, 1)
    func next(_ isNew: Bool, upTo limit: Int) -> Body<Steps> {
      Body { input, output in
        Stage("first", reads: input, writes: output) { $0 }
        Repeat("rise", output, upTo: limit, until: { $0 >= 3 }) {
          Stage("more", reads: output, writes: output) { $0 + 1 }
          if isNew { Effect("new", reads: output) { _ in } }
        }
      }
    }
    try await changing.refuse(next(true, upTo: 5), 1, because: "has finished a round")
    try await changing.refuse(next(false, upTo: 1), 1, because: "its round 2 has begun")
    #expect(try await changing.goOn(next(false, upTo: 2), 1) == 3)
  }

  @Test func nothingIsPutIntoATakeThatWasRejected() async throws {
    func work(_ isNew: Bool) -> Body<Steps> {
      Body { [changing] input, output in
        Phase("write") {
          Stage("draft", reads: input, writes: output) { number in
            let takes = StageContext.current?.feedback.count ?? 0
            return takes == 0 ? number : try changing.breakage.pass(number + takes)
          }
          if isNew { Effect("new", reads: output) { _ in } }
        }
        .gate("more", on: output, otherwise: .rework(upTo: 2)) { $0 > 1 }
      }
    }
    try await changing.stop(work(false), 1)
    try await changing.refuse(work(true), 1, because: "has finished a take")
  }

  @Test func nothingIsPutIntoADataflowThatHasEnded() async throws {
    func work(_ isNew: Bool) -> Body<Steps> {
      Body { [changing, part, other] input, output in
        Dataflow {
          Stage("part", reads: input, writes: part) { $0 }
          if isNew { Stage("new", reads: part, writes: other) { $0 } }
        }
        Stage("end", reads: part, writes: output) { try changing.breakage.pass($0) }
      }
    }
    try await changing.stop(work(false), 1)
    try await changing.refuse(work(true), 1, because: "has ended")
  }

  @Test func anOpenDataflowMayHaveFurtherChildren() async throws {
    func work(_ isNew: Bool) -> Body<Steps> {
      Body { [changing, part, other] input, output in
        Dataflow {
          Stage("part", reads: input, writes: part) { try changing.breakage.pass($0) }
          if isNew { Stage("new", reads: part, writes: other) { $0 } }
        }
        Stage("end", reads: part, writes: output) { $0 }
      }
    }
    try await changing.stop(work(false), 1)
    #expect(try await changing.goOn(work(true), 1) == 1)
  }

  @Test func whatHasEndedMayBeGivenPoliciesAndLoseThem() async throws {
    func work(_ isNew: Bool) -> Body<Steps> {
      Body { [changing, part, other] input, output in
        Parallel {
          if isNew {
            Stage("plain", reads: input, writes: part) { $0 + 1 }.timeout(.seconds(60))
            Stage("guarded", reads: input, writes: other) { $0 + 2 }
          } else {
            Stage("plain", reads: input, writes: part) { $0 + 1 }
            Stage("guarded", reads: input, writes: other) { $0 + 2 }.retry(attempts: 2)
          }
        }
        Stage("end", reads: part, other, writes: output) { try changing.breakage.pass($0 + $1) }
      }
    }
    try await changing.stop(work(false), 1)
    #expect(try await changing.goOn(work(true), 1) == 5)
    let history = try await changing.store.history(of: "run")
    let finished = history.events.count { if case .finished = $0.kind { true } else { false } }
    #expect(finished == 3)
  }

  @Test func aRaceThatWasWonStaysWonWhateverPoliciesItsContestantsGet() async throws {
    func work(_ isNew: Bool) -> Body<Steps> {
      Body { [changing, part] input, output in
        Race {
          if isNew {
            Stage("wins", reads: input, writes: part) { $0 + 1 }.timeout(.seconds(60))
            Stage("fails", reads: input, writes: part) { $0 + 100 }.retry(attempts: 2)
          } else {
            Stage("wins", reads: input, writes: part) { $0 + 1 }
            Stage("fails", reads: input, writes: part) { _ in throw Mishap() }
          }
        }
        Stage("end", reads: part, writes: output) { try changing.breakage.pass($0) }
      }
    }
    try await changing.stop(work(false), 1)
    #expect(try await changing.goOn(work(true), 1) == 2)
  }
}

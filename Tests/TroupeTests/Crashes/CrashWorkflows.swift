import Troupe
import TroupeTesting

// Small workflows, one for each thing that a resumed run must get right.

extension Role {
  static let clerk = Role("clerk")
  static let judge = Role("judge")
}

/// A stage that fails twice before it succeeds, between two others.
struct Retrying: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let first = Artifact<Int>("first")
  let second = Artifact<String>("second")

  var body: some Step {
    Stage("first", reads: input, writes: first) { $0 + 1 }
      .retry(attempts: 3, backoff: .exponential(from: .seconds(1)))
    Stage("second", by: .clerk, reads: first, writes: second) { "Say \($0)" }
      .retry(attempts: 3, backoff: .constant(.minutes(1)))
      .timeout(.seconds(1))
    Effect("send", reads: second) { _ in }
    Stage("last", reads: first, second, writes: output) { $0 + $1.count }
  }

  static var simulation: Simulation<Retrying> {
    Simulation(of: Retrying()) {
      Stub("first", as: Int.self) { asked in
        if asked.attempt < 3 { throw Refusal("not yet") }
        return 5
      }
      Stub(\.second) { asked in asked.prompt }.fault(.late(by: .seconds(1)), on: .attempt(1))
      Stub.examples()
    }
  }
}

/// A stage that always fails, and what is done instead.
struct FallingBack: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let first = Artifact<Int>("first")

  var body: some Step {
    Stage("first", by: .clerk, reads: input, writes: first) { "Say \($0)" }
      .retry(attempts: 2, backoff: .constant(.seconds(1)))
      .gate("small") { $0 < 100 }
      .fallback {
        Stage("code", reads: input, writes: first) { _ in throw Refusal("never either") }
          .retry(attempts: 2, backoff: .constant(.seconds(1)))
          .fallback {
            Stage("guess", reads: input, writes: first) { $0 }
          }
        Stage("better", reads: first, writes: first) { $0 + 1 }
      }
    Phase("both") {
      Parallel {
        Stage("left", reads: first, writes: Artifact<Int>("left")) { $0 }
        Stage("right", reads: first, writes: Artifact<Int>("right")) { $0 }
        Stage("never", by: .clerk, reads: first, writes: Artifact<Int>("never")) { "Say \($0)" }
      }
      Stage("sum", reads: Artifact<Int>("left"), Artifact<Int>("right"), writes: output) { $0 + $1 }
    }
    .fallback {
      Stage("instead", reads: first, writes: output) { $0 * 2 }
    }
  }

  static var simulation: Simulation<FallingBack> {
    Simulation(of: FallingBack()) {
      Stub(.clerk) { _ in throw Refusal("never") }
    }
  }
}

/// The first of several, one of which always fails, and one of which is a sequence.
struct Racing: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let winner = Artifact<Int>("winner")

  var body: some Step {
    Race("who") {
      Phase("long") {
        Stage("one", reads: input, writes: Artifact<Int>("half")) { $0 + 1 }
        Stage("two", reads: Artifact<Int>("half"), writes: winner) { $0 * 10 }
      }
      Stage("short", reads: input, writes: winner) { $0 * 100 }
        .retry(attempts: 2)
      Stage("asked", by: .clerk, reads: input, writes: winner) { "Say \($0)" }
    }
    Stage("last", reads: winner, writes: output) { $0 + 1 }
  }

  static var simulation: Simulation<Racing> {
    Simulation(of: Racing()) {
      Stub("short", as: Int.self) { asked in
        if asked.attempt == 1 { throw Refusal("not yet") }
        return 700
      }
      Stub(.clerk) { _ in throw Refusal("never") }
    }
  }
}

/// Elements some of which fail, until enough have succeeded, two at a time; and all of them.
struct Spreading: Workflow {
  let input = Artifact<[Int]>("input")
  let output = Artifact<[Int]>("output")
  let some = Artifact<[FanOut.Element<Int>]>("some")
  let all = Artifact<[Int]>("all")

  var body: some Step {
    FanOut("some", over: input, into: some, atMost: 2, tolerating: 2, until: { $0.count > 2 }) {
      number, result in
      Stage("check", reads: number, writes: Artifact<Int>("checked")) { number in
        if number % 3 == 0 { throw Refusal("no multiples of three") }
        return number
      }
      Stage("ask", by: .clerk, reads: Artifact<Int>("checked"), writes: result) { "Say \($0)" }
    }
    FanOut("all", over: input, into: all) { number, result in
      Stage("double", reads: number, writes: result) { $0 * 2 }
    }
    Stage("last", reads: some, all, writes: output) { some, all in
      // Which were enough is left to chance, how many were not.
      [some.compactMap(\.value).count] + all
    }
  }

  static var simulation: Simulation<Spreading> {
    Simulation(of: Spreading()) {
      Stub("some/ask", as: Int.self) { asked in asked.address.count }
    }
  }
}

/// Steps in the order of what they read, rounds, and a choice between branches.
struct Flowing: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let left = Artifact<Int>("left")
  let right = Artifact<Int>("right")
  let sum = Artifact<Int>("sum")

  var body: some Step {
    Dataflow("flow") {
      Stage("sum", reads: left, right, writes: sum) { $0 + $1 }
      Stage("left", reads: input, writes: left) { $0 + 1 }
      Phase("right") {
        Stage("one", reads: input, writes: Artifact<Int>("part")) { $0 + 2 }
        Stage("two", reads: Artifact<Int>("part"), writes: right) { $0 * 2 }
      }
    }
    Repeat("grow", sum, upTo: 4, until: { $0 > 100 }, otherwise: .accept) {
      Choose("how", on: sum) {
        When("by much") {
          $0 > 30
        } then: {
          Stage("triple", reads: sum, writes: sum) { $0 * 3 }
        }
        Otherwise {
          Stage("add", reads: sum, writes: sum) { $0 + 10 }
        }
      }
    }
    Call(Doubling(), reads: sum, writes: output)
  }

  static var simulation: Simulation<Flowing> { Simulation(of: Flowing()) }
}

/// A stage and a container that are done again until their gates accept.
struct Reworking: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let draft = Artifact<Int>("draft")
  let copy = Artifact<Int>("copy")

  var body: some Step {
    Phase("write") {
      Stage("draft", by: .clerk, reads: input, writes: draft) { "Say \($0)" }
        .gate("odd", otherwise: .rework(upTo: 3)) { $0 % 2 == 1 }
        .gate("positive", otherwise: .accept) { $0 > 1 }
      Stage("copy", reads: draft, writes: copy) { draft in
        draft + (StageContext.current?.feedback.count ?? 0)
      }
    }
    .gate("large", on: copy, draft, otherwise: .rework(upTo: 3, then: .accept)) { copy, _ in
      copy > 6
    }
    Stage("last", reads: copy, writes: output) { $0 }
      .gate("never right", otherwise: .rework(upTo: 2, then: .accept)) { $0 < 0 }
  }

  static var simulation: Simulation<Reworking> {
    Simulation(of: Reworking()) {
      Stub(\.draft, returning: [1, 2, 3, 4, 5, 7, 9, 11])
    }
  }
}

/// Limits of time that pass, of stages, of containers and as deadlines.
struct Limited: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let first = Artifact<Int>("first")
  let second = Artifact<Int>("second")
  let third = Artifact<Int>("third")

  var body: some Step {
    Stage("first", reads: input, writes: first) { $0 }
      .timeout(.seconds(10))
      .retry(attempts: 2)
      .fallback {
        Stage("instead", reads: input, writes: first) { $0 + 1 }
      }
    Phase("second") {
      Stage("quick", reads: first, writes: second) { $0 + 1 }
      Stage("slow", by: .clerk, reads: second, writes: Artifact<Int>("slow")) { "Say \($0)" }
    }
    .timeout(.minutes(1))
    .fallback {
      Stage("instead", reads: first, writes: second) { $0 + 2 }
    }
    Phase("third") {
      Stage("quick", reads: second, writes: third) { $0 + 1 }
      Stage("slow", by: .clerk, reads: third, writes: Artifact<Int>("slow")) { "Say \($0)" }
    }
    .deadline(.hours(1))
    .fallback {
      Stage("instead", reads: second, writes: third) { $0 + 3 }
    }
    Stage("last", reads: third, writes: output) { $0 }
  }

  static var simulation: Simulation<Limited> {
    Simulation(of: Limited()) {
      Stub("first", as: Int.self) { 1 }.fault(.hangs)
      // So that a crash in the middle shows whether the deadline is still the old one.
      Stub("third/quick", as: Int.self) { 3 }.taking(.minutes(30))
      Stub(.clerk) { _ in .json(1) }.fault(.late(by: .seconds(1)))
    }
  }
}

/// Stages of a role that several play, one of whom is no help.
struct Delegating: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let first = Artifact<Int>("first")
  let second = Artifact<Int>("second")

  var body: some Step {
    Parallel {
      Stage("first", by: .clerk, reads: input, writes: first) { "Say \($0)" }
        .retry(attempts: 2, backoff: .constant(.seconds(5)))
      Stage("second", by: .clerk, reads: input, writes: second) { "Say \($0) as well" }
    }
    Stage("sum", reads: first, second, writes: output) { $0 + $1 }
  }

  static var simulation: Simulation<Delegating> {
    Simulation(of: Delegating(), team: team) {
      Stub(.clerk) { asked in
        switch asked.member {
        case "idle": throw Refusal("not me")
        case "vague": asked.turn == 1 ? .text("perhaps") : .json(2)
        default: .json(2)
        }
      }
    }
  }

  private static let team = Team {
    for name in ["idle", "vague", "clear"] {
      Member(name, plays: .clerk) { ClosureAgent { _ in .json(2) } }
    }
  }
}

/// A run that fails.
struct Failing: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let first = Artifact<Int>("first")

  var body: some Step {
    Stage("first", reads: input, writes: first) { $0 }
    Stage("second", by: .clerk, reads: first, writes: output) { "Say \($0)" }
      .retry(attempts: 2, backoff: .constant(.seconds(5)))
      .gate("right") { $0 == 2 }
  }

  static var simulation: Simulation<Failing> {
    Simulation(of: Failing()) {
      Stub(.clerk) { _ in .json(1) }.fault(.fails(Refusal("not yet")), on: .attempt(1))
    }
  }
}

/// Signals, time, and work that must not be done twice.
struct Waiting: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let charged = Artifact<Int>("charged")
  let left = Artifact<Int>("left")
  let right = Artifact<Int>("right")
  let chosen = Artifact<Int>("chosen")

  var body: some Step {
    Stage("charge", reads: input, writes: charged) { $0 }
      .retry(attempts: 3, backoff: .constant(.seconds(1)))
      .atMostOnce()
    Parallel("both") {
      Wait("left", for: .number, writes: left)
      Wait("right", for: .number, writes: right)
      Wait("patience", lasting: .hours(2))
    }
    Race("choice") {
      Wait(for: .choice, writes: chosen, within: .hours(48))
      Phase("nobody chooses") {
        Wait("a day", lasting: .hours(24))
        Stage("keep", reads: left, writes: chosen) { $0 }
      }
    }
    Effect("book", reads: chosen) { _ in }
      .probe { _ in .notDone }
    Stage("last", reads: charged, left, right, writes: output) { $0 + $1 + $2 }
  }

  static var simulation: Simulation<Waiting> {
    Simulation(of: Waiting()) {
      Stub("charge", as: Int.self) { asked in
        if asked.attempt == 1 { throw NotStarted("no connection") }
        return 7
      }
      Stub(effect: "book") { _ in }
      Send(.number, 1, after: .milliseconds(1))
      Send(.number, 2, after: .hours(1))
      Send(.choice, 3, after: .hours(20))
    }
  }
}

extension Signal where Payload == Int {
  static let number = Signal("number")
  static let choice = Signal("choice")
}

import Foundation
import Troupe

extension Signal where Payload == Draft {
  static let edited = Signal("edited")
}

/// Uses every construct of the language once, for pictures and for walks over whole plans.
struct EveryConstruct: Workflow {
  let input = Artifact<[Int]>("numbers")
  let output = Artifact<Int>("total")

  let squares = Artifact<[Int]>("squares")
  let outcomes = Artifact<[FanOut.Element<Int>]>("outcomes")
  let draft = Artifact<Draft>("draft")
  let left = Artifact<Int>("left")
  let right = Artifact<Int>("right")
  let sum = Artifact<Int>("sum")
  let fastest = Artifact<Int>("fastest")
  let called = Artifact<Int>("called")
  let publishAt = Artifact<Date>("publish at")
  let headline = Artifact<String>("headline")
  let permission = Artifact<String>("permission")
  let page = Artifact<Int>("page")
  let proof = Artifact<Int>("proof")

  struct Parameters: Codable, Sendable { var minimumWords = 3 }
  var parameters = Parameters()
  var version: String? { "2" }
  var summary: String { "Uses every construct of the language." }
  var budget: Budget? { Budget(cost: 500, tokens: 900_000, time: .hours(900), attempts: 900) }
  var onFailure: FailureHandling { .stop }
  var escalation: [On] { On(.concern(.stakeholder)) { Abort("somebody does not agree") } }

  var body: some Step {
    FanOut("square", over: input, into: squares, atMost: 4) { number, square in
      Stage("multiply", reads: number, writes: square) { $0 * $0 }
    }
    FanOut("guess", over: input, into: outcomes, tolerating: 2, until: { $0.count > 3 }) {
      number, guess in
      Stage("ask", by: .researcher, reads: number, writes: guess) { "Guess \($0)" }
        .retry(attempts: 3, backoff: .constant(.seconds(1)))
        .timeout(.minutes(1))
    }
    Stage("write", by: .writer, reads: squares, writes: draft) { "Write about \($0)" }
      .gate("long enough", otherwise: .rework(upTo: 2, then: .accept)) {
        $0.wordCount > parameters.minimumWords
      }
      .gate("reads well", reviewedBy: .editor, passing: 0.5, within: .hours(24), otherwise: .accept)
      .fallback {
        Stage("template", writes: draft) { Draft(text: "nothing to say today") }
      }
    Repeat("polish", draft, upTo: 4, until: { $0.wordCount > 10 }, otherwise: .accept) {
      Stage("revise", by: .writer, reads: draft, writes: draft) { "Improve \($0.text)" }
    }
    Race("edit") {
      Wait(for: .edited, writes: draft, within: .hours(48))
      Phase("nobody edits") {
        Wait("patience", lasting: .hours(24))
        Stage("keep", reads: draft, writes: draft) { $0 }
      }
    }
    Stage("schedule", reads: draft, writes: publishAt) { _ in .distantPast }
      .retry(attempts: 2)
      .atMostOnce()
    Parallel("ready") {
      Wait(until: publishAt)
      Wait("go ahead", for: Signal("go ahead")).deadline(.hours(72))
    }
    Effect("publish", reads: draft) { _ in }
      .probe { key in key.isEmpty ? .notDone : .finished }
    Dataflow("sum up") {
      Stage("add", reads: left, right, writes: sum) { $0 + $1 }
      Stage("left", reads: squares, writes: left) { $0.first ?? 0 }
      Stage("right", reads: squares, writes: right) { $0.last ?? 0 }
    }
    Race("search") {
      Stage("quick", by: .researcher, reads: sum, writes: fastest) { "Quick: \($0)" }
      Phase("thorough") {
        Stage("slow", by: .editor, reads: sum, writes: fastest) { "Slow: \($0)" }
      }
      .deadline(.hours(1))
    }
    Choose("size", on: fastest) {
      When("small") {
        $0 < 10
      } then: {
        Effect("tell", reads: draft) { _ in }
      }
      When("huge") {
        $0 > 1_000_000
      } then: {
        Effect("warn", reads: draft) { _ in }
      }
      Otherwise(.skip)
    }
    Phase("answered for") { answeredFor }
    Call(Doubling(), reads: fastest, writes: called)
    Stage("total", reads: .all([left, right]), called, outcomes, writes: output) {
      parts, called, outcomes in
      parts.reduce(called, +) + outcomes.compactMap(\.value).reduce(0, +)
    }
    .gate("positive", otherwise: .accept) { $0 > 0 }
  }
}

struct Doubling: Workflow {
  let input = Artifact<Int>("number")
  let output = Artifact<Int>("double")

  var body: some Step {
    Stage("double", reads: input, writes: output) { $0 * 2 }
  }
}

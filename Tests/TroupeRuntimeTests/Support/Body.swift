import Troupe

/// A workflow made of a few steps, from a number to a number.
struct Body<Content: Step>: Workflow {
  let name = "test"
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  private let content: @Sendable (Artifact<Int>, Artifact<Int>) -> Content

  init(@StepBuilder _ content: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Content) {
    self.content = content
  }

  var body: some Step { content(input, output) }
}

struct Mishap: Error, CustomStringConvertible {
  var description = "it broke"
}

/// What happened in a run, one line an event, without times.
func story(_ events: [Event]) -> [String] {
  events.map { "\($0.address) \($0.kind.summary)" }
}

extension Event.Kind {
  var summary: String {
    switch self {
    case .opened: "opened"
    case .queued(let role): "queued for \(role)"
    case .started(let attempt): "started \(attempt.summary)"
    case .askedAgain(let attempt, let reason): "asked again \(attempt.summary): \(reason)"
    case .finished(let attempt, _): "finished \(attempt.summary)"
    case .failed(let attempt, let reason, _, _): "failed \(attempt.summary): \(reason)"
    case .gaveUp(let attempt, .cancelled): "gave up \(attempt.summary): cancelled"
    case .gaveUp(let attempt, .timedOut(let limit)): "gave up \(attempt.summary): after \(limit)"
    case .stale(let attempt, _): "stale \(attempt.summary)"
    case .judged(let gate, let verdict, let then):
      "judged by \(gate): \(verdict.isAccepted ? "accepted" : verdict.reason ?? ""), \(then)"
    case .chose(let branch): "chose \(branch ?? "nothing")"
    case .wentRound(let round, let done): "round \(round)\(done ? ", done" : "")"
    case .fannedOut(let count): "fanned out \(count)"
    case .sufficed(let results): "sufficed \(results)"
    case .fellBack(let reason): "fell back: \(reason)"
    case .escalated(let trigger, let reason): "escalates on \(trigger): \(reason)"
    case .reached(let rung, let what): "rung \(rung): \(what)"
    case .resolved(let rung, let resolution, _): "rung \(rung) resolved: \(resolution.decision)"
    case .compensating(let take): "undoes\(take.map { " take \($0)" } ?? "")"
    case .aborted(let reason, _): "aborts: \(reason)"
    case .closed(.completed): "completed"
    case .closed(.failed(let reason)): "closed: \(reason)"
    case .closed(.cancelled): "cancelled"
    case .lingering(let attempt, _): "lingering \(attempt.summary)"
    case .gaveUp(let attempt, .stopped): "gave up \(attempt.summary): stopped"
    case .considered(let element, let isEnough):
      "considered \(element)\(isEnough ? ", enough" : "")"
    case .expired(let limit, let take): "\(limit) of take \(take) passed"
    case .exhausted(let exhaustion, let rung): "exhausted at \(rung): \(exhaustion)"
    case .accepted: "accepted"
    case .resumed: "resumed"
    case .stopped(let reason): "stopped: \(reason)"
    case .ended(let outcome): "ended: \(outcome)"
    case .waiting(let signal, _): "waits\(signal.map { " for \($0)" } ?? "")"
    case .received(let signal, _, let payload): "received \(signal) \(payload)"
    case .cancelRequested(let person): "cancel requested by \(person ?? "nobody")"
    case .refused(let letter, let reason): "refused \(letter): \(reason)"
    case .consumed(let signal): "consumed \(signal)"
    case .passed: "passed"
    case .returned(let signal): "returned \(signal)"
    case .unconsumed(let signal, let name): "unconsumed \(signal) \(name)"
    case .planChanged: "plan changed"
    case .limitRaised(let limit): "limit raised: \(limit)"
    case .examined(let attempt, let found): "examined \(attempt.summary): \(found)"
    case .snapshot: "snapshot"
    case .suspended(let member, let failures, let pause):
      "suspended \(member) after \(failures) for \(pause)"
    case .reinstated(let member): "reinstated \(member)"
    case .asked(_, let asking):
      "asked \(asking.members.joined(separator: ", ")) for \(asking.purpose.text)"
    case .answered(_, let answering): "answered: \(answering.text)"
    case .acknowledged(let letter): "acknowledged \(letter)"
    case .forked(let run, let record): "forked from \(run) at \(record)"
    }
  }
}

extension Event.Attempt {
  var summary: String { "\(take).\(number)\(member.map { " by \($0)" } ?? "")" }
}

/// Runs a workflow and gives its output with all that happened.
func run<Work: Workflow>(
  _ workflow: Work, _ input: Work.Input, on runtime: Runtime = Runtime()
) async throws -> (output: Work.Output, story: [String]) {
  try await runtime.withRun(of: workflow, input: input) { run in
    var events: [Event] = []
    for await event in run.events { events.append(event) }
    return (try await run.output, story(events))
  }
}

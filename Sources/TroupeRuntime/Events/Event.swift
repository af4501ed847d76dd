public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Something that happened in a run.
///
/// The events of a run have one order, that of their numbers, and never change once they are
/// there.
public struct Event: Sendable {
  /// The place in the run's order, counted from 1.
  public let sequence: Int
  /// The time since the run began.
  public let elapsed: Duration
  /// The step to which it happened.
  public let address: Address
  /// What happened.
  public let kind: Kind
}

extension Event {
  /// What can happen in a run.
  ///
  /// What says much stands behind a reference, so that the commonest events, of which a run may
  /// have millions, are small.
  public enum Kind: Sendable {
    /// A container began, or a stage with policies or a fallback.
    case opened
    /// A stage waits for a member who plays its role.
    case queued(role: Role.ID)
    /// An attempt began.
    case started(Attempt)
    /// An answer did not decode; the agent is asked again in the same attempt.
    indirect case askedAgain(Attempt, reason: String)
    /// An attempt gave the stage's output.
    case finished(Attempt, usage: Usage)
    /// An attempt failed; it is repeated after a pause if there is one. The usage is that of
    /// answers that did not decode.
    indirect case failed(Attempt, reason: String, pause: Duration?, usage: Usage)
    /// The runtime no longer waits for an attempt, and will not use what it still gives.
    case gaveUp(Attempt, GivingUp)
    /// An attempt that had been given up came to its end; what it gave is not used.
    case stale(Attempt, usage: Usage)
    /// A gate judged what was written.
    indirect case judged(gate: String, Verdict, then: Consequence)
    /// A choice took a branch, or skipped if there is none.
    case chose(branch: String?)
    /// A loop went round; it is done if the condition held.
    case wentRound(Int, done: Bool)
    /// A fan-out found so many elements.
    case fannedOut(count: Int)
    /// The results so far were enough for a fan-out; the rest is cancelled.
    case sufficed(results: Int)
    /// A step failed and its fallback began.
    case fellBack(reason: String)
    /// A step could not get further by itself, and its ladder began.
    case escalated(Escalation.Trigger, reason: String)
    /// The ladder of a step came to a rung, which is told in words: `ask manager within 4 h`.
    case reached(rung: Int, String)
    /// Somebody who was asked at a rung has decided; the member is who answered.
    indirect case resolved(rung: Int, Resolution, by: String?)
    /// A ladder ended the run for good, because of this reason.
    case aborted(reason: String, by: String?)
    /// What a step, an element or the whole run has done is undone, as far as its stages say how:
    /// all that had begun before. The take is the one that is given up, or 0 for all before a
    /// fallback; it is `nil` where all of it is given up for good.
    case compensating(take: Int?)
    /// A step that was opened ended.
    case closed(Ending)
    /// An attempt that was given up ignores its cancellation, and the run waits for it to end.
    case lingering(Attempt, since: Duration)
    /// An element of a fan-out ended, and its condition was asked whether the results so far are
    /// enough. Only in durable runs.
    case considered(element: Int, isEnough: Bool)
    /// A limit of time around a step has passed; what is inside is cancelled.
    case expired(Limit, take: Int)
    /// The budget of a step is used up; what is inside is cancelled. The rung is that of the step's
    /// ladder that did the work, or 0.
    indirect case exhausted(BudgetExhaustion, rung: Int)
    /// A durable run was accepted: from here on it exists.
    case accepted
    /// A process opened a durable run to go on with it.
    case resumed(process: Int)
    /// A durable run stopped before its end, and can be resumed.
    case stopped(Stopping)
    /// A durable run ended for good.
    case ended(Outcome)
    /// A wait opened: for a signal of this name, or for time alone; it ends at the instant at the
    /// latest, if there is one.
    case waiting(signal: String?, until: Date?)
    /// A signal came from outside; the identity is its sender's.
    indirect case received(signal: String, id: String, payload: JSONValue)
    /// Somebody asked for the end of the run: of a durable one that is a record before anything is
    /// cancelled.
    case cancelRequested(by: String?)
    /// A letter in the run's mailbox was not taken; it lies among those that were rejected.
    case refused(letter: String, reason: String)
    /// A wait took the signal that came with the event of this number.
    case consumed(signal: Int)
    /// The instant of a wait has passed.
    case passed
    /// A wait gave back the signal that came with the event of this number, because what it stood
    /// in had lost its race before.
    case returned(signal: Int)
    /// The run ended, and no wait had taken the signal that came with the event of this number.
    case unconsumed(signal: Int, name: String)
    /// A changed plan was accepted: from here on the run has it.
    indirect case planChanged(PlanChange)
    /// A limit of the step was raised, for all its visits from here on.
    indirect case limitRaised(StepLimit)
    /// It was found out, or asked in vain, what an attempt had done that gave nothing.
    case examined(Attempt, found: Examination)
    /// What happened up to here has been compacted: events inside of finished rounds and elements
    /// are gone. It has the number of the last event for which it stands.
    case snapshot
    /// A member has failed so many times in a row that its breaker has opened: it gets no
    /// assignments until the pause is over, and then one as a trial.
    case suspended(member: String, failures: Int, pause: Duration)
    /// A member has done its trial well, and gets assignments again.
    case reinstated(member: String)
    /// People were asked for what an attempt is to give; a second time if something about it has
    /// changed since.
    indirect case asked(Attempt, Asking)
    /// A person gave the answer for an attempt that people were asked for.
    indirect case answered(Attempt, Answering)
    /// A letter gave the answer once more that the same person had given before.
    case acknowledged(letter: String)
    /// The run is a fork: it began with the state that another one had at one of its records.
    case forked(from: String, record: Int)
  }

  /// A limit of time around a step.
  public enum Limit: Sendable, Hashable {
    /// That of one take of a container.
    case timeout
    /// That of the whole step.
    case deadline
  }

  /// Why a durable run stopped.
  public enum Stopping: String, Sendable, Hashable, CaseIterable {
    /// Whoever ran it was cancelled or asked to stop.
    case asked
    /// A step failed.
    case failure
    /// Nobody knows whether something was done that must not be done twice.
    case inDoubt
    /// It waited for nothing but people, signals and time, and whoever ran it did not want to wait.
    case waiting
    /// It was opened again and again, and nothing new happened.
    case idle
  }

  /// How a durable run ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// It has its output.
    case completed
    /// It was cancelled.
    case cancelled
    /// A ladder ended it, or somebody did because of work that is in doubt.
    case aborted
  }

  /// One start of a stage's work.
  public struct Attempt: Sendable, Hashable {
    /// The production to which it belongs, counted from 1.
    public let take: Int
    /// The start within the take, counted from 1.
    public let number: Int
    /// The member who does the work; `nil` for code.
    public let member: String?

    /// The first attempt of the first take of code.
    static let first = Attempt(take: 1, number: 1, member: nil)

    package init(take: Int, number: Int, member: String?) {
      self.take = take
      self.number = number
      self.member = member
    }
  }

  /// What is known of the work of an attempt that gave nothing.
  public enum Examination: String, Sendable, Hashable {
    /// It was done, as the stage's probe or a person said, and its output is used.
    case finished
    /// It was not done, as its agent, its code, the stage's probe or a person said.
    case notDone
    /// Nobody knows: it is in doubt.
    case unknown
    /// It stays in doubt, and a person ended the run because of it.
    case aborted
    /// An operator said what the stage gives in its place, and that is used.
    case overridden
  }

  /// Why the runtime gave an attempt up.
  public enum GivingUp: Sendable, Hashable {
    /// It took longer than its timeout.
    case timedOut(Duration)
    /// What it was part of was cancelled, failed or lost a race.
    case cancelled
    /// The run stopped, and will do it again when it is resumed.
    case stopped
  }

  /// What follows from a gate's verdict.
  public enum Consequence: Sendable, Hashable {
    /// It passed.
    case pass
    /// It is published although it was rejected.
    case waive
    /// It is done again; the number is that of the next take.
    case rework(take: Int)
    /// The step fails.
    case fail
  }

  /// How a step ended.
  public enum Ending: Sendable, Hashable {
    /// It is done, and what it wrote is published.
    case completed
    /// It failed for this reason.
    case failed(reason: String)
    /// It was cancelled.
    case cancelled
  }
}

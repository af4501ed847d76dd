import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What has already happened in a run, by address: the fold of its journal.
///
/// Whoever walks a resumed run asks here before doing or deciding anything.
package struct Recall: Sendable {
  private(set) var nodes = NodeTable()
  /// How the run ended, if it has.
  private(set) var outcome: Event.Outcome?
  /// Why the run stopped last, unless it has gone on since.
  private(set) var stop: Event.Stopping?
  /// Whether it stopped when work was in doubt.
  private(set) var leftDoubts = false
  /// The number of the last record.
  private(set) var last = 0
  /// How long processes have worked on the run, as far as that is written down.
  private(set) var ran = Duration.zero
  /// What the run gave, if it has ended with its output.
  private(set) var output: Payload?
  /// The number of times that the run has been opened one after the other without a new record.
  private(set) var idleOpenings = 0

  /// The changes of the plan, in order.
  private(set) var changes: [PlanChange] = []
  /// The limits that were raised, in order.
  private(set) var raised: [RaisedLimit] = []
  /// The signals that have come, in order, by the numbers of their records.
  private(set) var signals: [(number: Int, name: String, payload: JSONValue)] = []
  /// What has come from outside, by its senders' identities, also what was refused.
  private(set) var received: Set<String> = []
  /// Why letters were refused, by their identities.
  private(set) var refusals: [String: String] = [:]
  /// Whether somebody asked for the end of the run.
  private(set) var isCancelRequested = false
  /// Why somebody ended the run because of work that is in doubt.
  private(set) var abortion: Abortion?

  /// What was given up and is undone, in order.
  private(set) var givenUp: [Compensations.Mark] = []
  /// That the run is being undone, with the failure because of which it is, if that is why.
  private(set) var ending: (record: Int, failure: JSONValue?)?
  /// The number of the record with which the run began as a fork; 0 if it is none.
  private(set) var forked = 0

  /// New versions of artifacts with which a fork began, by their names. What stands in a file is an
  /// object with all of them.
  private(set) var revisions: [String: Snapshot.Binding] = [:]
  /// What was left out of the journal.
  private(set) var snapshot: Snapshot?

  /// Creates what is known before the first of so many records.
  init(records: Int) {
    // A stage has two records at least.
    nodes.reserveCapacity(records / 2)
  }

  /// The signals that no wait has taken, in the order in which they came.
  var unconsumedSignals: [(number: Int, name: String, payload: JSONValue)] {
    guard !signals.isEmpty else { return [] }
    let consumed = Set(nodes.values.compactMap { $0.wait?.consumed })
    return signals.filter { !consumed.contains($0.number) }
  }

  subscript(address: Address) -> NodeHistory? { nodes[address.description] }

  /// Takes a record in.
  mutating func fold(_ kind: Event.Kind, at place: String, _ record: JournalRecord) {
    last = record.sequence
    if let ran = RecordReader(record.members).ran { self.ran = max(self.ran, ran) }
    idleOpenings = if case .resumed = kind { idleOpenings + 1 } else { 0 }
    switch kind {
    case .accepted, .queued, .askedAgain, .sufficed, .lingering, .suspended, .reinstated: break
    case .resumed: reopen()
    case .stopped(let reason):
      stop = reason
      leftDoubts = !RecordReader(record.members).texts("doubts").isEmpty
    case .planChanged(let change): changes.append(change)
    case .limitRaised(let limit): raise(RaisedLimit(limit, at: place), at: record.at)
    case .received(let name, let id, let payload):
      received.insert(id)
      signals.append((record.sequence, name, payload))
    case .cancelRequested:
      isCancelRequested = true
      noteSender(record)
    case .refused(let letter, let reason):
      // What could not be read is no letter, and its name nobody's identity.
      guard !RecordReader(record.members).bool("illegible") else { break }
      received.insert(letter)
      refusals[letter] = reason
    case .unconsumed: break
    case .acknowledged(let letter): received.insert(letter)
    case .snapshot: begin(with: record)
    case .forked:
      revise(with: record)
      (forked, ending) = (record.sequence, nil)
    case .compensating(let take):
      givenUp.append(Compensations.Mark(place: place, take: take, record: record.sequence))
      // Steps are within the run, whose address is one name.
      if take == nil, !place.contains("/") { ending = (record.sequence, record.members["failure"]) }
    case .aborted: abortion = Abortion(record, at: place)
    case .ended(let outcome):
      self.outcome = outcome
      output = Payload("output", of: record.members)
    default:
      switch kind {
      case .answered, .asked, .judged: noteSender(record)
      default: break
      }
      if case .examined(_, let found) = kind {
        noteSender(record)
        if found == .aborted { abortion = Abortion(record, at: place) }
      }
      nodes.update(place) { $0.fold(kind, record) }
    }
  }

  /// Passes over a record that says nothing to this version, so that its number is not given again.
  mutating func skip(_ record: JournalRecord) {
    last = record.sequence
    idleOpenings = 0
  }

  private mutating func noteSender(_ record: JournalRecord) {
    if let id = RecordReader(record.members).text("id") { received.insert(id) }
  }

  /// Takes in that a limit was raised.
  mutating func raise(_ raised: RaisedLimit, at instant: Date) {
    self.raised.append(raised)
    nodes.updateAll { place, _, _ in
      raised.applies(to: place)
    } _: {
      $0.raise(raised.limit, at: instant)
    }
  }

  /// Takes in that the plan changes.
  mutating func change(_ change: PlanChange) { changes.append(change) }

  /// Takes in what is known of the records that are not kept; those that are kept came before.
  private mutating func begin(with record: JournalRecord) {
    var snapshot = Snapshot(json: record.members["\(Snapshot.member)"] ?? [:])
    snapshot.records = []
    received.formUnion(snapshot.identities)
    ran = max(ran, snapshot.ran)
    self.snapshot = snapshot
    idleOpenings = 0
  }

  private mutating func revise(with record: JournalRecord) {
    switch record.members["set"] {
    case .object(let members)?:
      for (name, json) in members {
        revisions[name] = Snapshot.Binding(record: record.sequence, value: .inline(json))
      }
    default:
      guard case .file(let file)? = Payload("set", of: record.members),
        case .array(let names)? = record.members["names"]
      else { return }
      for case .string(let name) in names {
        revisions[name] = Snapshot.Binding(record: record.sequence, value: .file(file))
      }
    }
  }

  /// Goes on with a run that had stopped.
  mutating func reopen() {
    if stop == .failure || stop == .inDoubt { pardon() }
    stop = nil
    goOnWithCancelled()
  }

  /// Opens again what was cancelled inside of something that has not come to its end.
  ///
  /// When the task of whoever runs it is cancelled, the steps may know before the run does that it
  /// only stops. What was decided against is cancelled once more by those who had decided.
  private mutating func goOnWithCancelled() {
    nodes.updateAll { [givenUp] place, history, nodes in
      history.closed?.ending == .cancelled && !Self.isSettled(place, nodes)
        && !Self.isUndone(place, history, givenUp)
    } _: {
      $0.closed = nil
      $0.isGivenUp = true
    }
  }

  /// Lets what failed be done again, when a run goes on that had stopped because of a failure: all
  /// that failed or was cancelled, unless a step around it has come to its end all the same.
  private mutating func pardon() {
    nodes.updateAll { [givenUp] place, history, nodes in
      history.needsPardon && !Self.isSettled(place, nodes)
        && !Self.isUndone(place, history, givenUp)
    } _: {
      $0.pardon()
    }
  }

  private static func isSettled(_ place: String, _ nodes: NodeTable) -> Bool {
    place.placesAround.contains { nodes[String($0)]?.closed?.ending == .completed }
  }

  /// Whether something belongs to what was given up for good, and is undone: what it had done is
  /// not there any more for whoever would go on with it.
  static func isUndone(
    _ place: String, _ history: NodeHistory, _ givenUp: [Compensations.Mark]
  ) -> Bool {
    givenUp.contains { $0.take == nil && $0.covers(place, begun: history.began) }
  }

  /// What is open at a step and inside of it, the latest first.
  func open(at place: String) -> [(place: String, history: NodeHistory)] {
    nodes.filter { key, history in
      history.isOpen && !history.isGivenUp
        && (key == place || key.hasPrefix(place + "/") || key.hasPrefix(place + "~"))
    }
    .sorted { $0.value.began > $1.value.began }
    .map { ($0.key, $0.value) }
  }
}

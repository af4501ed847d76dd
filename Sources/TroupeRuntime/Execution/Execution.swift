import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One run of a program: walks the plan and calls the closures.
///
/// Every step is given a frame of bindings and hands back what it wrote. From the inside out, a
/// node is an attempt with its timeout, retries, failover, takes with gates and rework, fallback,
/// deadline; plain stages, which have none of these, take a short way.
final class Execution: Sendable {
  /// What a step did: what it wrote, and the number of the record that says it is done.
  struct Done: Sendable {
    let writes: Writes
    let record: Int
  }

  let id: String
  let plan: Plan
  let program: Program
  let layout: Layout
  let bodies: [Body]
  let traits: [NodeTraits]
  let log: EventLog
  let nursery: Nursery
  let settings: Settings
  let signals: Signals
  let requests: Requests
  let control: RunControl
  let panels: Panels
  /// Who has worked on what; `nil` if nobody asks.
  let acquaintances: Acquaintances?
  let questions: Questions
  /// Who has made what is to be reviewed; `nil` if everybody may review it.
  let authors: Authors?
  /// What has been waived; `nil` where nobody can.
  let waivers: Waivers?
  /// What may have to be undone; `nil` if no stage says how.
  let compensations: Compensations?
  /// The budgets of the run; `nil` if it has none.
  let ledger: Ledger?
  /// Where a durable run is written down.
  let journal: RunJournal?
  /// Where others reach a durable run.
  let mailbox: RunMailbox?
  /// Counts what a durable run has to do, so that it can stop when nothing is at work.
  let activity: Activity?
  /// What had happened before the run was resumed; `nil` if nothing had.
  let recall: Recall?
  /// Reads the addresses of a durable run's records.
  let addresses: AddressReader?
  /// The bytes of an interrupted write that were cut off when the run was opened.
  let cut: Int
  /// The process groups that were ended when it was.
  let ended: [Int]
  /// What was decided about the run when it was opened, and is still to be recorded.
  let amendments: Amendments
  /// When the journal is compacted; `nil` if it never is.
  let compaction: Compaction?
  /// What loops and fan-outs have come to, where the journal is compacted.
  let waypoints: Waypoints?
  /// The artifacts of a durable run.
  let slots: SlotTable?
  /// The new versions with which a fork began; `nil` if there are none.
  let revisions: Revisions?
  /// Whether this walks through what has been recorded, and does nothing.
  let isPast: Bool
  /// The same run, walked through in that way.
  let past: Execution?

  /// What a run takes from its runtime.
  struct Settings: Sendable {
    let dispatcher: Dispatcher
    let clock: any RunClock
    let chance: Chance
    let width: Int
    let grace: Duration
    /// What runs the jobs of a run, where that is not the pool of the system.
    let executor: (any TaskExecutor)?
  }

  /// What the walks through one run share.
  private struct Shared {
    let log: EventLog
    let signals: Signals
    let requests: Requests
    var nursery = Nursery()
    var control = RunControl()
    var panels = Panels()
    var acquaintances: Acquaintances?
    var questions = Questions()
    var authors: Authors?
    var waivers: Waivers?
    var compensations: Compensations?
    var ledger: Ledger?
    var journal: RunJournal?
    var mailbox: RunMailbox?
    var activity: Activity?
    var recall: Recall?
    var addresses: AddressReader?
    var cut = 0
    var ended: [Int] = []
    var amendments = Amendments()
    var compaction: Compaction?
    var waypoints: Waypoints?
    var slots: SlotTable?
    var revisions: Revisions?
  }

  /// A run that leaves nothing behind.
  convenience init(_ program: Program, id: String, settings: Settings) {
    let log = EventLog(clock: settings.clock)
    var shared = Shared(
      log: log, signals: Signals(program, log: log), requests: Requests(program, log: log))
    if settings.dispatcher.usesAffinity { shared.acquaintances = Acquaintances() }
    if !program.withPolicies.isEmpty {
      if program.plan.hasLadders { shared.waivers = Waivers() }
      shared.authors = Authors(program.plan)
      shared.compensations = Compensations(program.plan)
      shared.ledger = Ledger(program.plan, clock: settings.clock)
    }
    self.init(program, id: id, settings: settings, shared)
  }

  /// A durable run, from its beginning or from where its journal ends.
  ///
  /// - Parameter stopsWhenWaiting: Whether it stops as soon as it waits for nothing but signals and
  ///   time.
  convenience init(
    _ program: Program, settings: Settings, _ opening: RunOpening,
    _ amendments: Amendments = Amendments(), stopsWhenWaiting: Bool = false
  ) throws {
    let mailbox = RunMailbox(opening.folder.mailbox, received: opening.recall?.received ?? [])
    let activity = Activity(stopsWhenWaiting: stopsWhenWaiting) { [bell = mailbox.bell] in
      bell.ring()
    }
    let log = EventLog(
      clock: settings.clock, past: opening.events, last: opening.last, elapsed: opening.elapsed,
      ran: program.plan.limitsTime ? opening.recall?.ran ?? .zero : nil)
    let signals = Signals(program, log: log, activity: activity)
    let requests = Requests(program, log: log, activity: activity)
    if let recall = opening.recall {
      try signals.restore(recall, opening.addresses, program.traits)
      try requests.restore(recall, opening.addresses)
    }
    var shared = Shared(log: log, signals: signals, requests: requests)
    if settings.dispatcher.usesAffinity { shared.acquaintances = Acquaintances() }
    if program.plan.hasLadders || opening.recall != nil {
      shared.waivers = Waivers(opening.recall?.snapshot?.waivers ?? [:])
    }
    shared.authors = Authors(program.plan)
    shared.compensations = Compensations(program.plan)
    if let recall = opening.recall {
      shared.authors?.restore(recall, opening.addresses)
      shared.compensations?.restore(recall, opening.addresses, program.traits)
    }
    shared.ledger = Ledger(
      program.plan, clock: settings.clock, past: opening.recall.map { ($0, opening.addresses) })
    let compaction = Compaction(opening.retention, opening.segment, past: opening.last)
    shared.compaction = compaction
    shared.waypoints = compaction == nil ? nil : Waypoints(program.plan)
    if compaction != nil || opening.recall?.snapshot != nil { shared.slots = SlotTable(program) }
    if opening.recall?.revisions.isEmpty == false { shared.revisions = Revisions() }
    let writer = JournalWriter(
      opening.file, path: opening.path, durable: opening.last,
      date: { [clock = settings.clock] in clock.date },
      onDurable: { durable in
        log.advance(durable: durable)
        compaction?.noticed(durable: durable)
      },
      onFailure: { [nursery = shared.nursery, control = shared.control] error in
        control.fail(error)
        nursery.cancelAll()
      })
    let journal = RunJournal(opening.folder, writer: writer)
    log.attach(journal)
    (shared.cut, shared.ended, shared.amendments) = (opening.cut, opening.ended, amendments)
    (shared.journal, shared.recall, shared.addresses) = (journal, opening.recall, opening.addresses)
    (shared.mailbox, shared.activity) = (mailbox, activity)
    self.init(program, id: opening.id, settings: settings, shared)
  }

  private init(
    _ program: Program, id: String, settings: Settings, _ shared: Shared, isPast: Bool = false
  ) {
    self.id = id
    self.program = program
    self.settings = settings
    self.isPast = isPast
    plan = program.plan
    layout = program.layout
    bodies = program.bodies
    traits = program.traits
    log = shared.log
    signals = shared.signals
    requests = shared.requests
    nursery = shared.nursery
    control = shared.control
    panels = shared.panels
    acquaintances = shared.acquaintances
    questions = shared.questions
    authors = shared.authors
    waivers = shared.waivers
    compensations = shared.compensations
    ledger = shared.ledger
    journal = shared.journal
    mailbox = shared.mailbox
    activity = shared.activity
    recall = shared.recall
    addresses = shared.addresses
    cut = shared.cut
    ended = shared.ended
    amendments = shared.amendments
    compaction = shared.compaction
    waypoints = shared.waypoints
    slots = shared.slots
    revisions = shared.revisions
    past =
      recall == nil || isPast
      ? nil : Execution(program, id: id, settings: settings, shared, isPast: true)
  }

  var clock: any RunClock { settings.clock }

  /// Performs a node with all its policies.
  func walk(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Done {
    if Task.isCancelled { throw CancellationError() }
    if isBrief(id) { return try await plainCode([id], from: 0, in: instance, frame).done }
    let traits = form(of: id, history(address(id, in: instance)))
    if traits.contains(.plainWait) { return try await plainWait(id, in: instance, frame) }
    if traits.contains(.plainStage) {
      var production = Production()
      return try await stage(id, in: instance, frame, take: 1, [], into: &production)
    }
    return try await walkWithPolicies(id, in: instance, frame)
  }

  /// Whether a stage goes the shortest way: it is plain code, and nothing of it is written down.
  func isBrief(_ id: Int) -> Bool { journal == nil && traits[id].contains(.plainCode) }

  func address(_ id: Int, in instance: Instance?) -> Address {
    Address(node: id, in: instance, plan: plan.nodes)
  }

  /// The values of what a node reads, in order.
  func values(_ id: Int, _ frame: Frame) throws -> Body.Values {
    try values(layout.reads(id), of: id, frame)
  }

  func values(_ slots: ArraySlice<Int32>, of id: Int, _ frame: Frame) throws -> Body.Values {
    var values: Body.Values = []
    values.reserveCapacity(slots.count)
    for slot in slots {
      guard let version = frame[Int(slot)] else { throw missing(slot: Int(slot), reader: id) }
      values.append(version.value)
    }
    return values
  }

  /// The error for an artifact that is not there although the plan was checked.
  func missing(slot: Int, reader id: Int) -> MissingArtifact {
    let reads = layout.reads(id)
    let place = reads.firstIndex(of: Int32(slot)).map { $0 - reads.startIndex } ?? 0
    let use = plan.nodes[id].reads.indices.contains(place) ? plan.nodes[id].reads[place].name : "?"
    return MissingArtifact(name: use, reader: plan.nodes[id].path.description)
  }
}

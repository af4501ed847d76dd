import TroupePlan
import TroupeRuntime

/// Says what is wrong with a run with crashes, from the ledger of the world outside of the engine
/// and from what is on the disk.
struct CrashOracle {
  let plan: Plan

  /// What is wrong with what a crash has left.
  ///
  /// - Parameter journal: The journal that is left; `nil` if there is no run.
  func problems(of history: CrashHistory, survivedBy journal: CrashJournal?) -> [String] {
    guard let journal else {
      return history.isAcknowledged ? ["the run is gone although it had been accepted"] : []
    }
    var problems = effects(history, in: journal)
    for (number, type) in history.heard.sorted(by: { $0.key < $1.key }) {
      let record = journal.records.indices.contains(number - 1) ? journal.records[number - 1] : nil
      if record?.type != type {
        problems.append(
          "readers were told of record \(number), '\(type)', "
            + (record.map { "which is now '\($0.type)'" } ?? "which is lost"))
      }
    }
    let received = Set(journal.records.filter { $0.type == "received" }.map { $0.text("id") })
    for signal in history.signals.sorted()
    where !received.contains(CrashHistory.id(ofSignal: signal)) {
      problems.append("signal \(signal + 1) was acknowledged, and the journal does not know of it")
    }
    let answered = Set(
      journal.records.filter { $0.type == "answered" }.map { $0.text("request") })
    for request in history.answers.subtracting(answered).sorted() {
      problems.append("an answer to '\(request)' was taken in, and the journal does not know of it")
    }
    if let reported = history.reported, journal.outcome == nil {
      problems.append("\(reported) was reported, and the journal does not say so")
    }
    return problems
  }

  /// What is wrong with what a process did that found a journal and left another one.
  func problems(
    of history: CrashHistory, from before: CrashJournal, to after: CrashJournal
  ) -> [String] {
    var problems = CrashLaws(after, plan).problems + effects(history, in: after)
    if !after.continues(before) {
      problems.append("the journal that was there has been changed")
    } else if before.records.count > 1, before.outcome == nil,
      !after.records.dropFirst(before.records.count).contains(where: { $0.type == "resumed" })
    {
      problems.append("the journal does not say that another process went on with the run")
    }
    problems +=
      keys(history) + doubts(after) + repetitions(history, after) + outputs(history, after)
    let past = CrashPast(before, plan)
    for effect in history.effects where effect.process == history.processes {
      problems += past.problems(of: effect)
    }
    return problems
  }

  /// No effect without an earlier start that is durable.
  private func effects(_ history: CrashHistory, in journal: CrashJournal) -> [String] {
    let starts = journal.starts
    return history.effects.compactMap { effect in
      guard let start = starts[effect.id] else {
        return "\(effect.name) was begun, and the journal does not know of it"
      }
      if start.text("key") != effect.key { return "\(effect.name) was begun under another key" }
      if start.members["member"] != effect.member.map({ .string($0) }) {
        return "\(effect.name) was begun by another member than the journal says"
      }
      return nil
    }
  }

  /// At most one start of what happens at most once, unless the one before did nothing, or a ladder
  /// says so.
  private func repetitions(_ history: CrashHistory, _ journal: CrashJournal) -> [String] {
    var begun: Set<String> = []
    let denied = Set(
      journal.records.filter { $0.type == "examined" && $0.text("found") == "notDone" }
        .map(\.attemptID))
    return history.effects.compactMap { effect in
      let node = plan.nodes[effect.node]
      guard node.policies.occurrence == .atMostOnce, !effect.didNothing,
        node.policies.escalation == nil || !denied.contains(effect.id),
        !begun.insert(effect.address).inserted
      else { return nil }
      return "\(effect.name) was begun, though it may happen only once, and had been begun before"
    }
  }

  /// A run is in doubt only about something that was started and did not come to its end.
  private func doubts(_ journal: CrashJournal) -> [String] {
    guard journal.outcome == .inDoubt else { return [] }
    let nodes = AddressReader(plan)
    let finished = Set(journal.records.filter { $0.type == "finished" }.map(\.attemptID))
    let isOpen = journal.starts.keys.contains { start in
      guard !finished.contains(start), let node = nodes.address(start.address)?.node else {
        return false
      }
      return plan.nodes[node].policies.occurrence != .atLeastOnce
    }
    return isOpen ? [] : ["the run is in doubt about nothing"]
  }

  /// One input for each key.
  private func keys(_ history: CrashHistory) -> [String] {
    var inputs: [String: CrashEffect] = [:]
    return history.effects.compactMap { effect in
      guard let first = inputs[effect.key] else {
        inputs[effect.key] = effect
        return nil
      }
      guard first.input != effect.input else { return nil }
      return "\(effect.name) was given \(effect.input.canonicalText) under the key for which "
        + "\(first.name) had been given \(first.input.canonicalText)"
    }
  }

  /// What the journal says was given is what was given.
  private func outputs(_ history: CrashHistory, _ journal: CrashJournal) -> [String] {
    let given = history.effects.reduce(into: [:]) { $0[$1.id] = $1 }
    // What people gave is in their answers.
    let answered = Set(journal.records.filter { $0.type == "answered" }.map(\.attemptID))
    return journal.records.filter { $0.type == "finished" }.compactMap { record in
      if answered.contains(record.attemptID) { return nil }
      guard let effect = given[record.attemptID] else {
        return "\(record.attemptID) is finished, and was never begun"
      }
      guard let kept = record.members["output"], let output = effect.output, kept != output else {
        return nil
      }
      return "\(effect.name) gave \(output.canonicalText), and the journal has "
        + kept.canonicalText
    }
  }
}

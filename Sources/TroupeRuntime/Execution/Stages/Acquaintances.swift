import TroupePlan

/// Who has worked on which artifacts in a run, for teams that choose by it.
final class Acquaintances: Sendable {
  /// An artifact, and the elements of fan-outs in which it was worked on, from the outermost.
  struct Subject: Sendable, Hashable {
    let slot: Int
    let elements: [Int]
  }

  /// For each subject and member the number of the latest record that says so.
  private let records = Lock<[Subject: [Int: Int]]>([:])

  func note(_ subjects: [Subject], member: Int, record: Int) {
    records.withLock { records in
      for subject in subjects {
        let known = records[subject]?[member] ?? 0
        records[subject, default: [:]][member] = max(record, known)
      }
    }
  }

  /// How well members know these subjects; of a subject that nobody has worked on in its element,
  /// what is known around that.
  func members(knowing subjects: [Subject]) -> [Int: Acquaintance] {
    records.withLock { records in
      var members: [Int: Acquaintance] = [:]
      for subject in subjects {
        // An element is a node and a number.
        let depths = stride(from: subject.elements.count, through: 0, by: -2)
        let known = depths.lazy.compactMap { depth in
          records[Subject(slot: subject.slot, elements: Array(subject.elements.prefix(depth)))]
        }.first
        for (member, record) in known ?? [:] {
          var acquaintance = members[member] ?? Acquaintance()
          acquaintance.artifacts += 1
          acquaintance.latest = max(record, acquaintance.latest)
          members[member] = acquaintance
        }
      }
      return members
    }
  }
}

extension Execution {
  /// Who knows what a stage reads and writes, where that matters for who gets it.
  func acquaintances(
    with id: Int, in instance: Instance?, _ role: Role.ID
  ) -> [Int: Acquaintance] {
    guard let acquaintances, settings.dispatcher.strategy(for: role) == .affinity else {
      return [:]
    }
    return acquaintances.members(knowing: subjects(of: id, in: instance))
  }

  /// Notes that a member has finished a stage.
  func note(_ member: Int, record: Int, _ id: Int, in instance: Instance?) {
    acquaintances?.note(subjects(of: id, in: instance), member: member, record: record)
  }

  /// Notes who had finished a stage before the run was resumed.
  func remember(_ attempts: ArraySlice<AttemptHistory>, _ id: Int, in instance: Instance?) {
    guard acquaintances != nil, let role = plan.nodes[id].role else { return }
    for attempt in attempts {
      guard case .finished = attempt.end, let name = attempt.attempt.member,
        let member = settings.dispatcher.index(of: name, playing: role)
      else { continue }
      note(member, record: attempt.ended ?? attempt.started, id, in: instance)
    }
  }

  private func subjects(of id: Int, in instance: Instance?) -> [Acquaintances.Subject] {
    var elements: [Int] = []
    var current = instance
    while let instance = current {
      if case .item(let number) = instance.selector {
        elements.insert(contentsOf: [instance.node, number], at: 0)
      }
      current = instance.parent
    }
    var slots = layout.reads(id).map(Int.init)
    if let slot = layout.write(id) { slots.append(slot) }
    var subjects: [Acquaintances.Subject] = []
    for slot in slots {
      let subject = Acquaintances.Subject(slot: slot, elements: elements)
      if !subjects.contains(subject) { subjects.append(subject) }
    }
    return subjects
  }
}

extension Event.Kind {
  /// What a run tells of a change in a member's standing.
  init(_ standing: Standing, of member: Member) {
    switch standing {
    case .suspended(let failures, let pause):
      self = .suspended(member: member.name, failures: failures, pause: pause)
    case .reinstated: self = .reinstated(member: member.name)
    }
  }
}

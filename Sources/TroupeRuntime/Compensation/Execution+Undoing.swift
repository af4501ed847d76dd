import TroupePlan

/// Giving up what steps have done.
extension Execution {
  /// Undoes what was done in a step, before what replaces it starts.
  ///
  /// - Parameters:
  ///   - id: The step; all takes of it are meant.
  ///   - take: The take that is given up, or 0 for all before a fallback; it tells the occasions
  ///     apart.
  /// - Throws: `CancellationError` if the run stops meanwhile, `JournalError`.
  func undo(_ id: Int, in instance: Instance?, take: Int) async throws {
    guard let compensations, !isPast, compensations.concerns(id) else { return }
    let place = address(id, in: instance)
    let known = compensations.mark(place.description, take)
    try await undo([try known ?? giveUp(place, take: take)])
  }

  /// Undoes what was done in steps and elements that are given up for good.
  ///
  /// - Throws: `CancellationError` if the run stops meanwhile, `JournalError`.
  func undo(_ places: [Address]) async throws {
    guard let compensations, !isPast else { return }
    var marks: [Compensations.Mark] = []
    for place in places where compensations.concerns(place.node) {
      let text = place.description
      if let known = compensations.mark(text, nil) {
        marks.append(known)
      } else if compensations.hasBegun(in: text) {
        marks.append(try giveUp(place, take: nil))
      }
    }
    if !marks.isEmpty { try await undo(marks) }
  }

  private func giveUp(_ place: Address, take: Int?) throws -> Compensations.Mark {
    let record = try record(.compensating(take: take), at: place)
    let mark = Compensations.Mark(place: place.description, take: take, record: record)
    compensations?.note(mark)
    return mark
  }

  private func undo(_ marks: [Compensations.Mark]) async throws {
    guard await !finishUndoing(marks) else { return }
    if let error = control.error { throw error }
    throw CancellationError()
  }

  /// Undoes what is to be undone of what was given up, one after the other.
  ///
  /// Cancelling the run does not end that.
  ///
  /// - Parameter marks: What was given up; all that ever was if there is none.
  /// - Returns: Whether it has come to its end; one that failed does not count.
  func finishUndoing(_ marks: [Compensations.Mark]?) async -> Bool {
    guard let compensations else { return true }
    if compensations.due(in: marks).isEmpty, !compensations.isLive(in: marks ?? []) { return true }
    return await compensations.shield(settings.executor) { [self] in
      await TimeLimit.$end.withValue(nil) {
        if let marks { await awaitEnds(in: marks) }
        var (left, revision) = ([Compensations.Due](), -1)
        while !Task.isCancelled {
          // What came meanwhile may be to be undone first.
          if left.isEmpty || revision != compensations.revision {
            revision = compensations.revision
            left = compensations.due(in: marks).reversed()
          }
          guard let due = left.popLast() else { break }
          guard await compensate(due) else { return false }
        }
        return !Task.isCancelled
      }
    }
  }

  /// Waits for the ends of attempts that were given up, because what they still give is undone as
  /// well; of those that ignore their cancellation, until the grace is over.
  private func awaitEnds(in marks: [Compensations.Mark]) async {
    guard let compensations, compensations.isLive(in: marks) else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await compensations.untilEnded(in: marks) }
      group.addTask { [clock, settings] in
        try? await clock.sleep(until: clock.now + settings.grace)
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// Notes that an attempt of a take began.
  func begin(_ attempt: Event.Attempt, _ take: Take, _ record: Int) {
    compensations?.begin(
      attempt, of: take.address, take: take.keyTake, inputs: .values(take.undoes), record: record)
  }

  /// What the compensation of a take reads, as members of the record of its start.
  func undoing(_ take: Take, _ journal: RunJournal) async throws -> [UInt8] {
    guard let part = compensations?.policy(of: take.id)?.finished else { return [] }
    let table = SlotTable(program)
    let values = try zip(layout.reads(part), take.undoes).map { slot, value in
      try table.type(of: Int(slot))?.encode(value) ?? .null
    }
    return try await journal.members("inputs", for: .array(values))
  }
}

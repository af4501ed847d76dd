import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Steps with policies, from their opening to their close.
extension Execution {
  /// Performs a node that is opened and closed.
  func walkWithPolicies(
    _ id: Int, in instance: Instance?, _ frame: Frame
  ) async throws -> Done {
    let address = address(id, in: instance)
    let history = history(address)
    if let history, let closed = history.closed {
      return try await revisit(id, history, closed, in: instance, frame)
    }
    let due = history?.opened?.due ?? dueDate(id)
    // Opened once more if a changed plan has given it a deadline since.
    if history?.opened == nil || history?.opened?.due == nil && due != nil {
      try record(.opened, at: address) { $0.add("due", due) }
    }
    do {
      let writes = try await limited(.deadline, until: due, id, in: instance, take: 1) {
        run in try await run.settled(id, in: instance, frame)
      }
      let record = try record(.closed(.completed), at: address)
      waivers?.date(writes, in: instance, record)
      forget(address)
      let isAsked = journal != nil || waivers != nil
      return Done(writes: isAsked ? writes.dated(record) : writes, record: record)
    } catch var failure as Failure {
      let json: JSONValue? = journal == nil ? nil : failure.json
      failure.record = note(.closed(.failed(reason: failure.reason)), at: address) { writer in
        if let json { writer.add("failure", json: json) }
      }
      forget(address)
      throw failure
    } catch let error as JournalError {
      throw error
    } catch {
      // A run that stops leaves its steps open.
      if !control.isStopping {
        note(.closed(.cancelled), at: address)
        forget(address)
      }
      throw error
    }
  }

  /// Forgets what only a visit of a step itself may ask for, which has come to its end.
  func forget(_ visit: Address) {
    guard !isPast else { return }
    authors?.forget(visit)
    waivers?.forget(visit.instance, layout.write(visit.node))
    ledger?.close(visit)
  }

  /// When a step that is opened now must be done, if it has a deadline.
  private func dueDate(_ id: Int) -> Date? {
    guard traits[id].contains(.deadline) else { return nil }
    return plan.nodes[id].policies.deadline.map { clock.date + $0.seconds }
  }
}

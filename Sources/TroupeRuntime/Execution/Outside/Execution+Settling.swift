import TroupePlan

/// What people say of work in doubt.
extension Execution {
  /// Records what became of work in doubt, before the walk asks for it.
  ///
  /// - Returns: Why it cannot be used, if it cannot.
  /// - Throws: `JournalError`.
  func settle(
    _ settlement: Settlement, at place: String, _ letter: Letter, why: String?
  ) async throws -> String? {
    guard let mailbox, let journal, let recall, let addresses,
      mailbox.examined(at: place) == nil
    else {
      return SettlementRefused(address: place, reason: .nothingInDoubt(elsewhere: [])).description
    }
    let found: (attempt: Event.Attempt, address: Address)
    do {
      found = try recall.check(settlement, at: place, addresses, program)
    } catch {
      return error.description
    }
    var output: [UInt8] = []
    if case .finished(let json?) = settlement {
      output = try await journal.members("output", for: json)
    }
    let members = RecordWriter.members { writer in
      writer.add("id", letter.id)
      writer.add("by", letter.from)
      writer.add("why", why)
      writer.add(members: output)
    }
    let record = log.append(
      .examined(found.attempt, found: settlement.found), at: found.address, more: members)
    let examined = AttemptHistory.Examined(
      record: record, found: settlement.found, output: try payload(output))
    mailbox.note(examined, at: place)
    compensations?.note(examined, of: found.attempt, at: found.address)
    if examined.found == .finished {
      note(author: found.attempt.member, of: found.address, take: found.attempt.take)
    }
    if settlement == .abort {
      mailbox.abortion = Abortion(place: place, by: letter.from, why: why)
    }
    return nil
  }

  func payload(_ members: [UInt8]) throws -> Payload? {
    Payload("output", of: try JSONValue(parsing: "{\(String(decoding: members, as: UTF8.self))}"))
  }
}

import TroupePlan

/// How a durable run takes in what others say to it.
extension Execution {
  /// When a run looks into its mailbox.
  enum Moment: Sendable {
    /// Before the walk begins.
    case opening
    /// While the run goes on.
    case underway
    /// Before it is recorded how the run ends or stops; afterwards it does not look again.
    case ending
  }

  /// Takes in letters as they come, until the bell is closed.
  func serveMailbox() async {
    guard let mailbox else { return }
    while await mailbox.bell.next() {
      // What cannot be read now may be read later; a journal that fails stops the run by itself.
      try? await emptyMailbox(.underway)
      stopIfResting()
    }
  }

  /// Stops the run if that is wanted, and it does nothing but wait or nothing is at work any more.
  private func stopIfResting() {
    guard let activity else { return }
    if activity.isIdle { return stop() }
    guard activity.awaited != nil else { return }
    // So that what is waited for is still waited for when the run has stopped.
    signals.hold()
    requests.hold()
    guard let awaited = activity.awaited, control.stop(awaiting: awaited) else {
      requests.resume()
      return signals.resume()
    }
    nursery.cancelAll()
  }

  /// Takes in what lies in the mailbox, before something is recorded that it may decide: that an
  /// instant has passed, or that the run ends.
  ///
  /// - Throws: What keeps the run from looking; it is then stopped.
  func lookForLetters(_ moment: Moment = .underway) async throws {
    do {
      try await emptyMailbox(moment)
    } catch let error as SystemError {
      throw halt(StoreError(doing: "look for letters", at: mailbox?.folder.new ?? "", error))
    } catch {
      throw halt(error)
    }
  }

  /// What becomes of a file in the mailbox.
  private enum Fate {
    /// What it says is in the journal.
    case taken
    /// It is put aside for this reason.
    case refused(String)
  }

  /// Records what lies in the mailbox, makes that durable, and only then takes it out.
  private func emptyMailbox(_ moment: Moment) async throws {
    guard let mailbox, let journal, !isPast else { return }
    try await mailbox.turn.take {
      if moment == .opening { mailbox.open() }
      guard mailbox.isOpen else { return }
      defer { if moment == .ending { mailbox.close() } }
      var fates: [(name: String, fate: Fate)] = []
      for name in try await mailbox.names() {
        guard let fate = await receive(name, moment) else { continue }
        fates.append((name, fate))
      }
      guard !fates.isEmpty else { return }
      try await journal.untilDurable(log.last)
      for (name, fate) in fates {
        do {
          switch fate {
          case .taken: try await mailbox.folder.remove(name)
          case .refused(let reason): try await mailbox.folder.reject(name, because: reason)
          }
        } catch {
          // It is in the journal, by which it is known when it is found again.
          mailbox.leave(name)
        }
      }
    }
  }

  /// Records what a file in the mailbox says; `nil` if it stays where it is.
  private func receive(_ name: String, _ moment: Moment) async -> Fate? {
    guard let mailbox else { return nil }
    if mailbox.hasReceived(name) { return .taken }
    let letter: Letter
    do {
      guard let read = try await mailbox.folder.read(name) else { return nil }
      letter = read
    } catch {
      let reason = error.description
      log.append(
        .refused(letter: name, reason: reason), at: root,
        more: RecordWriter.members { $0.add("illegible", true) })
      return .refused(reason)
    }
    let refusal: String?
    var because: String?
    switch letter.content {
    case .signal(let signal, let payload): refusal = receive(signal, payload, letter)
    case .answer(let request, let answer, let member):
      (refusal, because) = refused { () throws(AnswerRefused) in
        try requests.answer(request, answer, by: member, letter: letter.id, from: letter.from)
      }
    case .redirect(let request, let target, let why):
      (refusal, because) = refused { () throws(AnswerRefused) in
        try redirect(request, to: target, letter, why: why)
      }
    case .override(let place, let override, let why):
      // Work that a process is at is looked at when the run is opened again.
      guard
        let fate = try? await self.override(override, at: place, letter, why: why, moment)
      else {
        mailbox.leave(name)
        return nil
      }
      refusal = fate
    case .cancel(let why): refusal = receiveCancel(letter, why)
    case .settle(let place, let settlement, let why):
      // Nothing is in doubt while a run goes on: what is stops it, and is looked at when it is
      // opened again.
      guard moment == .opening else {
        mailbox.leave(name)
        return nil
      }
      do {
        refusal = try await settle(settlement, at: place, letter, why: why)
      } catch {
        return nil
      }
    }
    mailbox.note(letter.id)
    guard let refusal else { return .taken }
    log.append(
      .refused(letter: letter.id, reason: refusal), at: root,
      more: RecordWriter.members { writer in
        writer.add("by", letter.from)
        writer.add("because", because)
      })
    return .refused(refusal)
  }

  /// Takes in a signal.
  ///
  /// - Returns: Why it is refused, if it is.
  private func receive(_ signal: String, _ payload: JSONValue, _ letter: Letter) -> String? {
    do {
      let type = try signals.type(of: signal)
      let value: any Sendable
      do {
        value = try type.decode(payload)
      } catch {
        throw SignalRefused(signal, .wrongPayload("\(error)"))
      }
      try signals.receive(signal, value, json: payload, id: letter.id, from: letter.from)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Why something about a request is refused, and the word for that, if it is.
  private func refused(
    _ work: () throws(AnswerRefused) -> Void
  ) -> (refusal: String?, because: String?) {
    do throws(AnswerRefused) {
      try work()
      return (nil, nil)
    } catch {
      return (error.description, error.word)
    }
  }

  private func receiveCancel(_ letter: Letter, _ why: String?) -> String? {
    let members = RecordWriter.members { writer in
      writer.add("id", letter.id)
      writer.add("why", why)
    }
    return cancel(by: letter.from, members) ? nil : "the run has ended"
  }

  /// Ends the run for good: a durable one records that first, so that it ends in the same way
  /// whenever its process does.
  ///
  /// - Parameter members: What else the record says.
  /// - Returns: Whether it ends because of that, and had not ended before.
  @discardableResult
  func cancel(by person: String? = nil, _ members: [UInt8] = []) -> Bool {
    var addition: EventLog.Addition?
    let isHeeded = control.cancel { [self] in
      if journal != nil {
        addition = log.add(.cancelRequested(by: person), at: root, more: members)
      }
    }
    addition?.tell()
    if isHeeded { nursery.cancelAll() }
    return isHeeded
  }
}

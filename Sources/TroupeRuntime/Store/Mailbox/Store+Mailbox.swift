package import TroupePlan

/// Handing letters in, from any process, whether the run is under way, waits or stands still.
extension Store {
  /// How it stands with a letter that was handed in.
  package enum Handing: Sendable, Equatable {
    /// It lies in the mailbox, and the run will take it.
    case handedIn
    /// It is in the run's journal.
    case taken
    /// The run did not take it, for this reason.
    case refused(String)
  }

  /// Hands a letter in.
  ///
  /// When this returns, the letter is durable and will reach the run once, whenever a process goes
  /// on with it. A letter that was handed in before under the same identity is not handed in again.
  ///
  /// - Parameters:
  ///   - program: The program of the run's workflow, if it is known, by which payloads are checked.
  ///   - nonce: Tells what is handed in at the same time under one identity apart.
  /// - Returns: How it stands with the letter.
  /// - Throws: `SignalRefused`, `SettlementRefused`, `AnswerRefused`, `RunHasEnded`, `StoreError`.
  @discardableResult
  package func send(
    _ letter: Letter, to run: String, of program: Program? = nil, nonce: String
  ) async throws -> Handing {
    guard Self.isUsable(letter.id) else {
      throw StoreError(
        "'\(letter.id)' cannot be the identity of a letter: use up to 100 letters, digits, '-', '_' "
          + "and '.', and begin with none but letters, digits and '_'")
    }
    guard letter.bytes.count <= Letter.limit else {
      throw StoreError(
        "a letter to run '\(run)' would have more than \(Letter.limit) bytes; send where the data is "
          + "instead of the data")
    }
    let sight = try await look(at: run)
    if let reason = sight.history.recall.refusals[letter.id] { return .refused(reason) }
    if sight.isOther(than: letter) {
      throw StoreError(
        "something else was handed in to run '\(run)' as '\(letter.id)'; send this under another id"
      )
    }
    if sight.history.recall.received.contains(letter.id) { return .taken }
    if sight.letters.contains(where: { $0.id == letter.id }) { return .handedIn }
    if let handing = try sight.check(letter, program) { return handing }
    let mailbox = folder(of: run).mailbox
    try await mailbox.checkLinks()
    do {
      try await mailbox.handIn(letter, nonce: nonce)
    } catch {
      throw StoreError(doing: "hand over a letter", at: mailbox.path, error)
    }
    return .handedIn
  }

  /// How it stands with a letter that was handed in before.
  ///
  /// - Throws: `StoreError`.
  package func handing(of letter: String, to run: String) async throws -> Handing {
    // First the mailbox: what has left it is in the journal by then.
    let mailbox = folder(of: run).mailbox
    let isThere = (try? await mailbox.names())?.contains(letter) ?? false
    let recall = try await look(at: run).history.recall
    if let reason = recall.refusals[letter] { return .refused(reason) }
    if recall.received.contains(letter) { return .taken }
    if let reason = await mailbox.rejection(of: letter) { return .refused(reason) }
    return isThere && recall.outcome != nil ? .refused("the run has ended") : .handedIn
  }

  /// Whether somebody has said how a run that stands still is to go on, and it has not heard of it:
  /// what became of work in doubt, a decision about a step, or that it is to end.
  package func isDecided(_ run: String) async -> Bool {
    await letters(to: run).contains { letter in
      switch letter.content {
      case .settle, .override, .cancel: true
      case .signal, .answer, .redirect: false
      }
    }
  }

  /// What has been said to a run and is not in its journal yet, in the order in which it will be
  /// taken in; nothing if the run has ended or cannot be read.
  package func letters(to run: String) async -> [Letter] {
    // Most mailboxes are empty, and a journal may be long.
    guard let names = try? await folder(of: run).mailbox.names(), !names.isEmpty,
      let sight = try? await look(at: run), sight.history.recall.outcome == nil
    else { return [] }
    return sight.letters
  }

  /// What can be seen of a run without its lock: its plan, its journal so far, and the letters that
  /// are not in the journal yet.
  func look(at run: String) async throws -> RunSight {
    let history = try await history(of: run)
    let mailbox = folder(of: run).mailbox
    var letters: [Letter] = []
    for name in (try? await mailbox.names()) ?? [] where !history.recall.received.contains(name) {
      if let letter = try? await mailbox.read(name) { letters.append(letter) }
    }
    return RunSight(id: run, history: history, letters: letters)
  }
}

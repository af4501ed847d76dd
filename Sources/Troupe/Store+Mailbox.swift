public import TroupeLanguage
import TroupePlan
public import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Saying something to a durable run from anywhere: from the process that runs it, from another
/// one, while nobody runs it, and while it is being started again.
///
/// When one of these returns, what was said is on the disk, and reaches the run once, when a
/// process runs it.
extension Store {
  /// Sends a signal to a run.
  ///
  /// ```swift
  /// try await Store.directory(".troupe").signal(.approved, Approval(by: "Ann"), to: "launch-7")
  /// ```
  ///
  /// - Parameters:
  ///   - signal: The signal.
  ///   - payload: What it carries.
  ///   - run: The run's identity.
  ///   - id: The identity of this sending: what is sent again under it comes once. By default it
  ///     gets one of its own.
  ///   - sender: Who sends it, for the run's journal.
  /// - Throws: `LetterRefused`; `SignalRefused` if no step of the run waits for the signal, or if
  ///   the run has ended or is to end; `StoreError`, also if there is no such run. A payload of
  ///   another type than that which is waited for is refused when it reaches the run.
  public func signal<Payload>(
    _ signal: Signal<Payload>, _ payload: Payload, to run: String, id: String? = nil,
    from sender: String? = nil
  ) async throws {
    let json = try JSONValue(encoding: payload)
    try await send(.signal(signal.name, payload: json), to: run, id: id, from: sender)
  }

  /// Sends a signal that carries nothing to a run.
  ///
  /// - Parameters:
  ///   - signal: The signal.
  ///   - run: The run's identity.
  ///   - id: The identity of this sending: what is sent again under it comes once. By default it
  ///     gets one of its own.
  ///   - sender: Who sends it, for the run's journal.
  /// - Throws: As `signal(_:_:to:id:from:)` does.
  public func signal(
    _ signal: Signal<NoPayload>, to run: String, id: String? = nil, from sender: String? = nil
  ) async throws {
    try await self.signal(signal, NoPayload(), to: run, id: id, from: sender)
  }

  /// Answers what a run asks people for: see `inbox()`.
  ///
  /// ```swift
  /// for request in try await store.inbox() where request.members.contains("ann") {
  ///   try await store.answer(request.id, of: request.run, .reject("too long"), as: "ann")
  /// }
  /// ```
  ///
  /// Whether it counts is decided by the order of the run's journal: the first answer that fits
  /// does.
  ///
  /// - Parameters:
  ///   - request: The identity of the request.
  ///   - run: The run's identity.
  ///   - answer: The answer. The same answer of the same member once more changes nothing.
  ///   - member: The member of the team in whose name.
  ///   - id: The identity of this sending: what is sent again under it comes once. By default it
  ///     gets one of its own.
  ///   - sender: Who sends it, for the run's journal, if that is not the member.
  /// - Throws: `AnswerRefused` if the request is not open any more or is to others, or if somebody
  ///   has answered before; `RunHasEnded`, `LetterRefused`, `StoreError`. A value of another type
  ///   than what is asked for is refused when it reaches the run.
  public func answer(
    _ request: String, of run: String, _ answer: Inbox.Answer, as member: String,
    id: String? = nil, from sender: String? = nil
  ) async throws {
    try await send(.answer(request, answer, as: member), to: run, id: id, from: sender)
  }

  /// Ends a run for good. One that nobody runs at the moment ends when it is opened again, without
  /// doing anything more.
  ///
  /// - Parameters:
  ///   - run: The run's identity.
  ///   - sender: Who wants that, for the run's journal.
  ///   - why: Why, for the run's journal.
  /// - Throws: `RunHasEnded`, `StoreError`.
  public func cancel(_ run: String, from sender: String? = nil, why: String? = nil) async throws {
    try await send(.cancel(why: why), to: run, id: nil, from: sender)
  }

  /// Says what became of work that is in doubt, so that its run can go on: see `atMostOnce()`.
  ///
  /// It takes effect when the run is opened again.
  ///
  /// - Parameters:
  ///   - address: The address of the work, as the failure names it.
  ///   - run: The run's identity.
  ///   - settlement: What was found out.
  ///   - sender: Who found it out, for the run's journal.
  ///   - why: How they know, for the run's journal.
  /// - Throws: `RunHasEnded`, `StoreError`; `SettlementRefused` if nothing is in doubt
  ///   at the address. An output of another type than the work gives is refused when the run is
  ///   opened again, which then is in doubt as before.
  public func settle(
    _ address: String, of run: String, as settlement: Settlement, by sender: String, why: String
  ) async throws {
    try await send(
      .settle(at: address, settlement, why: why), to: run, id: nil, from: sender)
  }

  /// Decides about a step in the place of whoever was to decide it: an operator's last word.
  ///
  /// What people are asked for is answered at once, whoever was asked. A gate that has rejected a
  /// step for good is waived, and a stage that failed or was at work is given its output, when the
  /// run is opened again; the step's gates hold for such an output. Whoever decides is the author
  /// of what passes because of it.
  ///
  /// - Parameters:
  ///   - address: The address of the step: of a review, `draft/@gate(reads well)`.
  ///   - run: The run's identity.
  ///   - override: What is decided.
  ///   - sender: Who decides it, for the run's journal.
  ///   - why: Why, for the run's journal.
  /// - Throws: `OverrideRefused` if there is nothing to decide, or something else has been decided;
  ///   `RunHasEnded`, `StoreError`.
  public func override(
    _ address: String, of run: String, as override: Override, by sender: String, why: String
  ) async throws {
    try await send(
      .override(at: address, override, why: why), to: run, id: nil, from: sender)
  }

  private func send(
    _ content: Letter.Content, to run: String, id: String?, from sender: String?
  ) async throws {
    let now = Date()
    let letter = Letter(
      id: id ?? Letter.newID(at: now, chance: .random(in: .min ... .max)), from: sender, at: now,
      content)
    let handing = try await send(
      letter, to: run, nonce: String(UInt64.random(in: .min ... .max), radix: 36))
    if case .refused(let reason) = handing { throw LetterRefused(id: letter.id, reason: reason) }
  }
}

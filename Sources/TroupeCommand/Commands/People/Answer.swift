import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `answer`: answering what a run asks people for.
  static let answer: Subcommand = Subcommand(
    name: "answer", summary: "Answer what a run asks people for.",
    operands: [
      Operand(name: "REQUEST", help: "The request, as 'inbox' shows it: RUN:RECORD, or RUN."),
      Operand(
        name: "DECISION",
        help:
          "approve or reject a review; supply an assignment;\nrevise, supply, approve or abort what is escalated."
      ),
    ],
    options: [
      .store,
      .value("reason", "TEXT", "Why. Of a rejection it goes back to whoever does the\nwork again."),
      .value("score", "NUMBER", "Of a review: how good it is, from 0 to 1."),
      .value("value", "JSON|@FILE", "What is supplied; text needs no quotes."),
      .value(
        "as", "MEMBER",
        "Who answers: a member of the team who is asked. The\nuser of the system if that is one, "
          + "or the only one\nwho is asked."),
      .letterID, .waitForRun,
    ],
    details: """
      The run may be running, here or in another process, or wait, or stand still: the
      answer reaches it once. When this ends with exit code 0, the answer is on the
      disk and will not be lost; the run goes on when a process runs it.

      The first answer that fits holds. Refused (exit code 2) is one that comes when
      somebody has answered otherwise ("superseded"), when the request is not open any
      more ("late"), from somebody who is not asked ("not yours"), or that is not what
      is asked for ("wrong type"). The same answer once more changes nothing.
      """,
    examples: [
      ("answer 4f2a:17 approve", "Lets what is reviewed pass."),
      ("answer 4f2a:17 reject --reason 'the date is wrong'", "Has it done again, where it may."),
      ("answer 4f2a supply --value @draft.json --as ann", "Does an assignment, as Ann."),
      (
        "answer 4f2a:31 approve --reason 'known, harmless'", "Waives the gate that has rejected it."
      ),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let decision = try decision(arguments)
    let named = try await RequestPlace(
      arguments.operands[0], in: StorePlace(of: invocation, .answer))
    let sender = try await Sender(invocation, .answer, to: named.run)
    let history = try await sender.place.store.history(of: named.run)
    let request = try named.id(in: history)
    let member = try member(of: request, history, invocation)
    let answer = try answer(decision, arguments, isText: sender.givesText(for: request, history))
    return try await sender.send(
      .answer(request, answer, as: member),
      "the answer to request \(Printable.quoted(request)), as \(Printable.quoted(member))")
  }

  private static func decision(_ arguments: Arguments) throws -> Inbox.Decision {
    let word = arguments.operands[1]
    guard let decision = Inbox.Decision(rawValue: word) else {
      let known = Inbox.Decision.allCases.map(\.rawValue)
      throw UsageError(
        "there is no decision \(Printable.quoted(word)): it is \(known.joined(separator: ", "))",
        meant: Nearest.match(word, in: known), of: .answer)
    }
    let taken =
      switch decision {
      case .supply: ["value", "reason"]
      case .approve, .reject: ["score", "reason"]
      case .revise, .abort: ["reason"]
      }
    for option in ["value", "score"] where arguments.has(option) && !taken.contains(option) {
      throw UsageError("option '--\(option)' does not go with '\(word)'", of: .answer)
    }
    switch decision {
    case .supply where !arguments.has("value"):
      throw UsageError("'supply' needs '--value': what the step is to write", of: .answer)
    case .reject:
      _ = try arguments.reason(
        "reason", of: .answer,
        for: "whoever does the work again has to know what is wrong", word)
      return decision
    case .abort:
      _ = try arguments.reason("reason", of: .answer, for: "why the run is to end", word)
      return decision
    default: return decision
    }
  }

  private static func answer(
    _ decision: Inbox.Decision, _ arguments: Arguments, isText: Bool
  ) throws -> Inbox.Answer {
    let reason = arguments.reason("reason")
    switch decision {
    case .supply:
      let reader = PayloadReader(option: "value", isText: isText)
      return .supply(try reader.value(arguments["value"] ?? ""), reason: reason)
    case .approve: return .approve(score: try score(arguments), reason: reason)
    case .reject: return .reject(reason ?? "", score: try score(arguments))
    case .revise: return .revise(reason)
    case .abort: return .abort(reason ?? "")
    }
  }

  private static func score(_ arguments: Arguments) throws -> Double? {
    guard let text = arguments["score"] else { return nil }
    guard let score = Double(text), (0...1).contains(score) else {
      throw UsageError(
        "option '--score' takes a number from 0 to 1, not \(Printable.quoted(text))", of: .answer)
    }
    return score
  }

  /// In whose name the answer is.
  private static func member(
    of request: String, _ history: RunHistory, _ invocation: Invocation
  ) throws -> String {
    if let named = invocation.arguments["as"] { return named }
    let asked = history.members(askedFor: request)
    let environment = invocation.console.environment
    if let user = environment["USER"] ?? environment["LOGNAME"], asked.contains(user) {
      return user
    }
    if asked.count == 1 { return asked[0] }
    throw UsageError(
      "'answer' needs '--as': asked are "
        + Count.some(asked.map { Printable.quoted($0) }, limit: 8), of: .answer)
  }
}

extension Sender {
  /// Whether the stage that asks gives text, as far as is known.
  fileprivate func givesText(for request: String, _ history: RunHistory) -> Bool {
    history.stage(asking: request).map(givesText(at:)) ?? false
  }
}

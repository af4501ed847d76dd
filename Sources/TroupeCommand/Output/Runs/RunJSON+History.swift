import TroupePlan
import TroupeRuntime

extension RunJSON {
  /// All that a journal tells of a run.
  ///
  /// - Parameters:
  ///   - last: The number of the journal's last record.
  ///   - letters: What has been said to the run and is not in its journal yet.
  static func of(
    _ history: RunHistory, last: Int, _ letters: [Letter]
  ) async throws -> JSONValue {
    let sayings = history.sayings
    var members: [String: JSONValue] = [
      "id": .string(history.id), "workflow": .string(history.workflow),
      "parameters": history.parameters, "input": try await history.input,
      "trace": .string(history.trace), "started": instant(history.began),
      "updated": instant(history.updated), "records": .integer(last),
      "upTo": .integer(history.records), "steps": .array(history.steps.map { of($0, sayings) }),
      "usage": of(history.usage),
    ]
    members.merge(of(history.status)) { first, _ in first }
    let spending = history.spending
    if !spending.isEmpty { members["budgets"] = .array(spending.map(of)) }
    members["version"] = history.version.map { .string($0) }
    members["output"] = try await history.output
    members.merge(LeftForPeople(history).json) { first, _ in first }
    members["pending"] = of(letters)
    var artifacts: [JSONValue] = []
    for version in history.artifacts {
      artifacts.append(of(version, value: try await history.value(of: version)))
    }
    members["artifacts"] = .array(artifacts)
    return .object(members)
  }

  private static func of(_ usage: Usage) -> JSONValue {
    var members: [String: JSONValue] = [
      "inputTokens": .integer(usage.inputTokens), "outputTokens": .integer(usage.outputTokens),
    ]
    if usage.cost != 0 { members["cost"] = .number(usage.cost) }
    return .object(members)
  }

  private static func of(_ spending: RunHistory.Spending) -> JSONValue {
    func members(_ amounts: [Budget.Amount]) -> JSONValue {
      .object(
        Dictionary(uniqueKeysWithValues: amounts.map { ($0.quantity.rawValue, number($0)) }))
    }
    return [
      "address": .string(spending.address.description),
      "limit": members(spending.budget.amounts), "spent": members(spending.spent),
    ]
  }

  private static func number(_ amount: Budget.Amount) -> JSONValue {
    switch amount {
    case .cost(let cost): .number(cost)
    case .tokens(let count), .attempts(let count): .integer(count)
    case .time(let length): seconds(length)
    }
  }

  private static func of(_ version: RunHistory.Version, value: JSONValue?) -> JSONValue {
    var members: [String: JSONValue] = [
      "artifact": .string(version.artifact), "record": .integer(version.record),
    ]
    if !version.scope.isEmpty { members["scope"] = .string(version.scope) }
    members["version"] = version.number.map { .integer($0) }
    members["by"] = version.author.map { .string($0.description) }
    members["member"] = version.member.map { .string($0) }
    members["value"] = value
    return .object(members)
  }

  private static func of(
    _ step: RunHistory.Step, _ sayings: [Int: RunHistory.Saying]
  ) -> JSONValue {
    var members: [String: JSONValue] = [
      "address": .string(step.address.description), "state": .string(step.state.rawValue),
      "record": .integer(step.record), "began": seconds(step.began),
    ]
    members["ended"] = step.ended.map(seconds)
    members["failure"] = step.failure.map { .string($0) }
    members["awaits"] = step.awaited.map(of)
    if !step.attempts.isEmpty { members["attempts"] = .array(step.attempts.map(of)) }
    if !step.judgements.isEmpty {
      members["judgements"] = .array(step.judgements.map { of($0, sayings[$0.record]) })
    }
    let others = step.others.compactMap { of($0, sayings[$0.sequence]) }
    if !others.isEmpty { members["others"] = .array(others) }
    return .object(members)
  }

  private static func of(_ awaited: RunHistory.Awaited) -> JSONValue {
    switch awaited {
    case .member(let role): ["role": .string(role)]
    case .answer(let asking): of(asking)
    case .instant(let date): ["until": instant(date)]
    case .signal(let name, nil): ["signal": .string(name)]
    case .signal(let name, let end?): ["signal": .string(name), "until": instant(end)]
    }
  }

  private static func of(_ asking: Event.Asking) -> JSONValue {
    var members: [String: JSONValue] = [
      "request": .string(asking.request), "role": .string(asking.role),
      "members": .array(asking.members.map { .string($0) }),
    ]
    members["until"] = asking.until.map(instant)
    return .object(members)
  }

  private static func of(_ attempt: RunHistory.Attempt) -> JSONValue {
    var members: [String: JSONValue] = [
      "take": .integer(attempt.attempt.take), "attempt": .integer(attempt.attempt.number),
      "record": .integer(attempt.record), "began": seconds(attempt.began),
    ]
    members["member"] = attempt.attempt.member.map { .string($0) }
    members["ended"] = attempt.ended.map(seconds)
    if attempt.usage != Usage() { members["usage"] = of(attempt.usage) }
    switch attempt.end {
    case .open: members["end"] = "open"
    case .finished: members["end"] = "finished"
    case .failed(let reason, let pause):
      members["end"] = "failed"
      members["reason"] = .string(reason)
      members["pause"] = pause.map(seconds)
    case .gaveUp(.timedOut(let limit)):
      members["end"] = "timedOut"
      members["limit"] = seconds(limit)
    case .gaveUp(.cancelled): members["end"] = "cancelled"
    case .gaveUp(.stopped): members["end"] = "stopped"
    }
    return .object(members)
  }

  private static func of(
    _ judgement: RunHistory.Judgement, _ saying: RunHistory.Saying?
  ) -> JSONValue {
    var members: [String: JSONValue] = [
      "gate": .string(judgement.gate), "take": .integer(judgement.take),
      "record": .integer(judgement.record), "isAccepted": .bool(judgement.verdict.isAccepted),
      "then": .string(HistoryWords.word(judgement.consequence)),
    ]
    members["reason"] = judgement.verdict.reason.map { .string($0) }
    members.merge(SayingText.json(saying)) { first, _ in first }
    return .object(members)
  }

  private static func of(_ event: Event, _ saying: RunHistory.Saying?) -> JSONValue? {
    SayingText.words(event, saying).map { words in
      let members: [String: JSONValue] = [
        "record": .integer(event.sequence), "at": seconds(event.elapsed), "text": .string(words),
      ]
      return .object(members.merging(SayingText.json(saying)) { first, _ in first })
    }
  }
}

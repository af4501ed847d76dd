import TroupePlan

/// Who must not do what a role is asked for.
enum Independence {
  /// The members who have made what is to be reviewed, where nobody may review what they have made.
  @TaskLocal static var barred: Set<String> = []
}

/// Nobody plays a role but those who have made what is to be reviewed.
struct NobodyElsePlays: Error, CustomStringConvertible {
  let role: Role.ID
  let authors: Set<String>

  var description: String {
    let names = authors.sorted().map { "'\($0)'" }.joined(separator: ", ")
    return "nobody plays the role '\(role)' but who has made what is to be reviewed: \(names)"
  }
}

/// Who has made what a gate judges.
extension Execution {
  /// The members who have made what a step wrote last: who delivered work in it, supplied it, or waived
  /// a gate for it.
  func authors(
    _ production: Production, _ id: Int, in instance: Instance?, _ versions: [Version]
  ) -> Set<String> {
    var authors = Set(production.waiving)
    authors.formUnion((waivers?.waivers(of: versions) ?? []).map(\.member))
    let place = address(id, in: instance).description
    switch production.origin {
    case .member(let member): authors.formUnion(member.map { [$0] } ?? [])
    case .steps(let steps):
      authors.formUnion(workers(inside: address(steps, in: instance).description, take: nil))
    case .take(let take):
      if case .stage = plan.nodes[id].kind {
        authors.formUnion(workers(at: place, take: take))
      } else {
        authors.formUnion(workers(inside: take == 1 ? place : "\(place)~\(take)", take: nil))
      }
    }
    return authors.subtracting([""])
  }

  /// Who has delivered a take of a stage.
  private func workers(at place: String, take: Int) -> Set<String> {
    Set(deliveries { $0 == place }.filter { $0.take == take || $0.take == 0 }.map(\.member))
  }

  /// Who has delivered or supplied something inside of a step, its own gates and ladder left out.
  private func workers(inside place: String, take: Int?) -> Set<String> {
    let (inside, own) = (place + "/", place + "/@")
    return Set(
      deliveries { $0 == place || $0.hasPrefix(inside) && !$0.hasPrefix(own) }.map(\.member))
  }

  /// The work that members have delivered at some places; the take of what somebody supplied is 0.
  private func deliveries(_ counts: (String) -> Bool) -> [(member: String, take: Int)] {
    var found: [(member: String, take: Int)] = []
    var answered: [String: String] = [:]
    let isWork = plan.work
    let events = log.remembered
    for event in events where isWork[event.address.node] {
      switch event.kind {
      case .answered(let attempt, let answering):
        answered[attempt.request(at: event.address)] = answering.by
      case .finished(let attempt, _):
        guard let member = attempt.member, counts(event.address.description) else { continue }
        found.append((answered[attempt.request(at: event.address)] ?? member, attempt.take))
      default: break
      }
    }
    for event in events {
      if case .resolved(_, let resolution, let member?) = event.kind,
        resolution.decision == .supply, counts(event.address.description)
      {
        found.append((member, 0))
      }
    }
    // The take of what an operator gave is not known here, and does not matter: there was no other.
    for (place, member) in mailbox?.suppliers ?? [:] where counts(place) {
      found.append((member, 0))
    }
    // What a snapshot stands for is in no event any more.
    for (place, history) in recall?.nodes ?? NodeTable() where counts(place) {
      guard let node = addresses?.address(place)?.node else { continue }
      found += (history.ladder?.suppliers ?? []).map { ($0, 0) }
      for attempt in history.attempts where isWork[node] {
        if let member = attempt.examined?.by { found.append((member, attempt.attempt.take)) }
        guard case .finished = attempt.end, let member = attempt.attempt.member else { continue }
        let answering = history.requests.last { $0.attempt == attempt.attempt }?.answering
        found.append((answering?.by ?? member, attempt.attempt.take))
      }
    }
    return found
  }
}

extension Plan {
  /// For each node whether it is work of a role, and neither a review nor a question about a step.
  fileprivate var work: [Bool] {
    var work = nodes.map { $0.role != nil && !$0.path.isReview }
    for node in nodes {
      for rung in node.rungs where node.isQuestion(rung) { work[rung] = false }
    }
    return work
  }
}

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
  /// The members who have made what a step wrote last: who delivered work in it, supplied it, or
  /// waived a gate for it.
  func authors(
    _ production: Production, _ id: Int, in instance: Instance?, _ versions: [Version]
  ) -> Set<String> {
    var members = Set(production.waiving)
    members.formUnion((waivers?.waivers(of: versions) ?? []).map(\.member))
    let address = address(id, in: instance)
    switch production.origin {
    case .member(let member): members.formUnion(member.map { [$0] } ?? [])
    case .steps(let node): members.formUnion(made(.standIn(node), at: address))
    case .take(let take): members.formUnion(made(.take(take), at: address))
    }
    return members.subtracting([""])
  }

  private func made(_ part: Authors.Part, at visit: Address) -> Set<String> {
    authors?.members(of: part, at: visit) ?? []
  }

  /// Notes who has made something, where it may be asked; code has no author.
  func note(author: String?, of address: Address, take: Int) {
    guard let authors, let author else { return }
    authors.note(author, of: address, take: take)
  }
}

extension NodeHistory {
  /// Who has made what the instance wrote, and in which take: who did the work or answered in their
  /// name, supplied something, or let pass what a gate had rejected.
  var authors: [(member: String, take: Int)] {
    var authors = ladder?.supplied ?? []
    for judged in verdicts where judged.consequence == .waive {
      if let member = judged.by { authors.append((member, judged.take)) }
    }
    for past in attempts {
      if let member = past.examined?.by { authors.append((member, past.attempt.take)) }
      guard let member = past.attempt.member, past.isDone else { continue }
      let answering = requests.last { $0.attempt == past.attempt }?.answering
      authors.append((answering?.by ?? member, past.attempt.take))
    }
    return authors
  }
}

extension AttemptHistory {
  /// Whether the stage's output is that of this attempt.
  fileprivate var isDone: Bool {
    if case .finished = end { true } else { examined?.found == .finished }
  }
}

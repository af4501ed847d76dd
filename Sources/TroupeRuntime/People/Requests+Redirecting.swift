import TroupePlan

extension Requests {
  /// The members whom somebody decided to ask, if somebody did.
  func redirected(_ request: String) -> [String]? {
    state.withLock { state in
      state.open[request].flatMap { $0.isRedirected ? $0.asking.members : nil }
    }
  }

  /// Asks others for what is asked.
  ///
  /// - Parameters:
  ///   - members: The people who are asked from now on.
  ///   - more: What else the record says: who wants it, and why.
  /// - Throws: `AnswerRefused`.
  func redirect(
    _ request: String, to members: [String], more: [UInt8]
  ) throws(AnswerRefused) {
    let outcome: Result<EventLog.Addition, AnswerRefused> = state.withLock { state in
      do throws(AnswerRefused) {
        return .success(try redirect(request, members, more, &state))
      } catch {
        return .failure(error)
      }
    }
    try outcome.get().tell()
  }

  /// The members who alone are asked for one of several reviews, or have given one.
  ///
  /// - Parameters:
  ///   - panel: The address of the reviews.
  ///   - seat: The number of a review that does not count.
  func voters(in panel: String, besides seat: Int) -> [String] {
    let (reviews, own) = ("\(panel)/items[", "\(panel)/items[\(seat)]/")
    func counts(_ request: String) -> Bool {
      request.hasPrefix(reviews) && !request.hasPrefix(own)
    }
    return state.withLock { state in
      state.open.compactMap { request, open in
        guard counts(request) else { return nil }
        if let answer = open.answer { return answer.answering.by }
        return open.asking.members.count == 1 ? open.asking.members[0] : nil
      }
        + state.settled.compactMap { request, answering in
          counts(request) ? answering?.by : nil
        }
    }
  }

  private func redirect(
    _ request: String, _ members: [String], _ more: [UInt8], _ state: inout State
  ) throws(AnswerRefused) -> EventLog.Addition {
    if let before = state.open[request]?.answer?.answering ?? state.settled[request] ?? nil {
      throw AnswerRefused(request, .superseded(by: before.by))
    }
    guard let open = state.open[request] else {
      let isKnown = state.settled[request] != nil
      throw AnswerRefused(
        request, isKnown ? .late : .unknown(open: state.open.keys.sorted()))
    }
    guard !open.isWithdrawn, !state.isClosed else { throw AnswerRefused(request, .late) }
    let isSeat = program.plan.isSeat(open.address)
    let others = members.filter { !open.barred.contains($0) }
    guard !others.isEmpty else {
      throw AnswerRefused(
        request, .nobody("'\(members.joined(separator: "', '"))' made what is to be reviewed"))
    }
    let free = isSeat ? others.filter { !state.votes(of: $0, besides: request) } : others
    guard !free.isEmpty else {
      throw AnswerRefused(
        request, .nobody("'\(members.joined(separator: "', '"))' is asked for another review of it")
      )
    }
    let old = open.asking
    let asking = Event.Asking(
      request: old.request, purpose: old.purpose, role: old.role, members: free, until: old.until)
    let flag = RecordWriter.members { $0.add("redirected", true) }
    let addition = log.add(
      .asked(open.attempt, asking), at: open.address,
      more: more.isEmpty ? flag : flag + Array(",".utf8) + more)
    state.open[request]?.asking = asking
    state.open[request]?.isRedirected = true
    return addition
  }
}

extension Plan {
  /// Whether a stage is that of one of several reviewers of a gate.
  func isSeat(_ stage: Address) -> Bool {
    guard let instance = stage.instance, case .item = instance.selector else { return false }
    return instance.node == stage.node - 1 && nodes[instance.node].path.isReview
  }
}

extension Requests.State {
  /// Whether a member is asked for another one of several reviews, or has given one.
  fileprivate func votes(of member: String, besides request: String) -> Bool {
    guard let seat = request.lastIndex(of: "["), request[..<seat].hasSuffix("/items") else {
      return false
    }
    let panel = request[...seat]
    return open.contains { $0.key != request && $0.key.hasPrefix(panel) && $0.value.names(member) }
      || settled.contains {
        $0.key != request && $0.key.hasPrefix(panel) && $0.value?.by == member
      }
  }

  /// Whether a member has given another one of several reviews.
  func hasVoted(_ member: String, besides request: String) -> Bool {
    guard let seat = request.lastIndex(of: "["), request[..<seat].hasSuffix("/items") else {
      return false
    }
    let panel = request[...seat]
    return open.contains {
      $0.key != request && $0.key.hasPrefix(panel) && $0.value.answer?.answering.by == member
    }
      || settled.contains {
        $0.key != request && $0.key.hasPrefix(panel) && $0.value?.by == member
      }
  }
}

extension Requests.Open {
  fileprivate func names(_ member: String) -> Bool {
    answer.map { $0.answering.by == member } ?? asking.members.contains(member)
  }
}

import TroupePlan

extension RunHistory {
  /// What waits for people in the run and has not been answered, in the order in which it was
  /// asked.
  ///
  /// - Throws: `StoreError` if a value cannot be read.
  public var requests: [Inbox.Request] {
    get async throws {
      guard recall.outcome == nil else { return [] }
      let open = recall.nodes.compactMap { place, history in
        history.openRequest.flatMap { request in
          request.answering == nil ? (place: place, history: history, request: request) : nil
        }
      }
      .sorted { $0.request.number < $1.request.number }
      guard !open.isEmpty else { return [] }
      let judgements = Dictionary(
        steps.map { ($0.address.description, $0.judgements) }, uniquingKeysWith: +)
      var requests: [Inbox.Request] = []
      for (place, history, request) in open {
        guard let address = addresses.address(place) else { continue }
        requests.append(try await self.request(request, address, history, judgements))
      }
      return requests
    }
  }

  private func request(
    _ request: RequestHistory, _ address: Address, _ history: NodeHistory,
    _ judgements: [String: [Judgement]]
  ) async throws -> Inbox.Request {
    let asking = request.asking
    // Who hands a request on says no more than to whom.
    let asked = journal.filter { $0.type == "asked" && $0.place == address.description }
    let details = RecordReader(
      (asked.last { $0.members["redirected"] == nil } ?? asked.last)?.members ?? [:])
    let attempt = history.attempts.last { $0.attempt == request.attempt }
    var prompt = ""
    if let payload = history.prompts[request.attempt.take],
      case .string(let text) = try await value(payload)
    {
      prompt = text
    }
    let reviewed = plan.reviewed(by: address.node)
    var places = [address.description] + address.description.placesAround.map(String.init)
    if let step = reviewed?.step {
      var instance = address.instance
      // The step with the gate, whichever take is reviewed.
      while let around = instance, around.node == step || plan.nodes[around.node].path.isReview {
        instance = around.parent
      }
      places.append(Address(node: step, in: instance, plan: plan.nodes).description)
    }
    let earlier = places.flatMap { judgements[$0] ?? [] }
      .filter { !$0.verdict.isAccepted }.sorted { $0.record < $1.record }
    var seen: Set<Int> = []
    return Inbox.Request(
      id: asking.request, run: id, workflow: workflow, number: request.number, address: address,
      purpose: asking.purpose, role: plan.role(asking.role) ?? Role(asking.role),
      members: asking.members, asked: request.asked, until: asking.until,
      silence: details.text("silence"), prompt: prompt,
      materials: try await materials(attempt?.reads) + materials(details.json["wrote"]),
      earlier: earlier.filter { seen.insert($0.record).inserted },
      schema: details.json["schema"].map { JSONSchema($0) },
      passing: reviewed?.gate.review?.passing)
  }

  /// Versions, by the names of their artifacts and the records by which they came to be.
  private func materials(_ reads: JSONValue?) async throws -> [Inbox.Material] {
    guard case .object(let reads)? = reads else { return [] }
    var materials: [Inbox.Material] = []
    for (name, number) in reads.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("@") {
      var found: JSONValue?
      if case .integer(let number) = number {
        if let version = artifacts.last(where: { $0.record == number && $0.artifact == name }) {
          found = try await value(of: version)
        } else if let record = journal.first(where: { $0.sequence == number }) {
          // What is reviewed has not been published yet, nor has what is asked about.
          found = try await unpublished(record, name, isOneOfSeveral: reads.count > 1)
        }
      }
      materials.append(Inbox.Material(artifact: name, value: found))
    }
    return materials
  }

  /// What a record of something that gave an output holds of it.
  ///
  /// - Parameter isOneOfSeveral: Whether the step writes more; then who supplied it named each.
  private func unpublished(
    _ record: JournalRecord, _ name: String, isOneOfSeveral: Bool
  ) async throws -> JSONValue? {
    if let output = Payload("output", of: record.members) { return try await value(output) }
    guard let supplied = Payload("value", of: record.members) else { return nil }
    let value = try await value(supplied)
    return isOneOfSeveral ? value[name] : value
  }
}

extension RunHistory {
  /// All requests of the run, in the order in which they were asked: the identity of each, the
  /// number of its record, and whether it still waits for an answer.
  package var asked: [(id: String, number: Int, isOpen: Bool)] {
    recall.nodes.values.flatMap { history in
      history.requests.map { request in
        (
          id: request.asking.request, number: request.number,
          isOpen: request.answering == nil && recall.outcome == nil && history.isOpen(request)
        )
      }
    }
    .sorted { $0.number < $1.number }
  }
}

extension RunHistory {
  /// The names of the members who may answer a request.
  package func members(askedFor request: String) -> [String] {
    recall.nodes.values.lazy.flatMap(\.requests).first { $0.asking.request == request }?
      .asking.members ?? []
  }

  /// The address of the stage that asks.
  package func stage(asking request: String) -> String? {
    recall.nodes.first { $0.value.requests.contains { $0.asking.request == request } }?.key
  }
}

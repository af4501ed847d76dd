import TroupePlan

extension FanOut {
  /// What all forms of a fan-out declare.
  static func declaration<
    Item: Codable & Sendable, Result: Codable & Sendable, Collected: Codable & Sendable
  >(
    _ name: String?, over list: Artifact<[Item]>, into results: Artifact<[Collected]>,
    width: Int?, tolerating tolerated: Int, collectsOutcomes: Bool,
    until: (@Sendable ([Result]) async throws -> Bool)?,
    join: @escaping @Sendable ([Body.ElementOutcome]) throws -> [Collected],
    body: (Artifact<Item>, Artifact<Result>) -> Steps, location: SourceLocation
  ) -> Declaration {
    let element = Artifact<Item>(Surroundings.name(of: "\(list.name).element"))
    let result = Artifact<Result>(Surroundings.name(of: "\(results.name).element"))
    let inside = Surroundings.$handles.withValue(
      Surroundings.handles.union([element.name, result.name])
    ) { body(element, result).declaration.children }
    let split: @Sendable (any Sendable) throws -> [any Sendable] = { list in
      try Artifact<[Item]>.value(list).map { item in item }
    }
    let erasedJoin: @Sendable ([Body.ElementOutcome]) throws -> any Sendable = { outcomes in
      try join(outcomes)
    }
    var erasedUntil: (@Sendable ([any Sendable]) async throws -> Bool)?
    if let until {
      erasedUntil = { values in
        try await until(values.map { value in try Artifact<Result>.value(value) })
      }
    }
    let spreading = Body.Spreading(
      split: split, join: erasedJoin, until: erasedUntil,
      collected: ValueType(of: [Collected].self))
    var declaration = Declaration(
      .fanOut(
        Declaration.Spread(
          element: element.mention, result: result.mention, width: width, tolerated: tolerated,
          endsEarly: until != nil, collectsOutcomes: collectsOutcomes)),
      name: name, reads: list.mentions, writes: [results.mention], work: .fanOut(spreading),
      children: inside, location: location)
    declaration.refuseGathered(list.mention)
    return declaration
  }

  /// The results of a fan-out in which every element must succeed.
  static func joinValues<Result: Codable & Sendable>(
    _ outcomes: [Body.ElementOutcome]
  ) throws -> [Result] {
    try outcomes.compactMap { outcome in
      if case .value(let value) = outcome { try Artifact<Result>.value(value) } else { nil }
    }
  }

  /// The outcomes of a fan-out in which elements may fail or be cancelled.
  static func joinOutcomes<Result: Codable & Sendable>(
    _ outcomes: [Body.ElementOutcome]
  ) throws -> [Element<Result>] {
    try outcomes.enumerated().map { index, outcome in
      switch outcome {
      case .value(let value):
        Element(index: index, outcome: .value(try Artifact<Result>.value(value)))
      case .failed(let reason): Element(index: index, outcome: .failed(reason))
      case .cancelled: Element(index: index, outcome: .cancelled)
      }
    }
  }
}

public import TroupePlan
public import TroupeRuntime

/// A simulated run that has ended, to be asserted on.
public struct SimulatedRun<Output: Codable & Sendable>: Sendable {
  /// What decided all that was left to chance.
  public let seed: Seed
  /// The plan that was run.
  public let plan: Plan
  /// What the run ended with: its output, `RunFailure`, `SimulatedCrash`, or `CancellationError`.
  public let result: Result<Output, any Error>
  /// All that happened.
  public let events: [Event]
  /// Everything that was asked of stages, in order.
  public let asked: [Asked]
  /// The stubs that were never asked, as they were written, with their places.
  public let unusedStubs: [String]
  /// What became of each stage of the plan, in the plan's order.
  public let stages: [SimulatedStage]
  /// Who did what when.
  public let timeline: Timeline

  /// What the run ended with.
  ///
  /// - Throws: `RunFailure` if it failed.
  public var output: Output { get throws { try result.get() } }

  /// Why the run failed, if it did.
  public var failure: RunFailure? {
    if case .failure(let failure as RunFailure) = result { failure } else { nil }
  }

  /// The virtual time that the run took.
  public let elapsed: Duration

  /// The names of the signals that came and that no wait had taken when the run ended, in the order
  /// in which they came.
  public var unconsumedSignals: [String] {
    events.compactMap { event in
      if case .unconsumed(_, let name) = event.kind { name } else { nil }
    }
  }

  /// What all attempts together used up.
  public var usage: Usage {
    stages.flatMap(\.attempts).map(\.usage).reduce(Usage(), +)
  }

  /// What was asked of a role, in order.
  public func asked(of role: Role) -> [Asked] { asked.filter { $0.role == role.id } }

  /// What became of a stage.
  ///
  /// - Parameter name: Its name, or its path with or without the workflow's name.
  /// - Throws: `NoSuchStage` if the plan has none of that name, or several.
  public func stage(_ name: String) throws(NoSuchStage) -> SimulatedStage {
    let found =
      stages.first { $0.path.description == name || Self.short($0.path) == name }.map { [$0] }
      ?? stages.filter { $0.path.shortName == Path.escape(name) }
    guard let stage = found.first, found.count == 1 else {
      throw NoSuchStage(name: name, candidates: (found.isEmpty ? stages : found).map(\.path))
    }
    return stage
  }

  /// When a stage ran, to be compared with when others did.
  ///
  /// ```swift
  /// #expect(try run.ran("draft").before("review"))
  /// ```
  ///
  /// - Throws: `NoSuchStage` if the plan has none of that name, or several.
  public func ran(_ name: String) throws(NoSuchStage) -> StageSpan<Output> {
    StageSpan(stage: try stage(name), run: self)
  }

  private static func short(_ path: Path) -> Substring {
    path.description.drop { $0 != "/" }.dropFirst()
  }
}

extension SimulatedRun: CustomStringConvertible {
  /// The seed, how the run ended, and its timeline.
  public var description: String {
    let end =
      switch result {
      case .success(let output): "gave \(output)"
      case .failure(let error): "ended with: \(error)"
      }
    return "\(seed), \(end)\n\(timeline)"
  }
}

/// A test asked for a stage that the plan does not have, or for one of several.
public struct NoSuchStage: Error, Sendable, CustomStringConvertible {
  /// The name.
  public let name: String
  /// What may have been meant.
  public let candidates: [Path]

  /// What there is instead.
  public var description: String {
    let last = candidates.map { String($0.last) }
    if last.contains(name) {
      let list = candidates.map { "'\($0)'" }.joined(separator: ", ")
      return "several stages are named '\(name)': \(list); name one by its path"
    }
    let nearest = Nearest.match(name, in: last + candidates.map(\.description))
    return "no stage is named '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }
}

/// When a stage ran: from the start of its first attempt to the end of its last.
public struct StageSpan<Output: Codable & Sendable>: Sendable, CustomStringConvertible {
  let stage: SimulatedStage
  let run: SimulatedRun<Output>

  /// Whether it had ended before another stage started; both must have run.
  public func before(_ other: String) throws(NoSuchStage) -> Bool {
    let other = try run.stage(other)
    guard let end = stage.end, let start = other.start else { return false }
    return end <= start
  }

  /// Whether it started after another stage had ended; both must have run.
  public func after(_ other: String) throws(NoSuchStage) -> Bool {
    let other = try run.stage(other)
    guard let start = stage.start, let end = other.end else { return false }
    return end <= start
  }

  /// Whether an attempt of it ran at the same time as one of another stage, or as another one of
  /// its own.
  public func overlapped(_ other: String) throws(NoSuchStage) -> Bool {
    let other = try run.stage(other)
    let isSame = stage.path == other.path
    return stage.attempts.enumerated().contains { index, own in
      other.attempts.enumerated().contains { otherIndex, attempt in
        !(isSame && index == otherIndex) && attempt.start < own.end && own.start < attempt.end
      }
    }
  }

  /// The stage and the timeline of the run.
  public var description: String { stage.description }
}

/// A failed expectation shows what it mentions, and it looks at all of it before it knows whether
/// it fails; the description says what there is to say.
extension SimulatedRun: CustomReflectable {
  /// No parts.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension StageSpan: CustomReflectable {
  /// No parts.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

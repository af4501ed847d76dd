/// What a what-if study found: how long a workflow takes, who is busy, what holds it up, and what
/// more members would bring.
public struct WhatIfReport: Sendable, Hashable, Codable {
  /// The workflow's name.
  public let workflow: String
  /// The number of simulated runs, without those with one more member.
  public let runs: Int
  /// Why runs failed, the commonest first.
  public let failures: [FailedRuns]
  /// The gates that rejected what stages wrote, in the order of the plan.
  public let rejections: [Rejections]
  /// The paths of the stages about whose time nothing was said; they took 1 to 10 ms.
  public let untimed: [String]
  /// The paths of the stages of which nothing says how many tokens they take, although a member who
  /// plays their role has a price for tokens.
  public let unestimated: [String]
  /// The paths of the fan-outs over a list that is only an example, which has one element.
  public let exampleFanOuts: [String]
  /// The runs that work from outside of the simulation disturbed; their figures may be others in
  /// the next study.
  public let disturbedRuns: Int
  /// The figures of the runs that succeeded; `nil` if none did.
  public let figures: WhatIfFigures?

  /// The runs that succeeded, and of which the figures tell.
  public var succeeded: Int { runs - failures.reduce(0) { $0 + $1.runs } }

  /// Runs that failed for the same reason.
  public struct FailedRuns: Sendable, Hashable, Codable {
    /// Where and why.
    public let reason: String
    /// What to do about it.
    public let advice: String
    /// How many there were.
    public let runs: Int
    /// One of them.
    public let seed: Seed
  }

  /// The verdicts of a gate that rejected something.
  public struct Rejections: Sendable, Hashable, Codable {
    /// The gate.
    public let gate: String
    /// The path of its step, without the workflow's name; empty for the workflow itself.
    public let step: String
    /// All verdicts in all runs.
    public let verdicts: Int
    /// Those that were rejections.
    public let rejected: Int
  }
}

extension WhatIfReport {
  /// Reads a report, also one of an earlier version, which did not say all of it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    workflow = try container.decode(String.self, forKey: .workflow)
    runs = try container.decode(Int.self, forKey: .runs)
    failures = try container.decode([FailedRuns].self, forKey: .failures)
    rejections = try container.decode([Rejections].self, forKey: .rejections)
    untimed = try container.decode([String].self, forKey: .untimed)
    unestimated = try container.decodeIfPresent([String].self, forKey: .unestimated) ?? []
    exampleFanOuts = try container.decode([String].self, forKey: .exampleFanOuts)
    disturbedRuns = try container.decode(Int.self, forKey: .disturbedRuns)
    figures = try container.decodeIfPresent(WhatIfFigures.self, forKey: .figures)
  }
}

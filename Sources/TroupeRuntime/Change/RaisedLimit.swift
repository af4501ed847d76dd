public import TroupePlan

/// A larger limit for a step, with which a run goes on that the old one had ended.
///
/// ```swift
/// try await runtime.run(
///   LaunchPost(), input: brief, id: "post-7",
///   raising: [.rounds(6, at: "launch-post/improve"), .deadline(.hours(8), at: "launch-post")])
/// ```
///
/// It is recorded, holds for all visits of the step from then on, and does not change the plan.
public struct RaisedLimit: Sendable, Hashable {
  /// The step's path in the plan, without rounds, elements and takes.
  public let path: Path
  /// The limit.
  public let limit: StepLimit

  /// Creates a larger limit for a step.
  ///
  /// - Parameters:
  ///   - limit: The limit.
  ///   - path: The step's path in the plan: `launch-post/improve`.
  public init(_ limit: StepLimit, at path: String) {
    self.path = Path(text: path)
    self.limit = limit
  }

  /// So many rounds in all for a loop; one that had run out of them goes on after its last round.
  public static func rounds(_ count: Int, at path: String) -> RaisedLimit {
    RaisedLimit(.rounds(count), at: path)
  }

  /// So many reworks for a step whose gate, or each of whose gates, rejects what it wrote.
  public static func reworks(_ count: Int, gate: String? = nil, at path: String) -> RaisedLimit {
    RaisedLimit(.reworks(count, gate: gate), at: path)
  }

  /// So many attempts for a stage, for each member and take.
  public static func attempts(_ count: Int, at path: String) -> RaisedLimit {
    RaisedLimit(.attempts(count), at: path)
  }

  /// So much time for each attempt of a stage, or each take of a container.
  public static func timeout(_ length: Duration, at path: String) -> RaisedLimit {
    RaisedLimit(.timeout(length), at: path)
  }

  /// So much time for a step in all, counted anew from when the run goes on.
  public static func deadline(_ length: Duration, at path: String) -> RaisedLimit {
    RaisedLimit(.deadline(length), at: path)
  }

  /// So many elements of a fan-out that may fail.
  public static func tolerance(_ count: Int, at path: String) -> RaisedLimit {
    RaisedLimit(.tolerance(count), at: path)
  }

  /// So much of one quantity for a step in all: `.budget(.tokens(400_000), at: "launch-post")`.
  public static func budget(_ amount: Budget.Amount, at path: String) -> RaisedLimit {
    RaisedLimit(.budget(amount), at: path)
  }

  /// The limit as it is written in Swift: `.rounds(6, at: "launch-post/improve")`.
  var code: String {
    let place = "at: \"\(path)\")"
    switch limit {
    case .rounds(let count): return ".rounds(\(count), \(place)"
    case .reworks(let count, let gate):
      return ".reworks(\(count), \(gate.map { "gate: \"\($0)\", " } ?? "")\(place)"
    case .attempts(let count): return ".attempts(\(count), \(place)"
    case .timeout(let length): return ".timeout(.seconds(\(length.code)), \(place)"
    case .deadline(let length): return ".deadline(.seconds(\(length.code)), \(place)"
    case .budget(let amount):
      switch amount {
      case .cost: return ".budget(.cost(\(amount.figure)), \(place)"
      case .tokens(let count): return ".budget(.tokens(\(count)), \(place)"
      case .time(let length): return ".budget(.time(.seconds(\(length.code))), \(place)"
      case .attempts(let count): return ".budget(.attempts(\(count)), \(place)"
      }
    case .tolerance(let count): return ".tolerance(\(count), \(place)"
    }
  }
}

extension Duration {
  fileprivate var code: String {
    seconds == seconds.rounded() ? "\(components.seconds)" : "\(seconds)"
  }
}

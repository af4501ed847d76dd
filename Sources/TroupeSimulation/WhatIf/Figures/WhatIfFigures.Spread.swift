extension WhatIfFigures {
  /// How times are spread over many runs; or, between two studies, by how much that changed.
  ///
  /// In JSON its values are seconds, to the microsecond.
  public struct Spread: Sendable, Hashable {
    /// The arithmetic mean.
    public let mean: Duration
    /// The median: half of the times are no longer.
    public let p50: Duration
    /// The 95th percentile: 95 of 100 times are no longer.
    public let p95: Duration

    /// The spread of some times, by the nearest rank, so that a percentile is a time that occurred;
    /// all zero if there are none.
    init(of times: [Duration]) {
      let sorted = times.sorted()
      mean = times.isEmpty ? .zero : times.reduce(.zero, +) / times.count
      p50 = Self.percentile(50, of: sorted)
      p95 = Self.percentile(95, of: sorted)
    }

    private init(mean: Duration, p50: Duration, p95: Duration) {
      self.mean = mean
      self.p50 = p50
      self.p95 = p95
    }

    /// What another spread has more than this one.
    func change(to other: Spread) -> Spread {
      Spread(mean: other.mean - mean, p50: other.p50 - p50, p95: other.p95 - p95)
    }

    private static func percentile(_ percent: Int, of sorted: [Duration]) -> Duration {
      guard !sorted.isEmpty else { return .zero }
      return sorted[(sorted.count * percent + 99) / 100 - 1]
    }
  }
}

extension WhatIfFigures.Spread: Codable {
  private enum CodingKeys: String, CodingKey {
    case mean, p50, p95
  }

  /// Reads seconds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func time(_ key: CodingKeys) throws -> Duration {
      .microseconds(try container.decode(Double.self, forKey: key) * 1_000_000)
    }
    self.init(mean: try time(.mean), p50: try time(.p50), p95: try time(.p95))
  }

  /// Writes seconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    for (key, time) in [(CodingKeys.mean, mean), (.p50, p50), (.p95, p95)] {
      try container.encode((time / .microseconds(1)).rounded() / 1_000_000, forKey: key)
    }
  }
}

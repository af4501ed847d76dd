import TroupeRuntime

/// Which crashes are tried, and in what order.
extension CrashExplorer {
  /// All ways in which a machine can end at a point that leave something different.
  func trials(
    after snapshot: CrashSnapshot, at place: CrashPlace, _ moments: [String],
    unless isKnown: (CrashTrial) -> Bool = { _ in false }
  ) -> [CrashTrial] {
    var trials: [CrashTrial] = []
    for variant in 0...powerFailures {
      let trial = trial(
        after: snapshot, at: place.then(snapshot, variant), moments + [snapshot.moment],
        variant)
      if !trials.contains(where: { $0.leavesTheSame(as: trial) }), !isKnown(trial) {
        trials.append(trial)
      }
    }
    return trials
  }

  func trial(
    after snapshot: CrashSnapshot, at place: CrashPlace, _ moments: [String], _ variant: Int
  ) -> CrashTrial {
    CrashTrial(
      world: world, snapshot: snapshot, place: place, moments: moments,
      disk: variant == 0
        ? snapshot.disk : snapshot.disk.afterPowerFailure(seed: place.next.derived(for: 7)),
      drift: drift)
  }

  /// Performs trials, several at once, and further ones that crash a second time.
  func all(_ trials: [CrashTrial], _ pairs: CrashPairs) async throws -> [CrashTrial.Result] {
    let seconds = seconds(trials.count, pairs)
    return try await withThrowingTaskGroup(of: (Int, [CrashTrial.Result]).self) { group in
      for (index, trial) in trials.enumerated() {
        group.addTask {
          let count = seconds[index]
          var first = try await trial.run(keepingSnapshots: count > 0)
          let snapshots = Self.sample(first.snapshots, count, trial.place.next.derived(for: 8))
          first.snapshots = []
          var results = [first]
          for snapshot in snapshots {
            let next = self.trials(after: snapshot, at: trial.place, trial.moments)
            // One way to end is enough here: there are many points.
            let variant = Int(trial.place.next.number % UInt64(max(next.count, 1)))
            results.append(try await next[variant].run(keepingSnapshots: false))
          }
          return (index, results)
        }
      }
      var all: [(Int, [CrashTrial.Result])] = []
      for try await results in group { all.append(results) }
      return all.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// How many second crashes are tried after each first one.
  private func seconds(_ count: Int, _ pairs: CrashPairs) -> [Int] {
    switch pairs {
    case .none: return Array(repeating: 0, count: count)
    case .all: return Array(repeating: .max, count: count)
    case .sampled(let number):
      var seconds = Array(repeating: 0, count: count)
      var random = SeededGenerator(seed: UInt64(count))
      guard count > 0 else { return seconds }
      for _ in 0..<max(number, 0) {
        seconds[Int(random.next(upperBound: UInt64(count)))] += 1
      }
      return seconds
    }
  }

  /// So many of some, the first and the last among them, evenly spread.
  static func sample<Element>(_ all: [Element], _ limit: Int) -> [Element] {
    guard all.count > limit, limit > 1 else { return all }
    return (0..<limit).map { all[$0 * (all.count - 1) / (limit - 1)] }
  }

  /// So many of some, by chance.
  static func sample<Element>(
    _ all: [Element], _ count: Int, _ seed: UInt64
  ) -> [Element] {
    guard count < all.count else { return all }
    var random = SeededGenerator(seed: seed)
    return Array(all.shuffled(using: &random).prefix(count))
  }
}

extension CrashTrial {
  /// Whether nothing that is left differs: neither on the disk, nor in what the world knows. Both
  /// must have come from one process.
  func leavesTheSame(as other: CrashTrial) -> Bool {
    let (tree, others) = (disk.tree, other.disk.tree)
    return snapshot.history.version == other.snapshot.history.version
      && tree.names == others.names
      && tree.names.values.allSatisfy { tree.bytes(of: $0) == others.bytes(of: $0) }
  }
}

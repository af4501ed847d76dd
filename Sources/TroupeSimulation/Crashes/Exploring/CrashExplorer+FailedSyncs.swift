import TroupePlan
import TroupeRuntime

/// Runs in which a sync fails before the crash: the machine goes on, and reads what it has not
/// written.
extension CrashExplorer {
  /// How many syncs of each run fail, each in a run of its own.
  private static let failedSyncs = 5

  /// The numbers of some syncs of a run, by chance.
  ///
  /// - Parameters:
  ///   - snapshots: All points of the run.
  ///   - limit: The most points that are tried; of syncs a fifth of that.
  static func failedSyncs(
    among snapshots: [CrashSnapshot], _ seed: Seed, atMost limit: Int
  ) -> [Int] {
    let count = snapshots.count { $0.moment.contains(" and sync of ") }
    let numbers = Array(1..<(count + 1))
    return sample(numbers, min(max(limit / 5, 1), failedSyncs), seed.derived(for: 10)).sorted()
  }

  /// Lets one sync of a run fail, and the run come to its end by that.
  ///
  /// - Returns: What it left, and what is wrong with it already.
  func failing(
    _ number: Int, _ seed: Seed
  ) async throws -> (snapshot: CrashSnapshot, violation: CrashViolation?) {
    let witness = CrashWitness(CrashHistory(), keepsSnapshots: true)
    let end = try await world.run(seed: seed, witness: witness, failedSync: number)
    guard var snapshot = witness.snapshots.last else {
      throw NoSuchPoint(place: CrashPlace(seed), count: 0)
    }
    snapshot.failedSync = number
    snapshot.moment = "after sync \(number) had failed"
    var problems = witness.problems
    do {
      let journal = try CrashJournal(on: end.disk) ?? CrashJournal()
      problems += CrashOracle(plan: world.program.plan)
        .problems(of: witness.history, from: CrashJournal(), to: journal)
    } catch {
      problems.append("the journal is damaged after sync \(number) had failed: \(error)")
    }
    return (snapshot, problems.isEmpty ? nil : violation(end, seed, problems))
  }
}

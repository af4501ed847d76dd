/// A simulation whose run says nothing about the workflow, because it was none.
public struct SimulationError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Problem: Sendable, Hashable {
    /// A value was another one after it was written and read: which, and how.
    case valueChanged(String)
    /// So many jobs came from outside of the simulation.
    case disturbed(jobs: Int, during: [String])
    /// Nothing could go on: who waits for what; and whether work was left behind that does not heed
    /// its cancellation.
    case stuck([String], isAbandoned: Bool)
  }

  /// What went wrong.
  public let problem: Problem
  /// The seed, which gives the same run again unless it was disturbed.
  public let seed: Seed
  /// What happened until then.
  public let timeline: Timeline

  /// What went wrong and what to do about it, with the seed and the timeline.
  public var description: String {
    let text =
      switch problem {
      case .valueChanged(let loss):
        "\(loss)\n  what a run keeps on disk would be another value; mend the type's coding"
      case .disturbed(let jobs, let stages):
        "the run was disturbed \(jobs) times by work from outside the simulation, so that the seed "
          + "does not decide its order\(stages.isEmpty ? "" : "; it came during ")"
          + stages.joined(separator: ", ")
          + "\n  usual causes: the main actor, 'Task { }', 'Task.detached', 'Task.sleep', real input "
          + "or output; stub the stage, or allow it with 'allowsOutsideWork: true'"
      case .stuck(let waits, let isAbandoned):
        "the run is stuck: nothing can go on, and nobody waits for the clock"
          + waits.map { "\n  \($0)" }.joined()
          + (isAbandoned ? "\n  it does not heed cancellation and was left behind" : "")
      }
    return "\(text)\n  \(seed); until then:\n\(timeline)"
  }
}

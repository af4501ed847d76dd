/// A simulation whose run says nothing about the workflow, because it was none.
public struct SimulationError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Problem: Sendable, Hashable {
    /// A value was another one after it was written and read: which, and how.
    case valueChanged(String)
    /// A stub was asked more often than it has values: which.
    case exhaustedStub(String)
    /// So many jobs came from outside of the simulation.
    case disturbed(jobs: Int, during: [String])
    /// Jobs followed each other without end and without time passing: who was at work; and whether
    /// work was left behind that does not heed its cancellation.
    case busy([String], isAbandoned: Bool)
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
      case .exhaustedStub(let stub):
        "\(stub)\n  give it one more, or a closure, which answers every time"
      case .disturbed(let jobs, let stages):
        "the run was disturbed \(jobs == 1 ? "once" : "\(jobs) times") by work from outside the simulation, so that the seed "
          + "does not decide its order\(stages.isEmpty ? "" : "; it came during ")"
          + stages.joined(separator: ", ")
          + "\n  usual causes: the main actor, 'Task { }', 'Task.detached', 'Task.sleep', real input "
          + "or output, an actor that another simulation uses at the same time; stub the stage, or allow it with 'allowsOutsideWork: true'"
      case .stuck(let waits, let isAbandoned):
        "the run is stuck: nothing can go on, and nobody waits for the clock"
          + waits.map { "\n  \($0)" }.joined()
          + "\n  work that left the simulation for longer than its patience is taken for stuck, too"
          + (isAbandoned ? Self.leftBehind : "")
      case .busy(let waits, let isAbandoned):
        "the run is busy without end, and without time passing: a loop that waits with "
          + "'Task.yield'?" + waits.map { "\n  \($0)" }.joined()
          + (isAbandoned ? Self.leftBehind : "")
      }
    return "\(text)\n  \(seed); until then:\n\(timeline)"
  }

  private static let leftBehind = "\n  it does not heed cancellation and was left behind"
}

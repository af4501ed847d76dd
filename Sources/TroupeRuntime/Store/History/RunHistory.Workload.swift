package import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

extension RunHistory {
  /// What members do for a run, as far as its journal tells.
  package struct Workload: Sendable {
    /// The attempts of each member that have begun and not ended since a process opened the run
    /// last. What the run gave up and the member goes on with is not among them.
    package var atWork: [String: Int] = [:]
    /// The attempts of each member that gave an output.
    package var done: [String: Int] = [:]
    /// Those that failed or took too long.
    package var failed: [String: Int] = [:]
    /// Until when members get no assignments, whose breakers the run saw open and not close again.
    package var suspended: [String: Date] = [:]
    /// The stages that wait for a member, by role.
    package var waiting: [Role.ID: Int] = [:]

    /// What is known of no run.
    package init() {}
  }

  /// What members have done for the run and are doing.
  package var workload: Workload {
    var load = Workload()
    var working: [String: String] = [:]
    var queued: [String: Role.ID] = [:]
    for event in events {
      let place = event.address.description
      func end(_ attempt: Event.Attempt, _ count: WritableKeyPath<Workload, [String: Int]>?) {
        guard let member = attempt.member else { return }
        working[place] = nil
        if let count { load[keyPath: count][member, default: 0] += 1 }
      }
      switch event.kind {
      // What was at work or waited in another process no longer does.
      case .resumed: (working, queued, load.suspended) = ([:], [:], [:])
      case .queued(let role): queued[place] = role
      case .started(let attempt):
        queued[place] = nil
        working[place] = attempt.member
      case .finished(let attempt, _): end(attempt, \.done)
      case .failed(let attempt, _, _, _), .gaveUp(let attempt, .timedOut): end(attempt, \.failed)
      case .gaveUp(let attempt, _): end(attempt, nil)
      case .closed: queued[place] = nil
      case .suspended(let member, _, let pause):
        load.suspended[member] = began + event.elapsed.seconds + pause.seconds
      case .reinstated(let member): load.suspended[member] = nil
      default: break
      }
    }
    for member in working.values { load.atWork[member, default: 0] += 1 }
    for role in queued.values { load.waiting[role, default: 0] += 1 }
    return load
  }
}

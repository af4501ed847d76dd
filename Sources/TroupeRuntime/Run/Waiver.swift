import TroupePlan

/// That a version is used although a gate did not let it pass, because somebody has decided so.
public struct Waiver: Sendable, Hashable, Codable {
  /// The name of the gate that was waived.
  public let gate: String
  /// What the gate had against it.
  public let objection: String
  /// The member who decided it.
  public let member: String
  /// Why.
  public let reason: String
}

/// What has been waived in a run, by the records of the versions for which it holds.
final class Waivers: Sendable {
  /// A version that no record tells of until the step has ended that writes it.
  private struct Undated: Hashable {
    let slot: Int
    let instance: ObjectIdentifier?

    init(_ slot: Int, _ instance: Instance?) {
      (self.slot, self.instance) = (slot, instance.map { ObjectIdentifier($0) })
    }
  }

  private struct State {
    var waived: [Int: [Waiver]]
    var undated: [Undated: [Waiver]] = [:]
  }

  private let state: Lock<State>

  /// - Parameter past: What had been waived for versions of which the records are not kept.
  init(_ past: [Int: [Waiver]] = [:]) {
    state = Lock(State(waived: past))
  }

  /// Notes what was waived for a version.
  ///
  /// - Parameters:
  ///   - slot: Where the version is.
  ///   - instance: The visit of the step that writes it, or that has judged what others wrote.
  func note(_ waiver: Waiver, of version: Version, at slot: Int, in instance: Instance?) {
    state.withLock { state in
      if version.record == 0 {
        state.undated[Undated(slot, instance), default: []].add(waiver)
      } else {
        state.waived[version.record, default: []].add(waiver)
      }
    }
  }

  /// Forgets what was waived for what a step wrote in an earlier take, of which no record tells.
  func forget(_ writes: Writes, in instance: Instance?) {
    guard case .one(let slot, let version) = writes, version.record == 0 else { return }
    forget(instance, slot)
  }

  /// Forgets what was waived for what a visit of a step was to write to a slot.
  func forget(_ instance: Instance?, _ slot: Int?) {
    guard let slot else { return }
    state.withLock { _ = $0.undated.removeValue(forKey: Undated(slot, instance)) }
  }

  /// Says that a step has ended: what it wrote has the step's record where it had none of its own.
  func date(_ writes: Writes, in instance: Instance?, _ record: Int) {
    guard case .one(let slot, let version) = writes, version.record == 0 else { return }
    state.withLock { state in
      guard let own = state.undated.removeValue(forKey: Undated(slot, instance)) else { return }
      for waiver in own { state.waived[record, default: []].add(waiver) }
    }
  }

  /// What was waived for some versions, each once.
  func waivers(of versions: some Sequence<Version>) -> [Waiver] {
    state.withLock { state in
      guard !state.waived.isEmpty else { return [] }
      var found: [Waiver] = []
      for version in versions {
        for waiver in state.waived[version.record] ?? [] { found.add(waiver) }
      }
      return found
    }
  }
}

extension [Waiver] {
  fileprivate mutating func add(_ waiver: Waiver) {
    if !contains(waiver) { append(waiver) }
  }
}

extension Plan {
  /// Whether somebody may be asked about a step that cannot get further by itself.
  var hasLadders: Bool { nodes.withPolicies.contains { nodes[$0].policies.escalation != nil } }
}

extension Execution {
  /// What was waived for the versions that a step reads.
  func waivers(readBy id: Int, _ frame: Frame) -> [Waiver] {
    waivers?.waivers(of: layout.reads(id).lazy.compactMap { frame[Int($0)] }) ?? []
  }
}

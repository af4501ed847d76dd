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
  private let waived = Lock<[Int: [Waiver]]>([:])

  func note(_ waiver: Waiver, of version: Version) {
    waived.withLock { waived in
      if waived[version.record]?.contains(waiver) != true {
        waived[version.record, default: []].append(waiver)
      }
    }
  }

  /// What was waived for some versions, each once.
  func waivers(of versions: some Sequence<Version>) -> [Waiver] {
    waived.withLock { waived in
      guard !waived.isEmpty else { return [] }
      var found: [Waiver] = []
      for version in versions {
        for waiver in waived[version.record] ?? [] where !found.contains(waiver) {
          found.append(waiver)
        }
      }
      return found
    }
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

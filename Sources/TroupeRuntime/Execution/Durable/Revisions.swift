import TroupePlan

/// New versions of artifacts with which a fork began, for the steps that had not started then.
final class Revisions: Sendable {
  private let versions = Lock([Int: Version]())

  func set(_ version: Version, slot: Int) { versions.withLock { $0[slot] = version } }

  /// What a step is given that began with a record, or has not begun: the new versions of what
  /// was there before the fork, if the step did not begin before it.
  func given(_ frame: Frame, begun record: Int?) -> Frame {
    let own = Frame(above: frame, slots: 0..<0)
    for (slot, version) in versions.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      if let record, record <= version.record { continue }
      guard let known = frame[slot], known.record <= version.record else { continue }
      own.publish(version, to: slot)
    }
    return own
  }
}

extension Execution {
  /// Reads the new versions of artifacts with which a fork began.
  func readRevisions() async throws {
    guard let recall, let revisions, let journal else { return }
    for (name, revision) in recall.revisions.sorted(by: { $0.key < $1.key }) {
      do {
        guard let slots, let slot = slots.outermost[name], let type = slots.type(of: slot) else {
          throw RecordedError(description: "the workflow has no such artifact of its own")
        }
        var json = try await journal.value(of: revision.value)
        if case .file = revision.value { json = json[name] ?? .null }
        let value = try type.decode(json)
        revisions.set(Version(value: value, record: revision.record), slot: slot)
      } catch {
        throw halt(
          RecordUnreadable(what: "artifact '\(name)', which was set by a fork,", error)
        )
      }
    }
  }

  /// What a step is given that began with a record, or has not begun.
  func given(_ frame: Frame, begun record: @autoclosure () -> Int?) -> Frame {
    revisions.map { $0.given(frame, begun: record()) } ?? frame
  }
}

extension Writes {
  /// The same writes; a version that no record of its own tells of has that of its step.
  func dated(_ record: Int) -> Writes {
    guard case .one(let slot, let version) = self, version.record == 0 else { return self }
    return .one(slot: slot, Version(value: version.value, record: record))
  }
}

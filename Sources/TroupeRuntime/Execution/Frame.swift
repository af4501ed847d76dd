/// A value that a step wrote, and the number of the record that says so.
package struct Version: Sendable {
  package let value: any Sendable
  package let record: Int
}

/// The artifacts that a container's children see: what the container was given, and above it what
/// they have published to each other.
///
/// Sendable without the compiler's proof: a frame is written only by the one task that walks its
/// container. Children that run at once get frames of their own, and their base is not written
/// until all of them have ended.
package final class Frame: @unchecked Sendable {
  private let base: Frame?
  private let lower: Int
  private var own: [Version?]
  private var others: [Int: Version] = [:]

  /// A frame above another one, with room for the slots first named in its container.
  package init(above base: Frame?, slots: Range<Int>) {
    self.base = base
    lower = slots.lowerBound
    own = Array(repeating: nil, count: slots.count)
  }

  /// What is visible of an artifact.
  package subscript(slot: Int) -> Version? {
    var frame: Frame? = self
    while let current = frame {
      if let version = current.published(slot) { return version }
      frame = current.base
    }
    return nil
  }

  /// Makes a version visible to the container's children.
  package func publish(_ version: Version, to slot: Int) {
    let index = slot - lower
    if own.indices.contains(index) {
      own[index] = version
    } else {
      others[slot] = version
    }
  }

  /// Makes what a child wrote visible to the container's children.
  package func publish(_ writes: Writes) {
    switch writes {
    case .none: break
    case .one(let slot, let version): publish(version, to: slot)
    case .many(let frame):
      frame.forEach { slot, version in publish(version, to: slot) }
    }
  }

  /// Goes through what the container's children have published.
  package func forEach(_ body: (Int, Version) -> Void) {
    for (offset, version) in own.enumerated() {
      if let version { body(lower + offset, version) }
    }
    for (slot, version) in others.sorted(by: { $0.key < $1.key }) { body(slot, version) }
  }

  private func published(_ slot: Int) -> Version? {
    let index = slot - lower
    return own.indices.contains(index) ? own[index] : others.isEmpty ? nil : others[slot]
  }
}

/// What a step hands back to its container.
package enum Writes: Sendable {
  case none
  case one(slot: Int, Version)
  case many(Frame)

  /// What was written to a slot.
  package func version(of slot: Int) -> Version? {
    switch self {
    case .none: nil
    case .one(let written, let version): written == slot ? version : nil
    case .many(let frame): frame[slot]
    }
  }
}

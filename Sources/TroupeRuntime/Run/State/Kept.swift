/// What containers had published when something in them ended early, so that it is not lost.
package struct Kept: Sendable {
  private var versions: [Int: Version] = [:]

  package init() {}

  /// What was published to a slot, the innermost container's first.
  package subscript(slot: Int) -> Version? { versions[slot] }

  /// Keeps what a container had published, unless a container inside it had published it as well.
  package mutating func keep(_ frame: Frame) {
    frame.forEach { slot, version in
      if versions[slot] == nil { versions[slot] = version }
    }
  }

  /// Keeps what a neighbour had kept.
  package mutating func keep(_ other: Kept) {
    versions.merge(other.versions) { own, _ in own }
  }
}

/// What a step throws that was cancelled, with what a limit around it has to tell of it.
struct Cancelled: Error {
  /// What the containers around it had published.
  var kept = Kept()
  /// What had failed before, and was about to be done again.
  var failures: [Failure] = []

  /// A cancellation, with what the container in which it happened had published.
  init(in frame: Frame) { kept.keep(frame) }

  /// A cancellation of a step that had failed and was done again.
  init(_ error: (any Error)? = nil, after failure: Failure) {
    if let cancelled = error as? Cancelled { self = cancelled }
    failures.append(failure)
  }
}

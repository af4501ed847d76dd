import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Signals {
  /// A step that waits for a signal, or has waited.
  struct Wait {
    let name: String
    let address: Address
    /// Whether the run may give up what it stands in.
    let isDetachable: Bool
    let until: Date?
    var end: End?
    /// The number of the rest of whoever waits, if that is counted.
    var rest: Int?
    var continuation: CheckedContinuation<End, Never>?

    var awaiting: Awaiting {
      Awaiting(address: address.description, what: .signal(name, until: until))
    }
  }

  /// What a wait took that may have to be given back.
  struct Taken {
    let record: Int
    let address: Address
    let arrival: SignalQueue.Arrival
  }

  /// What has come and who waits.
  struct State {
    var queue = SignalQueue()
    var waits: [Int: Wait] = [:]
    var taken: [Taken] = []
    /// Whether nothing is taken out of the queue, because the run stops.
    var isHeld = false
    var isClosed = false
  }

  /// What is to be done once the lock is free.
  struct Aftermath {
    var additions: [EventLog.Addition] = []
    var ends: [(CheckedContinuation<End, Never>, End)] = []

    func happen() {
      for addition in additions { addition.tell() }
      for (continuation, end) in ends { continuation.resume(returning: end) }
    }
  }
}

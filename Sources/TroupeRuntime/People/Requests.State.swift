import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Requests {
  /// A request, as long as the stage that asks has not gone on.
  struct Open {
    let address: Address
    let attempt: Event.Attempt
    var asking: Event.Asking
    /// When it was asked first.
    let asked: Date
    /// The members to whom it may not be handed on, because they have made what it is about.
    var barred: Set<String> = []
    /// Whether somebody decided who is asked.
    var isRedirected = false
    /// The answer that counts, if there is one.
    var answer: Given?
    /// Whether no answer counts any more.
    var isWithdrawn = false
    /// How it ended, where nobody waits for that yet.
    var end: End?
    /// The number of the rest of whoever waits, if that is counted.
    var rest: Int?
    var continuation: CheckedContinuation<End, Never>?

    var awaiting: Awaiting { Awaiting(address: address.description, what: .answer(asking)) }
  }

  /// What has been asked and answered.
  struct State {
    /// What is asked now, by the identities of the requests.
    var open: [String: Open] = [:]
    /// What came of the requests before; without an answer they were withdrawn.
    var settled: [String: Event.Answering?] = [:]
    /// The addresses of the stages that were told of their answers.
    var answered: Set<String> = []
    /// Whether nobody is told of answers, because the run stops.
    var isHeld = false
    var isClosed = false
  }
}

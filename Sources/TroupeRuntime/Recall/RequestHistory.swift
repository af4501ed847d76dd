import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a journal tells of a request to people.
struct RequestHistory: Sendable {
  /// The attempt that it is for.
  let attempt: Event.Attempt
  /// The number of the record that says it was asked first.
  let number: Int
  /// When that was.
  let asked: Date
  /// Who has made what it is about and must not answer, where that matters.
  let authors: Set<String>
  /// What is asked now.
  var asking: Event.Asking
  /// Whether somebody decided who is asked.
  var isRedirected: Bool
  /// The answer, if there is one.
  var answering: Event.Answering?
}

extension NodeHistory {
  /// Takes in that people were asked, for the first time or once more.
  mutating func ask(
    _ attempt: Event.Attempt, _ asking: Event.Asking, _ record: JournalRecord
  ) {
    let isRedirected = RecordReader(record.members).bool("redirected")
    var authors: Set<String> = []
    if case .array(let names)? = record.members["authors"] {
      for case .string(let name) in names { authors.insert(name) }
    }
    if let index = requests.lastIndex(where: { $0.attempt == attempt }) {
      requests[index].asking = asking
      requests[index].isRedirected = isRedirected
    } else {
      requests.append(
        RequestHistory(
          attempt: attempt, number: record.sequence, asked: record.at, authors: authors,
          asking: asking, isRedirected: isRedirected))
    }
  }

  /// Whether the stage still waits for what it asked for, or has not yet used the answer.
  func isOpen(_ request: RequestHistory) -> Bool {
    guard closed == nil, let last = attempts.last, last.attempt == request.attempt else {
      return false
    }
    if case .unknown = last.end { return true }
    return false
  }

  /// The request that is open, if one is.
  var openRequest: RequestHistory? { requests.last.flatMap { isOpen($0) ? $0 : nil } }
}

extension NodeHistory {
  /// Whether an attempt is one of people.
  func asked(_ attempt: Event.Attempt) -> Bool {
    attempts.contains { $0.attempt == attempt && $0.asks }
  }
}

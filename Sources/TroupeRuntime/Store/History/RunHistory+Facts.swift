public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension RunHistory {
  /// The run's identity.
  public var id: String { accepted.id }

  /// The name of the workflow.
  public var workflow: String { accepted.workflow }

  /// The version that the workflow gave itself, if any.
  public var version: String? { accepted.version }

  /// The parameters with which the run was accepted.
  public var parameters: JSONValue { accepted.parameters }

  /// What tells the run apart in traces.
  public var trace: String { accepted.trace }

  /// When the run was accepted.
  public var began: Date { accepted.at }

  /// The number of the last record.
  public var records: Int { journal.last?.sequence ?? 0 }

  /// What agents used up in the run, as far as it has been reported: failed attempts and those that
  /// were given up included.
  public var usage: Usage {
    events.reduce(recall.snapshot?.usage ?? Usage()) { sum, event in
      switch event.kind {
      case .finished(_, let usage), .stale(_, let usage), .failed(_, _, _, let usage): sum + usage
      default: sum
      }
    }
  }

  /// The addresses of work of which nobody knows whether it was done, and that is not done again
  /// before somebody has said what became of it.
  public var doubts: [String] {
    if case .ended = status { return [] }
    return recall.unsettled(addresses, isLive: status.holder != nil)
  }

  /// What the run had done, has given up and could not undo; a person has to see to it.
  public var uncompensated: [Uncompensated] {
    guard let compensations = Compensations(plan) else { return [] }
    compensations.restore(recall, addresses, NodeTraits.of(plan))
    return compensations.uncompensated
  }

  /// What the run was started with.
  ///
  /// - Throws: `StoreError` if it cannot be read.
  public var input: JSONValue {
    get async throws { try await value(accepted.input) }
  }

  /// What the run ended with; `nil` if it has not come to its end.
  ///
  /// - Throws: `StoreError` if it cannot be read.
  public var output: JSONValue? {
    get async throws {
      guard let output = recall.output else { return nil }
      return try await value(output)
    }
  }

  func value(_ payload: Payload) async throws -> JSONValue {
    switch payload {
    case .inline(let json): return json
    case .file(let name):
      guard let folder else { throw StoreError("nothing is known of '\(name)'") }
      return try await folder.payload(name)
    }
  }
}

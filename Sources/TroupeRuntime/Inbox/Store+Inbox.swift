import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Store {
  /// What waits for people in all runs of the store: first what has a limit, by its instant, then
  /// the rest in the order in which it was asked.
  ///
  /// It is derived from the journals and from what lies in the mailboxes, so that it is the same
  /// before and after a restart. Damaged runs are left out; `runs()` tells of them.
  ///
  /// ```swift
  /// for request in try await store.inbox() { print(request.id, request.members) }
  /// ```
  ///
  /// - Throws: `StoreError` if the store cannot be read.
  public func inbox() async throws -> [Inbox.Request] { try await inbox { _, _ in } }

  /// The same.
  ///
  /// - Parameter onDamage: Called for each run that cannot be read.
  package func inbox(
    _ onDamage: (_ run: String, _ error: any Error) -> Void
  ) async throws -> [Inbox.Request] {
    var requests: [Inbox.Request] = []
    for id in try await ids().sorted() where !id.hasPrefix(".") {
      do {
        requests += try await self.requests(of: id)
      } catch {
        // One may have been removed in the meantime.
        if (try? await isThere(id)) != false { onDamage(id, error) }
      }
    }
    return requests.sorted { left, right in
      switch (left.until, right.until) {
      case (let mine?, let other?) where mine != other: mine < other
      case (_?, nil): true
      case (nil, _?): false
      default: (left.asked, left.run, left.number) < (right.asked, right.run, right.number)
      }
    }
  }

  /// What waits for people in a run.
  ///
  /// - Throws: `StoreError` if there is no such run, or if it cannot be read.
  package func requests(of run: String) async throws -> [Inbox.Request] {
    if case .ended = await stored(run).status { return [] }
    let sight = try await look(at: run)
    guard !sight.isToEnd else { return [] }
    return try await sight.history.requests.map { request in
      var request = request
      request.pending = sight.pending(request.id)
      return request
    }
  }
}

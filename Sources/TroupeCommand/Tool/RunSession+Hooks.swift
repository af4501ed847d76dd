import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RunSession {
  /// Tells the hooks whenever people are asked, and when it is about to be late, until the task is
  /// cancelled.
  func tellHooks(_ run: RunState) async {
    guard let hooks, !hooks.isEmpty, let place else { return }
    if run.past > 1 { await hooks.know(await requests(of: run.id, in: place) ?? []) }
    await withDiscardingTaskGroup { group in
      let events = run.events
      group.addTask {
        for await event in events {
          if case .asked = event.kind, event.sequence > run.past { await tellHooks(of: run.id) }
        }
      }
      while !Task.isCancelled {
        await tellHooks(of: run.id)
        let warnings = await requests(of: run.id, in: place)?.compactMap {
          Hooks.warning($0.request)
        }
        let next = warnings?.filter { $0 > Date() }.min() ?? .distantFuture
        // What is asked in the meantime may be late sooner.
        let pause = min(max(next.timeIntervalSinceNow, 0.1), 60)
        try? await Task.sleep(for: .seconds(pause))
      }
    }
  }

  /// Tells the hooks of what waits in the run now.
  func tellHooks(of run: String) async {
    guard let hooks, !hooks.isEmpty, let place else { return }
    guard let requests = await requests(of: run, in: place) else { return }
    await hooks.tell(requests, at: Date()) { $0 == run }
  }

  /// - Returns: `nil` if they cannot be read now.
  private func requests(
    of run: String, in place: StorePlace
  ) async -> [(name: String, request: Inbox.Request)]? {
    guard let runs = try? await place.store.ids(),
      let requests = try? await place.store.requests(of: run)
    else { return nil }
    return requests.map { (RequestText.name($0, among: runs), $0) }
  }
}

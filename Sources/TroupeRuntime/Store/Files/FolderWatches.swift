/// Who is to be told when something new is in a folder of files in memory.
///
/// Whoever brings the change tells of it at once, so that in a simulation the order is the seed's
/// and nobody has to look again and again.
package final class FolderWatches: Sendable {
  private struct State {
    var last = 0
    var watches: [Int: (folder: [Substring], onChange: @Sendable () -> Void)] = [:]
  }

  private let state = Lock(State())

  package init() {}

  /// Watches a folder.
  package func add(
    _ folder: String, _ onChange: @escaping @Sendable () -> Void
  ) -> any FolderWatch {
    let number = state.withLock { state in
      state.last += 1
      state.watches[state.last] = (Self.names(of: folder), onChange)
      return state.last
    }
    return MemoryFolderWatch { self.state.withLock { $0.watches[number] = nil } }
  }

  /// Tells those who watch the folder in which something has come to be.
  package func tell(ofNew path: String) {
    let calls = state.withLock { state in
      guard !state.watches.isEmpty else { return [@Sendable () -> Void]() }
      let folder = Self.names(of: path).dropLast()
      return state.watches.sorted { $0.key < $1.key }.map(\.value)
        .filter { $0.folder[...] == folder }.map(\.onChange)
    }
    for call in calls { call() }
  }

  private static func names(of path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }
}

private struct MemoryFolderWatch: FolderWatch {
  let ending: @Sendable () -> Void
  func cancel() { ending() }
}

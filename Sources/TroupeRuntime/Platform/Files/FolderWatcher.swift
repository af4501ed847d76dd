#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Watches folders of this machine: one thread looks at the times of all of them a few times a
/// second.
///
/// inotify and kqueue would need a descriptor for each folder or an own limit of watches, and two
/// implementations, to save the few microseconds that a look at a folder costs.
package final class FolderWatcher: Sendable {
  fileprivate struct Watched {
    let folder: String
    let onChange: @Sendable () -> Void
    var seen: Stamp?
    /// How many more times to call back although nothing seems to have changed.
    var repeats = 0
  }

  fileprivate struct State {
    var last = 0
    var folders: [Int: Watched] = [:]
    var isLooking = false
  }

  /// When a folder was changed last.
  fileprivate struct Stamp: Equatable {
    let seconds: Int
    let nanoseconds: Int
  }

  package static let shared = FolderWatcher(interval: .milliseconds(200), patience: .seconds(5))

  private let state = Monitor(State())
  private let interval: Duration
  private let patience: Duration

  /// - Parameters:
  ///   - interval: The time from one look to the next.
  ///   - patience: How long the thread stays when there is nothing to look at.
  package init(interval: Duration, patience: Duration) {
    self.interval = interval
    self.patience = patience
  }

  /// Calls back after changes in a folder.
  package func watch(
    _ folder: String, _ onChange: @escaping @Sendable () -> Void
  ) -> any FolderWatch {
    let stamp = Self.stamp(of: folder)
    let (number, isFirst) = state.withLock { state in
      state.last += 1
      // What came in at the moment of the look may have left no trace in the time.
      state.folders[state.last] = Watched(
        folder: folder, onChange: onChange, seen: stamp, repeats: 1)
      defer { state.isLooking = true }
      return (state.last, !state.isLooking)
    }
    if isFirst { start() } else { state.wakeOne() }
    return Watch { self.state.withLock { $0.folders[number] = nil } }
  }

  private struct Watch: FolderWatch {
    let ending: @Sendable () -> Void
    func cancel() { ending() }
  }

  private func start() {
    do {
      try BlockingThread.start { self.look() }
    } catch {
      // The system has no thread to give; the next one who watches tries again.
      state.withLock { $0.isLooking = false }
    }
  }

  private func look() {
    while isNeeded() {
      let watched = state.withLock { $0.folders.map { (number: $0.key, folder: $0.value.folder) } }
      for (number, folder) in watched.sorted(by: { $0.number < $1.number }) {
        let stamp = Self.stamp(of: folder)
        let call = state.withLock { $0.note(stamp, of: number) }
        call?()
      }
      pause()
    }
  }

  private func pause() {
    // Nothing is wanted, so that only the time ends it.
    let _: Bool? = state.wait(atMost: interval, for: { _ in nil }, givingUp: { _ in })
  }

  /// Waits for a while until there is something to look at.
  private func isNeeded() -> Bool {
    let isNeeded: Bool? = state.wait(atMost: patience) { state in
      state.folders.isEmpty ? nil : true
    } givingUp: { state in
      state.isLooking = false
    }
    return isNeeded ?? false
  }

  private static func stamp(of folder: String) -> Stamp? {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Stamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }
}

extension FolderWatcher.State {
  /// Takes in when a folder was changed, and says whom to call because of it.
  fileprivate mutating func note(
    _ stamp: FolderWatcher.Stamp?, of number: Int
  ) -> (@Sendable () -> Void)? {
    guard var folder = folders[number] else { return nil }
    defer { folders[number] = folder }
    if stamp != folder.seen {
      folder.seen = stamp
      // The system's times are those of its last tick, so two changes may have the same one.
      folder.repeats = 1
      return folder.onChange
    }
    guard folder.repeats > 0 else { return nil }
    folder.repeats -= 1
    return folder.onChange
  }
}

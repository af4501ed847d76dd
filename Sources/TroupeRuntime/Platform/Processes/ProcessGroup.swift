#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process group that this process, or an earlier one of the same run, has started.
struct ProcessGroup {
  let leader: pid_t

  /// Sends a signal to all that is left of the group.
  ///
  /// - Returns: Whether anything was left, on Linux be it only processes that have ended and that
  ///   nobody has reaped.
  @discardableResult
  func signal(_ signal: Int32) -> Bool {
    kill(-leader, signal) == 0
  }

  /// Whether anything of the group still runs.
  ///
  /// Orphans that have ended stay in the group until the process that inherits them reaps them,
  /// which in a container may be never; they are told apart where the system tells of them.
  var isRunning: Bool {
    guard signal(0) else { return false }
    return ProcessTable.members(of: leader)?.contains { !$0.isOver } ?? true
  }

  /// Ends the group: SIGTERM, and SIGKILL after a grace period. Blocks until nothing of it runs.
  ///
  /// - Parameters:
  ///   - grace: The time between the two, in milliseconds.
  ///   - patience: How long to wait after that, in milliseconds.
  /// - Returns: Whether nothing of it runs any more.
  func end(grace: Int = 2_000, patience: Int = 10_000) -> Bool {
    signal(SIGTERM)
    if isOver(within: grace) { return true }
    signal(SIGKILL)
    return isOver(within: patience)
  }

  private func isOver(within milliseconds: Int) -> Bool {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while isRunning {
      guard ContinuousClock.now < end else { return false }
      ThisThread.sleep(milliseconds: 10)
    }
    return true
  }
}

/// The groups of the commands that run now.
enum LiveGroups {
  private static let leaders = Lock<Set<pid_t>>([])

  static func add(_ leader: pid_t) { leaders.withLock { _ = $0.insert(leader) } }

  static func remove(_ leader: pid_t) { leaders.withLock { _ = $0.remove(leader) } }

  /// Ends all of them at once, because this process is about to end and nobody would.
  static func kill() {
    for leader in leaders.withLock({ $0 }) { ProcessGroup(leader: leader).signal(SIGKILL) }
  }
}

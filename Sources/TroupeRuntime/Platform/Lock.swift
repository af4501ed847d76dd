#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A small lock around a piece of state, for short work that never suspends.
///
/// `Synchronization.Mutex` would serve, but the thread sanitizer of Swift 6.3 on Linux does not see
/// its synchronisation and reports races that are none; a `pthread_mutex_t` it does see.
///
/// Sendable without the compiler's proof: the state is reached only through `withLock`, which holds
/// the mutex, and the mutex has a fixed address for as long as the lock lives.
package final class Lock<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var state: State

  package init(_ state: sending State) {
    self.state = state
    mutex = .allocate(capacity: 1)
    let status = pthread_mutex_init(mutex, nil)
    precondition(status == 0, "pthread_mutex_init failed with error \(status)")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs a short piece of work on the state while nobody else does.
  package func withLock<Result>(
    _ work: (inout State) throws -> sending Result
  ) rethrows -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try work(&state)
  }
}

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
/// The state stands behind a pointer, like the mutex, because the runtime's check for overlapping
/// accesses to a property costs more than the lock.
///
/// Sendable without the compiler's proof: the state is reached only through `withLock`, which holds
/// the mutex, and both have fixed addresses for as long as the lock lives.
package final class Lock<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let state: UnsafeMutablePointer<State>

  package init(_ state: sending State) {
    self.state = .allocate(capacity: 1)
    self.state.initialize(to: state)
    mutex = .allocate(capacity: 1)
    let status = pthread_mutex_init(mutex, nil)
    precondition(status == 0, "pthread_mutex_init failed with error \(status)")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Runs a short piece of work on the state while nobody else does.
  package func withLock<Result>(
    _ work: (inout State) throws -> sending Result
  ) rethrows -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try work(&state.pointee)
  }
}

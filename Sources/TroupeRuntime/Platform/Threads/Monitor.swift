#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock around a piece of state on which threads can wait until the state is as they want it.
///
/// For threads that may block, never for the ones that tasks share.
///
/// Sendable without the compiler's proof: the state is reached only through `withLock` and `wait`,
/// which hold the mutex while they touch it, and all three have fixed addresses for as long as the
/// monitor lives.
final class Monitor<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private let state: UnsafeMutablePointer<State>

  init(_ state: sending State) {
    self.state = .allocate(capacity: 1)
    self.state.initialize(to: state)
    mutex = .allocate(capacity: 1)
    var status = pthread_mutex_init(mutex, nil)
    precondition(status == 0, "pthread_mutex_init failed with error \(status)")
    condition = .allocate(capacity: 1)
    #if canImport(Darwin)
      status = pthread_cond_init(condition, nil)
    #else
      // So that moving the wall clock neither shortens nor lengthens a wait.
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      defer { pthread_condattr_destroy(&attributes) }
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      status = pthread_cond_init(condition, &attributes)
    #endif
    precondition(status == 0, "pthread_cond_init failed with error \(status)")
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Runs a short piece of work on the state while nobody else does.
  func withLock<Result>(
    _ work: (inout State) throws -> sending Result
  ) rethrows -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try work(&state.pointee)
  }

  /// Lets one of the threads that wait look at the state again.
  func wakeOne() {
    pthread_cond_signal(condition)
  }

  /// Blocks the thread until the state gives what is wanted of it.
  ///
  /// - Parameters:
  ///   - limit: How long to wait for it.
  ///   - wanted: Takes from the state what is wanted; called again each time the thread is woken.
  ///   - givingUp: Called, while nobody else can change the state, when the time is over.
  /// - Returns: What was wanted, or `nil` if the time was over before.
  func wait<Result>(
    atMost limit: Duration, for wanted: (inout State) -> sending Result?,
    givingUp: (inout State) -> Void
  ) -> sending Result? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    let end = ContinuousClock.now + limit
    while true {
      if let result = wanted(&state.pointee) { return result }
      let left = end - .now
      guard left > .zero else {
        givingUp(&state.pointee)
        return nil
      }
      block(for: left)
    }
  }

  private func block(for duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec()
    #if canImport(Darwin)
      time.tv_sec = Int(seconds)
      time.tv_nsec = Int(attoseconds / 1_000_000_000)
      pthread_cond_timedwait_relative_np(condition, mutex, &time)
    #else
      clock_gettime(CLOCK_MONOTONIC, &time)
      let nanoseconds = Int64(time.tv_nsec) + attoseconds / 1_000_000_000
      time.tv_sec += time_t(seconds + nanoseconds / 1_000_000_000)
      time.tv_nsec = .init(nanoseconds % 1_000_000_000)
      pthread_cond_timedwait(condition, mutex, &time)
    #endif
  }
}

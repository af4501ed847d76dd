#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The thread that is running.
package enum ThisThread {
  /// A number that no other living thread has.
  package static var id: UInt {
    #if canImport(Glibc)
      UInt(pthread_self())
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }

  /// Does nothing for a while. Only for threads that may block.
  package static func sleep(milliseconds: Int32) {
    _ = poll(nil, 0, milliseconds)
  }

  /// Looks again and again for what is about to come, and lets other threads run in between. Only
  /// for threads that may block, and for waits that are shorter than it takes to wake a thread.
  ///
  /// - Returns: What was looked for, or `nil` if the time was over before.
  static func spin<Found>(atMost limit: Duration, for look: () -> Found?) -> Found? {
    if let found = look() { return found }
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      sched_yield()
      if let found = look() { return found }
    }
    return nil
  }
}

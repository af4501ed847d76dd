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
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs blocking work on a thread of its own, away from the threads that Swift tasks share.
package enum BlockingThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a detached thread.
  ///
  /// - Throws: `SystemError` if the system has no thread to give.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let context = Unmanaged.passRetained(Work(body)).toOpaque()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, &attributes, main, context)
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, main, context)
    #endif
    guard status == 0 else {
      Unmanaged<Work>.fromOpaque(context).release()
      throw SystemError(call: "pthread_create", code: status)
    }
  }

  /// Does some work on a detached thread, and waits for it, whether or not the task is cancelled.
  ///
  /// - Throws: `SystemError` if the system has no thread to give.
  package static func run<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
  ) async throws(SystemError) -> Value {
    let result: Result<Value, SystemError> = await handOver { give in
      do throws(SystemError) {
        try start { give(.success(work())) }
      } catch {
        give(.failure(error))
      }
    }
    return try result.get()
  }

  #if canImport(Darwin)
    private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
      {
        perform($0)
        return nil
      }
  #else
    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
      {
        if let context = $0 { perform(context) }
        return nil
      }
  #endif

  private static func perform(_ context: UnsafeMutableRawPointer) {
    // The thread that runs a command also writes to it; a child that does not read must not end
    // us, nor must a file that may not grow any more: both are errors of the call. On Linux the
    // signals go to the thread that wrote, and what is pending goes with the thread. On Darwin they
    // go to the process: a program without our command line is to ignore them.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGXFSZ)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
  }
}

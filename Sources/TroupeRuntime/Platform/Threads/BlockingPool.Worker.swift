#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension BlockingPool {
  /// A thread of a pool, and what it is about to do without any other hearing of it.
  ///
  /// Used by its own thread only.
  final class Worker {
    /// Whether it runs a task, and not a call.
    var isInJob = false

    private let pool: BlockingPool
    /// What the task that it runs has it call when that waits.
    private var call: (@Sendable () -> Void)?
    /// What its call has made ready to go on.
    private var job: UnownedJob?

    init(of pool: BlockingPool) {
      self.pool = pool
    }

    /// The one that is running; `nil` on a thread of no pool.
    static var current: Worker? {
      pthread_getspecific(key).map { Unmanaged<Worker>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Makes this the current one, until `end`.
    func begin() { pthread_setspecific(Worker.key, Unmanaged.passUnretained(self).toOpaque()) }

    func end() { pthread_setspecific(Worker.key, nil) }

    private static let key: pthread_key_t = {
      var key = pthread_key_t()
      let status = pthread_key_create(&key, nil)
      precondition(status == 0, "pthread_key_create failed with error \(status)")
      return key
    }()

    /// Puts a call off until the task on this thread waits for something.
    ///
    /// - Returns: Whether it was put off: there can be one.
    func putOff(_ call: @escaping @Sendable () -> Void, for pool: BlockingPool) -> Bool {
      guard pool === self.pool, isInJob, self.call == nil else { return false }
      self.call = call
      return true
    }

    /// Keeps a task that is to go on once the call on this thread has come to its end.
    ///
    /// - Returns: One that it does not keep: what is ready last goes on here, as most of what it
    ///   needs is at hand.
    func keep(_ job: UnownedJob, for pool: BlockingPool) -> UnownedJob? {
      guard pool === self.pool, !isInJob else { return job }
      defer { self.job = job }
      return self.job
    }

    /// What it is to do next, if it knows of something.
    func takeOwn() -> Work? {
      if let call {
        self.call = nil
        return .call(call)
      }
      defer { job = nil }
      return job.map(Work.job)
    }
  }
}

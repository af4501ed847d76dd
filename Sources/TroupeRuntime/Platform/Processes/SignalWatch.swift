#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals that a command line minds, as a sequence.
package enum SignalWatch {
  /// A signal.
  package enum Signal: Sendable, CaseIterable {
    /// Ctrl-C.
    case interrupt
    /// A request to end.
    case terminate
    /// The terminal has gone.
    case hangUp
    /// The terminal has another size.
    case resize

    fileprivate var number: Int32 {
      switch self {
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      case .hangUp: SIGHUP
      case .resize: SIGWINCH
      }
    }
  }

  private typealias Continuation = AsyncStream<Signal>.Continuation

  private static let watcher = Lock<Continuation?>(nil)

  /// Starts the thread that reads what the handler writes; once in a process, for its whole life,
  /// so that a signal on its way never meets a closed descriptor.
  private static let isReading: Bool = {
    guard let pipe = try? Pipe() else { return false }
    makeNonblocking(pipe.writing)
    signalPipe = pipe.writing
    let start: Void? = try? BlockingThread.start {
      var byte: UInt8 = 0
      while true {
        let count = read(pipe.reading, &byte, 1)
        if count == 1 {
          let signal = Signal.allCases.first { UInt8(truncatingIfNeeded: $0.number) == byte }
          // After the lock, which the consumer's cancellation takes as well: see
          // `EventLog.Addition`.
          if let signal { watcher.withLock { $0 }?.yield(signal) }
        } else if count == 0 || errno != EINTR {
          break
        }
      }
    }
    return start != nil
  }()

  /// The signals from now on. They have no other effect until the sequence is let go; then they do
  /// again what they do by default. There is one watcher at a time.
  package static func signals() -> AsyncStream<Signal> {
    let (stream, continuation) = AsyncStream<Signal>.makeStream()
    guard isReading else {
      continuation.finish()
      return stream
    }
    watcher.withLock { $0 = continuation }
    // What is ignored from the start stays so: nohup ignores SIGHUP, a shell SIGINT in background.
    let watched = Signal.allCases.filter { !isIgnored($0.number) }
    for signal in watched { handle(signal.number) }
    continuation.onTermination = { _ in
      for signal in watched { _ = systemSignal(signal.number, SIG_DFL) }
      watcher.withLock { $0 = nil }
    }
    return stream
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func handle(_ number: Int32) {
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = noteSignal
    #else
      action.__sigaction_handler.sa_handler = noteSignal
    #endif
    action.sa_flags = Int32(SA_RESTART)
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, nil)
  }
}

/// Where the handler writes the signal's number; -1 until there is a pipe.
///
/// Not isolated without the compiler's proof: it is written once, before a handler is installed,
/// and only read afterwards.
nonisolated(unsafe) private var signalPipe: Int32 = -1

/// Does only what a signal handler may (POSIX, "Async-signal-safe functions").
private let noteSignal: @convention(c) (Int32) -> Void = { number in
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(signalPipe, &byte, 1)
  errno = saved
}

private func systemSignal(
  _ number: Int32, _ action: (@convention(c) (Int32) -> Void)?
) -> Bool {
  signal(number, action)
  return true
}

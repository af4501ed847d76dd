#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system says about an error number.
package func systemMessage(_ code: Int32) -> String {
  String(cString: strerror(code))
}

/// A call of the system that failed.
package struct SystemError: Error, Sendable, CustomStringConvertible {
  package let call: String
  package let code: Int32
  /// Where that was, if not at the path that the call was for.
  package var place: String?
  package var description: String { "\(call): \(reason)" }
  /// What went wrong, without the call; where too many files are open, also what to do.
  package var reason: String {
    guard code == EMFILE else { return systemMessage(code) }
    return systemMessage(code)
      + "; a run that is kept has two files open: raise the limit ('ulimit -n'), or run fewer at once"
  }
}

/// A pipe whose ends no child inherits.
struct Pipe {
  let reading: Int32
  let writing: Int32

  /// Held while descriptors are made and while children are started, for systems that cannot make
  /// a pipe close-on-exec in one step.
  ///
  /// Guards nothing of its own, but its state has a size: the thread sanitizer takes an access to
  /// one without for an access to the lock's header, and reports a race that is none.
  static let starting = Lock(UInt8(0))

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard Self.open(&ends) == 0 else { throw SystemError(call: "pipe", code: errno) }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  private static func open(_ ends: inout [Int32]) -> Int32 {
    #if !canImport(Darwin)
      // Linux has pipe2, which the Swift overlay of Glibc does not show.
      typealias Function = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
      if let symbol = dlsym(nil, "pipe2") {
        return unsafeBitCast(symbol, to: Function.self)(&ends, Int32(O_CLOEXEC))
      }
    #endif
    return pipe(&ends)
  }
}

/// Sets a descriptor so that reading and writing never wait.
func makeNonblocking(_ descriptor: Int32) {
  let flags = fcntl(descriptor, F_GETFL)
  _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
}

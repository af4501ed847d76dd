#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A descriptor of this process: one it was started with, or an open file.
package struct Descriptor: Sendable {
  let number: Int32

  package static let standardInput = Descriptor(number: 0)
  package static let standardOutput = Descriptor(number: 1)
  package static let standardError = Descriptor(number: 2)

  /// Whether the descriptor leads to a terminal.
  package var isTerminal: Bool { isatty(number) == 1 }

  /// The size of the terminal in characters, or `nil` if this is none; 80 by 24 where it does not
  /// say.
  package var terminalSize: (columns: Int, rows: Int)? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Writes all bytes, however long that takes.
  ///
  /// - Throws: `SystemError`; `isBrokenPipe` tells that nobody reads any more.
  package func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(number, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else {
        try waitIfTemporary("write", for: Int16(POLLOUT))
      }
    }
  }

  /// Reads to the end.
  ///
  /// - Throws: `SystemError`, with `EFBIG` if there are more bytes than the limit.
  package func readToEnd(limit: Int = .max) throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(number, $0.baseAddress, $0.count) }
      if count == 0 { return all }
      if count > 0 {
        all += buffer[..<count]
        if all.count > limit { throw SystemError(call: "read", code: EFBIG) }
      } else {
        try waitIfTemporary("read", for: Int16(POLLIN))
      }
    }
  }

  /// Reads a file, a pipe or a device to its end.
  package static func bytes(ofFile path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw SystemError(call: "open", code: errno) }
    defer { close(number) }
    return try Descriptor(number: number).readToEnd(limit: limit)
  }

  /// Makes descriptors 0, 1 and 2 lead somewhere if whoever started the process had closed them,
  /// so that what is opened later does not get their numbers. They still can be neither read nor
  /// written.
  package static func fillStandard() {
    for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Returns when a failed call may be tried again, and throws if that would not help.
  private func waitIfTemporary(_ call: String, for events: Int16) throws(SystemError) {
    let code = errno
    switch code {
    case EINTR: break
    case EAGAIN:
      // Another process may have set the terminal, which it shares with us, to not wait.
      var wait = pollfd(fd: number, events: events, revents: 0)
      _ = poll(&wait, 1, -1)
    default: throw SystemError(call: call, code: code)
    }
  }
}

private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(number, bytes, count)
}

extension SystemError {
  /// Whether whoever read what we write has gone.
  package var isBrokenPipe: Bool { code == EPIPE }

  /// Whether what was to be opened is not there.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether there were more bytes than were wanted.
  package var isTooLarge: Bool { code == EFBIG }
}

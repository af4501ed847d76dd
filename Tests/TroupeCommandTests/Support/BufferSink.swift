import TroupeCommand
import TroupeRuntime

/// Keeps what is written.
final class BufferSink: TextSink {
  private let buffer = Lock("")

  var text: String { buffer.withLock { $0 } }

  func write(_ text: String) throws {
    buffer.withLock { $0 += text }
  }
}

/// Where nobody reads.
struct ClosedSink: TextSink {
  func write(_ text: String) throws { throw BrokenPipe() }
}

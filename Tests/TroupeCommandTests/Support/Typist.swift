import TroupeCommand
import TroupeRuntime

/// A person at a terminal, who types a line whenever a prompt is shown.
struct Typist: Sendable {
  private let script: Lock<ArraySlice<String>>
  private let stream: AsyncStream<String>
  private let continuation: AsyncStream<String>.Continuation

  init(_ lines: String...) {
    script = Lock(lines[...])
    (stream, continuation) = AsyncStream.makeStream()
  }

  /// What is typed.
  var lines: @Sendable () -> AsyncStream<String> { { stream } }

  /// Looks at what is written to a sink.
  func watching(_ sink: BufferSink) -> any TextSink { Eye(typist: self, sink: sink) }

  private struct Eye: TextSink {
    let typist: Typist
    let sink: BufferSink

    func write(_ text: String) throws {
      try sink.write(text)
      guard text.hasSuffix("> ") else { return }
      if let line = typist.script.withLock({ $0.popFirst() }) {
        typist.continuation.yield(line)
      } else {
        typist.continuation.finish()
      }
    }
  }
}

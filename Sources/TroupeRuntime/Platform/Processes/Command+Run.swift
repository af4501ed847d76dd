#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Command {
  /// Runs the command and gives what it wrote.
  ///
  /// When the task is cancelled or a limit is passed, the child and its whole process group get
  /// SIGTERM, and after the grace period SIGKILL. The same happens to what is left of the group
  /// when the child has exited. Returns when the child is reaped.
  package func run() async throws(CommandError) -> CommandResult {
    try await run(onOutput: nil)
  }

  /// Runs the command and hands on what it writes, piece by piece, on the command's own thread.
  ///
  /// - Parameter onOutput: Is given each piece of standard output in order; if it throws, the
  ///   command is ended.
  package func run(
    onOutput: (@Sendable (UnsafeRawBufferPointer) throws -> Void)?
  ) async throws(CommandError) -> CommandResult {
    do {
      let ear = try WakeUp()
      return try await withTaskCancellationHandler {
        try await BlockingThread.run { supervise(ear, onOutput) }.get()
      } onCancel: {
        ear.wake(WakeUp.cancelled)
      }
    } catch {
      throw failure(error)
    }
  }

  private func supervise(
    _ ear: WakeUp, _ onOutput: (@Sendable (UnsafeRawBufferPointer) throws -> Void)?
  ) -> Result<CommandResult, CommandError> {
    do {
      var supervisor = try Supervisor(self, ear, onOutput)
      return supervisor.supervise()
    } catch {
      return .failure(failure(error))
    }
  }

  private func failure(_ error: any Error) -> CommandError {
    switch error {
    case let error as CommandError: error
    case let error as SystemError: CommandError(executable, .system(error.call, error.code))
    default: CommandError(executable, .unusable("\(error)"))
    }
  }
}

/// A pipe to oneself by which other threads wake a thread that waits in `poll`.
final class WakeUp: Sendable {
  static let exited = UInt8(ascii: "x")
  static let cancelled = UInt8(ascii: "c")

  let reading: Int32
  private let writing: Int32

  init() throws {
    let pipe = try Pipe.starting.withLock { _ in try Pipe() }
    (reading, writing) = (pipe.reading, pipe.writing)
    makeNonblocking(reading)
    makeNonblocking(writing)
  }

  deinit {
    close(reading)
    close(writing)
  }

  func wake(_ reason: UInt8) {
    var byte = reason
    _ = write(writing, &byte, 1)
  }

  /// The reasons since the last call.
  func reasons() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = read(reading, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)) : []
  }
}

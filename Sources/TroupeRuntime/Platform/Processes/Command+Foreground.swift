#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Command {
  /// Runs the command in the place of this process: on its terminal, with its standard descriptors,
  /// and in its process group, as a shell runs an editor; `input` and `limits` mean nothing. Ctrl-C
  /// meanwhile is for the command alone.
  ///
  /// - Returns: How it ended.
  package func runInForeground() async throws(CommandError) -> CommandResult.Status {
    let result: Result<CommandResult.Status, CommandError>
    do {
      result = try await BlockingThread.run {
        Result { () throws(CommandError) in
          let before = signal(SIGINT, SIG_IGN)
          defer { signal(SIGINT, before) }
          let child = try Spawn(command: self, input: 0, output: 1, error: 2)
            .start(inGroupOfItsOwn: false)
          return Self.end(of: child)
        }
      }
    } catch {
      throw CommandError(executable, .unusable("\(error)"))
    }
    return try result.get()
  }

  private static func end(of child: pid_t) -> CommandResult.Status {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}

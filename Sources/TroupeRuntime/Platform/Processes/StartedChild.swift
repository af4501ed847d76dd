#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A child that has just been started, and this process's ends of what it reads and writes.
struct StartedChild {
  let process: pid_t
  /// `nil` if it is given nothing to read.
  let input: Int32?
  let output: Int32
  let error: Int32

  init(of command: Command) throws {
    var opened: [Int32] = []
    do {
      self = try Pipe.starting.withLock { _ in try Self(command, opening: &opened) }
    } catch {
      for end in opened { close(end) }
      throw error
    }
  }

  /// - Parameter opened: What is open until the child has been started.
  private init(_ command: Command, opening opened: inout [Int32]) throws {
    func pipe() throws -> Pipe {
      let pipe = try Pipe()
      opened += [pipe.reading, pipe.writing]
      return pipe
    }
    let (output, error) = (try pipe(), try pipe())
    let input: (reading: Int32, writing: Int32?)
    if case .none = command.input {
      let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard null >= 0 else { throw SystemError(call: "/dev/null", code: errno) }
      opened.append(null)
      input = (null, nil)
    } else {
      let pipe = try pipe()
      #if canImport(Darwin)
        // Of this end only: a child that inherits one with the flag would get no signal either.
        _ = fcntl(pipe.writing, F_SETNOSIGPIPE, 1)
      #endif
      input = (pipe.reading, pipe.writing)
    }
    var aside: Int32?
    if let bytes = command.aside {
      guard bytes.count <= Command.asideLimit else {
        throw CommandError(command.executable, .unusable("it is to read too much aside"))
      }
      let pipe = try pipe()
      try Descriptor(number: pipe.writing).write(bytes)
      close(pipe.writing)
      opened.removeLast()
      aside = pipe.reading
    }
    process = try Spawn(
      command: command, input: input.reading, output: output.writing, error: error.writing,
      aside: aside
    ).start()
    LiveGroups.add(process)
    for end in [input.reading, output.writing, error.writing, aside] {
      if let end { close(end) }
    }
    (self.input, self.output, self.error) = (input.writing, output.reading, error.reading)
  }
}

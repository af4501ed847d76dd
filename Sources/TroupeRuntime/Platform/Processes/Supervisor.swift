#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Looks after one child from its start to its end, on a thread of its own: feeds it, reads what it
/// writes, watches its limits, and ends its group.
struct Supervisor {
  private let command: Command
  private let ear: WakeUp
  private let onOutput: ((UnsafeRawBufferPointer) throws -> Void)?
  private let child: pid_t

  private var input: Int32?
  private var output: Int32?
  private var error: Int32?
  private var pending: ArraySlice<UInt8> = []

  private var written: [UInt8] = []
  private var writtenCount = 0
  private var errorTail: [UInt8] = []

  private var status: CommandResult.Status?
  private var reason: CommandError.Kind?
  private var killAt: ContinuousClock.Instant?
  private var drainUntil: ContinuousClock.Instant?
  private var killed = 0
  private let timeLimit: ContinuousClock.Instant?
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)

  init(
    _ command: Command, _ ear: WakeUp,
    _ onOutput: (@Sendable (UnsafeRawBufferPointer) throws -> Void)?
  ) throws {
    self.command = command
    self.ear = ear
    self.onOutput = onOutput
    timeLimit = command.limits.time.map { ContinuousClock.now + $0 }
    let started = try StartedChild(of: command)
    child = started.process
    (input, output, error) = (started.input, started.output, started.error)
    for end in [input, output, error] { if let end { makeNonblocking(end) } }
    do {
      try command.groups?.note(StartedGroup(startedHere: child))
    } catch {
      endAtOnce()
      throw error
    }
    if case .bytes(let bytes) = command.input { pending = bytes[...] }
    do {
      try BlockingThread.start { [child, ear] in
        // The child stays unreaped, and so its number its own, until the supervisor has seen it
        // end.
        var info = siginfo_t()
        while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        ear.wake(WakeUp.exited)
      }
    } catch {
      endAtOnce()
      throw error
    }
  }

  mutating func supervise() -> Result<CommandResult, CommandError> {
    while !isDone {
      wait()
      let now = ContinuousClock.now
      if status == nil, reason == nil, let timeLimit, now >= timeLimit,
        let limit = command.limits.time
      {
        end(because: .timedOut(limit))
      }
      if let killAt, now >= killAt {
        let group = ProcessGroup(leader: child)
        let isThere = status == nil || group.isRunning
        if isThere { group.signal(SIGKILL) }
        killed += 1
        self.killAt = isThere ? now + .milliseconds(20) : nil
      }
      if let drainUntil, now >= drainUntil { closeAll() }
    }
    closeAll()
    forget()
    let result = status ?? .exited(0)
    if let reason {
      return .failure(CommandError(command.executable, reason, errorTail: errorTail))
    }
    return .success(CommandResult(status: result, output: written, errorTail: errorTail))
  }

  /// Ends a child that nobody watches.
  private mutating func endAtOnce() {
    ProcessGroup(leader: child).signal(SIGKILL)
    while waitpid(child, nil, 0) < 0 && errno == EINTR {}
    closeAll()
    forget()
  }

  private func forget() {
    LiveGroups.remove(child)
    if !ProcessGroup(leader: child).isRunning { command.groups?.forget(child) }
  }

  /// Done when the child is reaped, its output read, and nothing is left of its group but what
  /// whoever inherits orphans has not reaped.
  private var isDone: Bool {
    guard status != nil, output == nil, error == nil else { return false }
    return killed > 5 || !ProcessGroup(leader: child).isRunning
  }

  private mutating func wait() {
    var waiting = [pollfd(fd: ear.reading, events: Int16(POLLIN), revents: 0)]
    for end in [output, error] {
      if let end { waiting.append(pollfd(fd: end, events: Int16(POLLIN), revents: 0)) }
    }
    if let input { waiting.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    guard poll(&waiting, nfds_t(waiting.count), timeout) > 0 else { return }
    for entry in waiting where entry.revents != 0 {
      if entry.fd == ear.reading { heed() }
      if entry.fd == output { readOutput() }
      if entry.fd == error { readError() }
      if entry.fd == input { feed() }
    }
  }

  /// The milliseconds until something is due, or -1.
  private var timeout: Int32 {
    let limit = status == nil && reason == nil ? timeLimit : nil
    let dues = [limit, killAt, drainUntil].compactMap(\.self)
    var milliseconds: Int64 = -1
    if let next = dues.min() {
      let left = (next - .now).components
      milliseconds = max(0, left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000 + 1)
    }
    // Once the child has ended nobody tells when the rest of its group does.
    if status != nil, output == nil, error == nil {
      milliseconds = milliseconds < 0 ? 10 : min(milliseconds, 10)
    }
    return Int32(clamping: milliseconds)
  }

  private mutating func heed() {
    for reason in ear.reasons() {
      switch reason {
      case WakeUp.cancelled: end(because: .cancelled)
      case WakeUp.exited: reap()
      default: break
      }
    }
  }

  /// Ends the child and its group, unless that has already begun.
  private mutating func end(because kind: CommandError.Kind) {
    guard reason == nil, status == nil else { return }
    reason = kind
    ProcessGroup(leader: child).signal(SIGTERM)
    killAt = .now + command.limits.grace
  }

  /// Refuses what the child has written, of which much may be left to be read when it has ended.
  private mutating func refuse(because kind: CommandError.Kind) {
    end(because: kind)
    reason = reason ?? kind
  }

  private mutating func reap() {
    // Before the child is reaped, while its number, which is its group's, cannot be another's.
    ProcessGroup(leader: child).signal(SIGTERM)
    var code: Int32 = 0
    while waitpid(child, &code, 0) < 0 && errno == EINTR {}
    // The macros of <sys/wait.h>: the low seven bits are the signal, the next byte the exit code.
    let signal = code & 0x7F
    status = signal == 0 ? .exited((code >> 8) & 0xFF) : .signalled(signal)
    if let input { close(input) }
    input = nil
    drainUntil = .now + command.limits.drain
    if killAt == nil { killAt = .now + command.limits.grace }
  }

  private mutating func readOutput() {
    guard let end = output else { return }
    while true {
      let count = read(end, &buffer, buffer.count)
      if count > 0 {
        take(count)
        if count == buffer.count, reason == nil { continue }
        return
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      close(end)
      output = nil
      return
    }
  }

  private mutating func take(_ count: Int) {
    guard reason == nil else { return }
    if let onOutput {
      do {
        try buffer.withUnsafeBytes { try onOutput(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      } catch {
        refuse(because: .refused("\(error)"))
      }
    } else {
      writtenCount += count
      if writtenCount > command.limits.output {
        refuse(because: .tooMuchOutput(limit: command.limits.output))
      } else {
        written.append(contentsOf: buffer[..<count])
      }
    }
  }

  private mutating func readError() {
    guard let end = error else { return }
    let count = read(end, &buffer, buffer.count)
    if count > 0 {
      errorTail.append(contentsOf: buffer[..<count])
      let surplus = errorTail.count - command.limits.errorTail
      if surplus > 0 { errorTail.removeFirst(surplus) }
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      close(end)
      error = nil
    }
  }

  private mutating func feed() {
    guard let end = input else { return }
    if pending.isEmpty, case .stream(let next) = command.input {
      pending = (next() ?? [])[...]
    }
    while !pending.isEmpty {
      let count = pending.withUnsafeBytes { write(end, $0.baseAddress, $0.count) }
      if count > 0 {
        pending = pending.dropFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        // The child does not read any further, which is its right.
        close(end)
        input = nil
        return
      }
      if pending.isEmpty, case .stream = command.input { return }
    }
    close(end)
    input = nil
  }

  private mutating func closeAll() {
    for end in [input, output, error] { if let end { close(end) } }
    (input, output, error) = (nil, nil, nil)
  }
}

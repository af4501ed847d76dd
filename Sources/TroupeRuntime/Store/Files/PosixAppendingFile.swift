/// A file of this machine that is only ever added to.
final class PosixAppendingFile: AppendingFile {
  private let file: Descriptor
  private let pool: BlockingPool
  private let latest = Lock<Commit?>(nil)

  init(file: Descriptor, pool: BlockingPool) {
    (self.file, self.pool) = (file, pool)
  }

  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    let commit = Commit { [file] in
      // What ends a stage is often followed at once by what begins the next one.
      ThisThread.spin(atMost: .microseconds(200)) { isAwaited() ? () : nil }
      do throws(SystemError) {
        try file.write(batch())
        // Not tried again if it fails: the system has then forgotten what it could not write, and
        // the next sync would claim that all is well.
        try file.syncData()
        done(.success(()))
      } catch {
        done(.failure(error))
      }
    }
    latest.withLock { $0 = commit }
    // Whoever waits for the batch is most often the task that has added to it.
    let isPutOff = pool.submitForLater { commit.perform() }
    // Somebody who came to wait for it just now may have seen the one before, and hastened that.
    if isPutOff, !isAwaited() { return }
    guard commit.isToBeHastened(false), isPutOff else { return }
    pool.submit { commit.perform() }
  }

  func hasten(isAboutToWait: Bool) {
    guard let commit = latest.withLock({ $0 }), commit.isToBeHastened(isAboutToWait) else { return }
    pool.submit { commit.perform() }
  }

  func close() { file.closeNow() }
}

/// A commit that is done by whoever comes to it first.
private final class Commit: Sendable {
  private struct State {
    var work: (@Sendable () -> Void)?
    var isHastened = false
  }

  private let state: Lock<State>
  /// The thread that does it when its task waits for something.
  private let thread = ThisThread.id

  init(_ work: @escaping @Sendable () -> Void) {
    state = Lock(State(work: work))
  }

  /// Whether its thread may have other things to do for long, and nobody has seen to that before.
  func isToBeHastened(_ isAboutToWait: Bool) -> Bool {
    if isAboutToWait, thread == ThisThread.id { return false }
    return state.withLock { state in
      defer { state.isHastened = true }
      return !state.isHastened && state.work != nil
    }
  }

  func perform() {
    let work = state.withLock { state in
      defer { state.work = nil }
      return state.work
    }
    work?()
  }
}

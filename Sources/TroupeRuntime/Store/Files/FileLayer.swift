/// What a store needs of a file system: the same few operations whether files are on a disk, in
/// memory, or in a simulated world that can crash.
///
/// Paths are absolute or relative to the current folder, with `/` between names. Nothing is created
/// readable for anybody but the owner. A change of a folder (a file created, renamed or removed in
/// it) is durable once the folder is synced, a change of a file once the file is.
///
/// No operation heeds the cancellation of its caller's task: what has begun is finished.
package protocol FileLayer: Sendable {
  /// Where tasks best run that use these files much; `nil` if that is all the same.
  var preferredExecutor: (any TaskExecutor)? { get }

  /// Whether a file or folder lies on another machine, where locks and syncs mean less than here.
  ///
  /// What cannot be told is taken to be on this one.
  ///
  /// - Throws: `SystemError` if there is no such file or folder.
  func isNetwork(_ path: String) async throws(SystemError) -> Bool

  /// Creates a folder; its parent must exist.
  func makeFolder(_ path: String) async throws(SystemError)

  /// The names of what is in a folder, sorted by their bytes.
  func names(in folder: String) async throws(SystemError) -> [String]

  /// What a file holds.
  ///
  /// - Throws: `SystemError`, with `EFBIG` if there are more bytes than the limit.
  func read(_ path: String, limit: Int) async throws(SystemError) -> [UInt8]

  /// Creates a file that must not exist, writes it and syncs it. Its folder is not synced.
  ///
  /// If writing or syncing fails, the file stays, with whatever there is of it.
  func create(_ path: String, _ bytes: [UInt8]) async throws(SystemError)

  /// Renames a file or folder; a file that has the new name is replaced.
  func rename(_ path: String, to newPath: String) async throws(SystemError)

  /// Removes a file, or an empty folder.
  func remove(_ path: String) async throws(SystemError)

  /// Makes durable what was created, renamed and removed in a folder.
  func syncFolder(_ path: String) async throws(SystemError)

  /// Cuts a file off after a number of bytes, and syncs it.
  ///
  /// - Throws: `SystemError`, with `EINVAL` if it does not have so many.
  func truncate(_ path: String, to length: Int) async throws(SystemError)

  /// Writes once more what was read in a file at an offset, and syncs it.
  ///
  /// What a sync has failed to write, the system takes for written: no later sync writes it, unless
  /// it is written once more. Nor need it be in memory any more when it was read, so that only the
  /// caller is sure to have it.
  ///
  /// - Parameters:
  ///   - bytes: What the file holds there; writing is never interrupted in a way that leaves less.
  ///   - offset: Where, at most at the file's end.
  func rewrite(_ path: String, _ bytes: [UInt8], at offset: Int) async throws(SystemError)

  /// Opens an existing file to add to its end.
  func openForAppending(_ path: String) async throws(SystemError) -> any AppendingFile

  /// Takes the exclusive lock of a file, which is created if need be, and writes a note into it
  /// for whoever comes too late.
  ///
  /// The lock alone decides, never the note. It ends with the process, whatever happens to it.
  ///
  /// - Throws: `FileIsLocked` if another process, or another part of this one, holds it, or
  ///   `SystemError`.
  func lock(_ path: String, note: String) async throws -> any FileLock

  /// The note of whoever holds the lock of a file, or `nil` if nobody does or there is no such
  /// file.
  ///
  /// It tells how things were at one instant: when this returns, the lock may have been taken or
  /// released. Asking never keeps anybody from taking it, and creates nothing.
  func holder(of path: String) async throws(SystemError) -> String?

  /// Whether a file belongs to the user of this process; of a symbolic link, whether it does
  /// itself.
  func isOwn(_ path: String) async throws(SystemError) -> Bool

  /// Whether a symbolic link is at a path; `false` if nothing is.
  func isLink(_ path: String) async throws(SystemError) -> Bool

  /// Where it is noted which process groups work for a run; `nil` where no other process would see
  /// that.
  func groups(at path: String) -> GroupFolder?

  /// Does what takes long and waits for nothing, where that keeps nobody waiting.
  func compute<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value

  /// Calls back whenever something new may be in a folder, until the watch is cancelled.
  ///
  /// The call may come late, without need, and once for several changes; after the last change
  /// there is one. It comes on any thread, and what it does must be quick.
  func watch(_ folder: String, _ onChange: @escaping @Sendable () -> Void) -> any FolderWatch
}

extension FileLayer {
  package func groups(at path: String) -> GroupFolder? { nil }
  package var preferredExecutor: (any TaskExecutor)? { nil }
  package func isNetwork(_ path: String) async throws(SystemError) -> Bool { false }
  package func isLink(_ path: String) async throws(SystemError) -> Bool { false }

  /// Does it at once.
  package func compute<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try work()
  }
}

/// A folder that is being watched.
package protocol FolderWatch: Sendable {
  /// Ends the watch; a call that is under way may still come to its end.
  func cancel()
}

/// A file that is only ever added to.
package protocol AppendingFile: Sendable {
  /// Adds a batch of bytes to the file and syncs it, in the background, and then says how it went.
  ///
  /// There is at most one commit of a file at a time.
  ///
  /// - Parameters:
  ///   - batch: Gives the bytes. Called once and as late as possible, when the writing begins, so
  ///     that what is added until then goes into the same batch.
  ///   - isAwaited: Whether somebody waits for the batch. While nobody does, writing may be put off
  ///     for a moment, in which more may come.
  ///   - done: Called when the bytes are durable, or when writing or syncing failed: then it is
  ///     not known how many of them are in the file.
  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void)

  /// Sees to it that a commit begins soon, which else may be put off until the task that has asked
  /// for it waits for something.
  ///
  /// - Parameter isAboutToWait: Whether the caller's own task is about to do so.
  func hasten(isAboutToWait: Bool)

  /// Closes the file; to be called once, when no commit is under way.
  func close()
}

extension AppendingFile {
  package func hasten(isAboutToWait: Bool) {}
}

/// A lock that is held until it is released.
package protocol FileLock: Sendable {
  /// Releases the lock; the file stays.
  func release()
}

/// A lock is held by somebody else.
package struct FileIsLocked: Error, Sendable {
  /// The note of whoever holds it; empty if it is not known.
  package let note: String

  package init(note: String) {
    self.note = note
  }
}

extension AppendingFile {
  /// Adds a batch of bytes for which somebody waits.
  package func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    commit(batch, isAwaited: { true }, then: done)
  }
}

/// The files of this machine.
///
/// Whatever may block is done on the threads of a pool, never on those that tasks share. Folders
/// are created with mode 0700 and files with 0600, no child inherits them, and a symbolic link in
/// the place of a file is refused with `ELOOP`; below a root, any link is.
package struct PosixFiles: FileLayer {
  private let pool: BlockingPool
  private let root: String?

  /// - Parameter root: The folder, which may be a link itself, below which none is followed.
  package init(pool: BlockingPool = .files, below root: String? = nil) {
    (self.pool, self.root) = (pool, root)
  }

  package func groups(at path: String) -> GroupFolder? { GroupFolder(path: path, below: root) }
  package var preferredExecutor: (any TaskExecutor)? { pool }

  package func isNetwork(_ path: String) async throws(SystemError) -> Bool {
    try await pool.run { () throws(SystemError) in try NetworkFileSystem.holds(path) }
  }

  package func makeFolder(_ path: String) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in try FolderCalls.make(path, below: root) }
  }

  package func names(in folder: String) async throws(SystemError) -> [String] {
    try await pool.run { () throws(SystemError) in try FolderCalls.names(in: folder, below: root) }
  }

  package func rename(_ path: String, to newPath: String) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in
      try FolderCalls.rename(path, to: newPath, below: root)
    }
  }

  package func remove(_ path: String) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in try FolderCalls.remove(path, below: root) }
  }

  package func syncFolder(_ path: String) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in
      let folder = try Descriptor.folder(path, below: root)
      defer { folder.closeNow() }
      try folder.sync()
    }
  }

  package func read(_ path: String, limit: Int) async throws(SystemError) -> [UInt8] {
    try await pool.run { () throws(SystemError) in
      let file = try Descriptor.file(path, for: .reading, below: root)
      defer { file.closeNow() }
      return try file.readToEnd(limit: limit)
    }
  }

  package func create(_ path: String, _ bytes: [UInt8]) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in
      let file = try Descriptor.file(path, for: .creating, below: root)
      defer { file.closeNow() }
      try file.write(bytes)
      try file.sync()
    }
  }

  package func truncate(_ path: String, to length: Int) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in
      let file = try Descriptor.file(path, for: .writing, below: root)
      defer { file.closeNow() }
      try file.truncate(to: length)
      try file.sync()
    }
  }

  package func rewrite(
    _ path: String, _ bytes: [UInt8], at offset: Int
  ) async throws(SystemError) {
    try await pool.run { () throws(SystemError) in
      let file = try Descriptor.file(path, for: .writing, below: root)
      defer { file.closeNow() }
      try file.seek(to: offset)
      try file.write(bytes)
      try file.sync()
    }
  }

  package func openForAppending(_ path: String) async throws(SystemError) -> any AppendingFile {
    let file = try await pool.run { () throws(SystemError) in
      try Descriptor.file(path, for: .appending, below: root)
    }
    return PosixAppendingFile(file: file, pool: pool)
  }

  package func lock(_ path: String, note: String) async throws -> any FileLock {
    let (file, holder) = try await pool.run { () throws(SystemError) in
      try lock(path, note: note)
    }
    guard let file else { throw FileIsLocked(note: holder) }
    return PosixFileLock(file)
  }

  package func holder(of path: String) async throws(SystemError) -> String? {
    try await pool.run { () throws(SystemError) in
      let file: Descriptor
      do throws(SystemError) {
        file = try Descriptor.file(path, for: .reading, below: root)
      } catch {
        guard error.isMissing else { throw error }
        return nil
      }
      defer { file.closeNow() }
      guard try file.lock(isShared: true) else { return Self.note(in: file) }
      // A shared lock, which `locked` does not take for a holder. Closing the file would not be
      // enough to let it go: see `unlock`.
      file.unlock()
      return nil
    }
  }

  package func isOwn(_ path: String) async throws(SystemError) -> Bool {
    try await pool.run { () throws(SystemError) in try FolderCalls.isOwn(path, below: root) }
  }

  package func isLink(_ path: String) async throws(SystemError) -> Bool {
    try await pool.run { () throws(SystemError) in try FolderCalls.isLink(path, below: root) }
  }

  package func compute<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await pool.run { () throws(SystemError) in Result { try work() } }.get()
  }

  package func watch(
    _ folder: String, _ onChange: @escaping @Sendable () -> Void
  ) -> any FolderWatch {
    FolderWatcher.shared.watch(folder, onChange)
  }

  /// The file that is now locked, or else the note of whoever holds it.
  private func lock(
    _ path: String, note: String
  ) throws(SystemError) -> (file: Descriptor?, holder: String) {
    while true {
      let file = try Descriptor.file(path, for: .locking, below: root)
      do {
        guard try Self.locked(file) else {
          defer { file.closeNow() }
          return (nil, Self.note(in: file))
        }
        if try file.isAt(path, below: root) {
          // The note only helps people: the lock holds without it, be the disk full or not.
          try? file.truncate(to: 0)
          try? file.write(note.utf8)
          return (file, "")
        }
        // Whoever had the lock removed the file, or moved its folder, after it was opened here.
        file.unlock()
      } catch {
        file.closeNow()
        throw error
      }
      file.closeNow()
    }
  }

  /// Takes the exclusive lock of a file unless somebody holds it.
  ///
  /// Who only asks for the holder has a shared lock for an instant. Where that is all there is, a
  /// shared lock can be had as well, and it is soon gone: then this tries again.
  private static func locked(_ file: Descriptor) throws(SystemError) -> Bool {
    for _ in 0..<1_000 {
      if try file.lock() { return true }
      guard try file.lock(isShared: true) else { return false }
      file.unlock()
      ThisThread.sleep(milliseconds: 1)
    }
    return false
  }

  private static func note(in file: Descriptor) -> String {
    String(decoding: (try? file.readToEnd(limit: 1 << 16)) ?? [], as: UTF8.self)
  }
}

/// Files that are nowhere but in the memory of this process, and go with it.
///
/// What would wait for a disk does not wait here. A commit is nevertheless never done before
/// `commit` has returned, because its caller may hold a lock that `done` takes as well: it is done
/// by a task of its own. That task runs on the executor given, as it would not inherit one, so that
/// in a simulation it takes its turn like all other work.
package final class MemoryFiles: FileLayer {
  struct State: Sendable {
    var tree = FileTree()
    var locked: Set<Int> = []
  }

  let state = Lock(State())
  let executor: (any TaskExecutor)?
  private let watches = FolderWatches()

  /// - Parameter executor: Where commits are done; `nil` for the threads that tasks share.
  package init(executor: (any TaskExecutor)? = nil) {
    self.executor = executor
  }

  package func makeFolder(_ path: String) async throws(SystemError) {
    try change { tree throws(SystemError) in _ = try tree.create(path, isFolder: true) }
  }

  package func names(in folder: String) async throws(SystemError) -> [String] {
    try change { tree throws(SystemError) in try tree.names(in: folder) }
  }

  package func read(_ path: String, limit: Int) async throws(SystemError) -> [UInt8] {
    // Bytes of their own: that the file's are no longer shared when they are appended to, the
    // thread sanitizer does not see.
    try change { tree throws(SystemError) in
      try tree.read(path, limit: limit).withUnsafeBufferPointer { Array($0) }
    }
  }

  package func create(_ path: String, _ bytes: [UInt8]) async throws(SystemError) {
    try change { tree throws(SystemError) in
      tree.write(bytes, to: try tree.create(path, isFolder: false).node)
    }
    watches.tell(ofNew: path)
  }

  package func rename(_ path: String, to newPath: String) async throws(SystemError) {
    try change { tree throws(SystemError) in _ = try tree.rename(path, to: newPath) }
    watches.tell(ofNew: newPath)
  }

  package func remove(_ path: String) async throws(SystemError) {
    try change { tree throws(SystemError) in _ = try tree.remove(path) }
  }

  package func syncFolder(_ path: String) async throws(SystemError) {
    try change { tree throws(SystemError) in _ = try tree.folder(path, for: "open") }
  }

  package func truncate(_ path: String, to length: Int) async throws(SystemError) {
    try change { tree throws(SystemError) in
      try tree.truncate(try tree.file(path, for: "open"), to: length)
    }
  }

  package func rewrite(
    _ path: String, _ bytes: [UInt8], at offset: Int
  ) async throws(SystemError) {
    try change { tree throws(SystemError) in
      tree.write(bytes, at: offset, to: try tree.file(path, for: "open"))
    }
  }

  package func openForAppending(_ path: String) async throws(SystemError) -> any AppendingFile {
    let file = try change { tree throws(SystemError) in
      let file = try tree.file(path, for: "open")
      tree.open(file)
      return file
    }
    return MemoryAppendingFile(files: self, file: file)
  }

  package func lock(_ path: String, note: String) async throws -> any FileLock {
    let file = try state.withLock { state in
      let file = try state.tree.fileToLock(path).file
      guard state.locked.insert(file).inserted else {
        throw FileIsLocked(note: String(decoding: state.tree.bytes(of: file), as: UTF8.self))
      }
      state.tree.open(file)
      state.tree.write(Array(note.utf8), to: file)
      return file
    }
    return MemoryFileLock { self.release(file) }
  }

  package func holder(of path: String) async throws(SystemError) -> String? {
    let result: Result<String?, SystemError> = state.withLock { state in
      do throws(SystemError) {
        let file = try state.tree.file(path, for: "open")
        guard state.locked.contains(file) else { return .success(nil) }
        return .success(String(decoding: state.tree.bytes(of: file), as: UTF8.self))
      } catch {
        return error.isMissing ? .success(nil) : .failure(error)
      }
    }
    return try result.get()
  }

  package func isOwn(_ path: String) async throws(SystemError) -> Bool {
    try change { tree throws(SystemError) in
      let place = try tree.place(of: path, for: "lstat")
      guard tree.node(at: place) != nil else { throw SystemError(call: "lstat", .missing) }
      return true
    }
  }

  package func watch(
    _ folder: String, _ onChange: @escaping @Sendable () -> Void
  ) -> any FolderWatch {
    watches.add(folder, onChange)
  }

  private func release(_ file: Int) {
    state.withLock { state in
      state.locked.remove(file)
      state.tree.close(file)
    }
  }

  private func change<Value: Sendable>(
    _ work: (inout FileTree) throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    let result: Result<Value, SystemError> = state.withLock { state in
      do throws(SystemError) {
        return .success(try work(&state.tree))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

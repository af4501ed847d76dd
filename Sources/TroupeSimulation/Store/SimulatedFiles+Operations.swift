package import TroupeRuntime

extension SimulatedFiles {
  package func makeFolder(_ path: String) async throws(SystemError) {
    try await step(.makeFolder, of: path) { state throws(SystemError) in
      _ = try state.disk.create(path, isFolder: true)
    }
  }

  package func names(in folder: String) async throws(SystemError) -> [String] {
    try await step(.names, of: folder) { state throws(SystemError) in
      try state.disk.tree.names(in: folder)
    }
  }

  package func read(_ path: String, limit: Int) async throws(SystemError) -> [UInt8] {
    try await step(.read, of: path) { state throws(SystemError) in
      try state.disk.tree.read(path, limit: limit)
    }
  }

  package func create(_ path: String, _ bytes: [UInt8]) async throws(SystemError) {
    let file = try await step(.create, of: path, isLast: false) { state throws(SystemError) in
      try state.disk.create(path, isFolder: false)
    }
    try await write(bytes, to: file, path, after: .create)
    watches.tell(ofNew: path)
  }

  package func rename(_ path: String, to newPath: String) async throws(SystemError) {
    try await step(.rename, of: newPath) { state throws(SystemError) in
      try state.disk.rename(path, to: newPath)
    }
    watches.tell(ofNew: newPath)
  }

  package func remove(_ path: String) async throws(SystemError) {
    try await step(.remove, of: path) { state throws(SystemError) in
      try state.disk.remove(path)
    }
  }

  package func syncFolder(_ path: String) async throws(SystemError) {
    let change = state.withLock { $0.disk.lastChange }
    try await step(.syncFolder, of: path) { state throws(SystemError) in
      try state.disk.syncFolder(path, upTo: change)
    }
  }

  package func truncate(_ path: String, to length: Int) async throws(SystemError) {
    let file = try await step(.truncate, of: path, isLast: false) { state throws(SystemError) in
      let file = try state.disk.tree.file(path, for: "open")
      try state.disk.truncate(file, to: length)
      return file
    }
    try await sync(file, path, after: .truncate)
  }

  package func rewrite(
    _ path: String, _ bytes: [UInt8], at offset: Int
  ) async throws(SystemError) {
    let file = try await step(.write, of: path, isLast: false) { state throws(SystemError) in
      let file = try state.disk.tree.file(path, for: "open")
      state.disk.rewrite(bytes, at: offset, to: file)
      return file
    }
    try await sync(file, path, after: .write)
  }

  package func openForAppending(_ path: String) async throws(SystemError) -> any AppendingFile {
    let file = try await step(.open, of: path) { state throws(SystemError) in
      try state.disk.tree.file(path, for: "open")
    }
    return SimulatedAppendingFile(files: self, file: file, path: path)
  }

  package func lock(_ path: String, note: String) async throws -> any FileLock {
    let (file, holder) = try await step(.lock, of: path) {
      state throws(SystemError) -> (file: Int?, holder: String) in
      let file = try state.disk.fileToLock(path)
      guard state.locked.insert(file).inserted else {
        return (nil, String(decoding: state.disk.tree.bytes(of: file), as: UTF8.self))
      }
      try state.disk.truncate(file, to: 0)
      state.disk.append(note.utf8, to: file)
      return (file, "")
    }
    guard let file else { throw FileIsLocked(note: holder) }
    return MemoryFileLock { self.state.withLock { _ = $0.locked.remove(file) } }
  }

  package func holder(of path: String) async throws(SystemError) -> String? {
    try await step(.open, of: path) { state throws(SystemError) -> String? in
      do throws(SystemError) {
        let file = try state.disk.tree.file(path, for: "open")
        guard state.locked.contains(file) else { return nil }
        return String(decoding: state.disk.tree.bytes(of: file), as: UTF8.self)
      } catch {
        guard error.isMissing else { throw error }
        return nil
      }
    }
  }

  package func isOwn(_ path: String) async throws(SystemError) -> Bool {
    try await step(.names, of: path) { state throws(SystemError) in
      let place = try state.disk.tree.place(of: path, for: "lstat")
      guard state.disk.tree.node(at: place) != nil else {
        throw SystemError(call: "lstat", .missing)
      }
      return true
    }
  }

  package func watch(
    _ folder: String, _ onChange: @escaping @Sendable () -> Void
  ) -> any FolderWatch {
    watches.add(folder, onChange)
  }

  /// Adds bytes to a file and syncs it.
  func write(
    _ bytes: [UInt8], to file: Int, _ path: String, after previous: FileAction? = nil
  ) async throws(SystemError) {
    try await step(.write, of: path, after: previous, isLast: false) { state, fault in
      let written = max(0, min(fault.written, bytes.count - 1))
      state.disk.append(bytes.prefix(written), to: file)
    } _: { state throws(SystemError) in
      let room = state.capacity.map { max(0, $0 - state.disk.tree.byteCount) } ?? .max
      state.disk.append(bytes.prefix(room), to: file)
      if bytes.count > room { throw SystemError(call: "write", .noSpace) }
    }
    try await sync(file, path, after: .write)
  }

  private func sync(
    _ file: Int, _ path: String, after previous: FileAction
  ) async throws(SystemError) {
    let length = state.withLock { $0.disk.tree.length(of: file) }
    try await step(.sync, of: path, after: previous) { state, _ in
      state.disk.failToSync(file, at: length, using: &state.random)
    } _: { state throws(SystemError) in
      state.disk.sync(file, at: length)
    }
  }
}

/// A file in memory that is only ever added to.
struct MemoryAppendingFile: AppendingFile {
  let files: MemoryFiles
  let file: Int

  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    Task.detached(executorPreference: files.executor) {
      // Not under the lock of the files, as it may take one of its own.
      let bytes = batch()
      files.state.withLock { $0.tree.append(bytes, to: file) }
      done(.success(()))
    }
  }

  func close() {
    files.state.withLock { $0.tree.close(file) }
  }
}

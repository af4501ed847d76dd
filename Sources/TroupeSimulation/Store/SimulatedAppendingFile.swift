import TroupeRuntime

/// A file of a simulated machine that is only ever added to.
struct SimulatedAppendingFile: AppendingFile {
  let files: SimulatedFiles
  let file: Int
  let path: String

  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    Task.detached(executorPreference: files.executor) {
      do throws(SystemError) {
        try await files.write(batch(), to: file, path)
        done(.success(()))
      } catch {
        done(.failure(error))
      }
    }
  }

  /// Does nothing: a simulated disk keeps its files whether or not they are open.
  func close() {}
}

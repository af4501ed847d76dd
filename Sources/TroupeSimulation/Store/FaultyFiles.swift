package import TroupeRuntime

/// The files of another layer, with steps that fail: for faults on real folders.
///
/// A failed write leaves what was written before it failed, and a failed sync all that was to be
/// synced; whatever else fails is not done at all.
package final class FaultyFiles: FileLayer {
  private let files: any FileLayer
  private let faults: Lock<FaultTable>
  private let foreign: [String]
  private let isDeaf: Bool
  private let areRemote: Bool

  /// - Parameters:
  ///   - foreign: The ends of the paths of what is to belong to another user.
  ///   - isDeaf: Whether those who watch folders are told nothing.
  ///   - areRemote: Whether all is to lie on another machine.
  package init(
    _ files: any FileLayer, _ faults: [FileFault], foreign: [String] = [], isDeaf: Bool = false,
    areRemote: Bool = false
  ) {
    self.isDeaf = isDeaf
    self.files = files
    self.foreign = foreign
    self.areRemote = areRemote
    self.faults = Lock(FaultTable(faults))
  }

  package func groups(at path: String) -> GroupFolder? { files.groups(at: path) }

  package func isNetwork(_ path: String) async throws(SystemError) -> Bool {
    let isNetwork = try await files.isNetwork(path)
    return areRemote || isNetwork
  }

  package func makeFolder(_ path: String) async throws(SystemError) {
    try meet(.makeFolder, path)
    try await files.makeFolder(path)
  }

  package func names(in folder: String) async throws(SystemError) -> [String] {
    try meet(.names, folder)
    return try await files.names(in: folder)
  }

  package func read(_ path: String, limit: Int) async throws(SystemError) -> [UInt8] {
    try meet(.read, path)
    return try await files.read(path, limit: limit)
  }

  package func create(_ path: String, _ bytes: [UInt8]) async throws(SystemError) {
    try meet(.create, path)
    let (written, failure) = outcome(of: bytes, to: path)
    try await files.create(path, written)
    if let failure { throw failure }
  }

  package func rename(_ path: String, to newPath: String) async throws(SystemError) {
    try meet(.rename, newPath)
    try await files.rename(path, to: newPath)
  }

  package func remove(_ path: String) async throws(SystemError) {
    try meet(.remove, path)
    try await files.remove(path)
  }

  package func syncFolder(_ path: String) async throws(SystemError) {
    try meet(.syncFolder, path)
    try await files.syncFolder(path)
  }

  package func truncate(_ path: String, to length: Int) async throws(SystemError) {
    try meet(.truncate, path)
    try await files.truncate(path, to: length)
    try meet(.sync, path)
  }

  package func rewrite(
    _ path: String, _ bytes: [UInt8], at offset: Int
  ) async throws(SystemError) {
    try meet(.write, path)
    try await files.rewrite(path, bytes, at: offset)
    try meet(.sync, path)
  }

  package func openForAppending(_ path: String) async throws(SystemError) -> any AppendingFile {
    try meet(.open, path)
    let file = try await files.openForAppending(path)
    return FaultyAppendingFile(file: file) { self.outcome(of: $0, to: path) }
  }

  package func lock(_ path: String, note: String) async throws -> any FileLock {
    try meet(.lock, path)
    return try await files.lock(path, note: note)
  }

  package func holder(of path: String) async throws(SystemError) -> String? {
    try meet(.open, path)
    return try await files.holder(of: path)
  }

  package func isOwn(_ path: String) async throws(SystemError) -> Bool {
    let isOwn = try await files.isOwn(path)
    return isOwn && !foreign.contains { path.hasSuffix($0) }
  }

  package func watch(
    _ folder: String, _ onChange: @escaping @Sendable () -> Void
  ) -> any FolderWatch {
    if isDeaf { return files.watch(folder) {} }
    return files.watch(folder, onChange)
  }

  private func meet(_ action: FileAction, _ path: String) throws(SystemError) {
    guard let fault = faults.withLock({ $0.next(action, path) }) else { return }
    throw SystemError(call: action.rawValue, fault.cause)
  }

  /// What is written of bytes, and how writing or syncing them fails.
  private func outcome(
    of bytes: [UInt8], to path: String
  ) -> (written: [UInt8], failure: SystemError?) {
    do throws(SystemError) {
      if let fault = faults.withLock({ $0.next(.write, path) }) {
        let written = max(0, min(fault.written, bytes.count - 1))
        return (Array(bytes.prefix(written)), SystemError(call: "write", fault.cause))
      }
      try meet(.sync, path)
      return (bytes, nil)
    } catch {
      return (bytes, error)
    }
  }
}

/// A file of another layer whose commits may fail.
private struct FaultyAppendingFile: AppendingFile {
  let file: any AppendingFile
  let outcome: @Sendable ([UInt8]) -> (written: [UInt8], failure: SystemError?)

  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    let failure = Lock<SystemError?>(nil)
    file.commit(
      {
        let (written, error) = outcome(batch())
        failure.withLock { $0 = error }
        return written
      }, isAwaited: isAwaited,
      then: { result in done(failure.withLock { $0 }.map { .failure($0) } ?? result) })
  }

  func close() { file.close() }
}

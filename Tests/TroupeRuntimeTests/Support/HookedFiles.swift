import TroupeRuntime
import TroupeSimulation

/// The files of another layer, before the reading of which something else can be done to them.
final class HookedFiles: FileLayer {
  private let files: any FileLayer
  private let onRead: @Sendable (FileAction, String) async -> Void

  /// - Parameter onRead: Called before names are listed, a file is read, or one is opened to add to
  ///   it, with its path.
  init(_ files: any FileLayer, onRead: @escaping @Sendable (FileAction, String) async -> Void) {
    self.files = files
    self.onRead = onRead
  }

  func names(in folder: String) async throws(SystemError) -> [String] {
    await onRead(.names, folder)
    return try await files.names(in: folder)
  }

  func read(_ path: String, limit: Int) async throws(SystemError) -> [UInt8] {
    await onRead(.read, path)
    return try await files.read(path, limit: limit)
  }

  func openForAppending(_ path: String) async throws(SystemError) -> any AppendingFile {
    await onRead(.open, path)
    return try await files.openForAppending(path)
  }

  func makeFolder(_ path: String) async throws(SystemError) { try await files.makeFolder(path) }
  func remove(_ path: String) async throws(SystemError) { try await files.remove(path) }
  func rewrite(_ path: String, _ bytes: [UInt8], at offset: Int) async throws(SystemError) {
    try await files.rewrite(path, bytes, at: offset)
  }

  func syncFolder(_ path: String) async throws(SystemError) { try await files.syncFolder(path) }

  func create(_ path: String, _ bytes: [UInt8]) async throws(SystemError) {
    try await files.create(path, bytes)
  }

  func rename(_ path: String, to newPath: String) async throws(SystemError) {
    try await files.rename(path, to: newPath)
  }

  func truncate(_ path: String, to length: Int) async throws(SystemError) {
    try await files.truncate(path, to: length)
  }

  func lock(_ path: String, note: String) async throws -> any FileLock {
    try await files.lock(path, note: note)
  }

  func holder(of path: String) async throws(SystemError) -> String? {
    try await files.holder(of: path)
  }

  func isOwn(_ path: String) async throws(SystemError) -> Bool { try await files.isOwn(path) }

  func watch(_ folder: String, _ onChange: @escaping @Sendable () -> Void) -> any FolderWatch {
    files.watch(folder, onChange)
  }
}

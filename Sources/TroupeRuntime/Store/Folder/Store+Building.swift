/// The folders of new runs while they are built.
extension Store {
  /// Where the folders of new runs are built.
  var workshop: String { root + "/tmp" }

  /// Makes the folder in which a new run is built, and takes its lock, by which others know that
  /// somebody is at it. The folder for large values is in it already.
  func beginBuilding(_ name: String) async throws -> (folder: RunFolder, lock: any FileLock) {
    var attempt = 1
    while true {
      let name = attempt == 1 ? name : "\(name).\(attempt)"
      let folder = RunFolder(files: files, path: "\(workshop)/\(name)")
      try await files.makeFolder(folder.path)
      do {
        let lock = try await files.lock(folder.lockPath, note: "process \(ThisProcess.number)")
        do {
          try await files.makeFolder("\(folder.path)/payloads")
        } catch {
          lock.release()
          throw error
        }
        return (folder, lock)
      } catch {
        // Somebody who removes leftovers was quicker: it was not locked yet.
        let isTaken = error is FileIsLocked || (error as? SystemError)?.isMissing == true
        attempt += 1
        guard isTaken, attempt < 10 else { throw error }
      }
    }
  }

  /// Removes what processes left behind that ended while they built the folder of a new run; once,
  /// because it is not worth more. What cannot be removed stays.
  func removeLeftovers() async {
    let isFirst = hasCleaned.withLock { hasCleaned in
      defer { hasCleaned = true }
      return !hasCleaned
    }
    guard isFirst else { return }
    await removePruned()
    for name in (try? await files.names(in: workshop)) ?? [] where !Self.isPruned(name) {
      await removeLeftover(RunFolder(files: files, path: "\(workshop)/\(name)"))
    }
  }

  private func removeLeftover(_ folder: RunFolder) async {
    // Empty, or a file. Whoever was about to lock it takes another one.
    if (try? await files.remove(folder.path)) != nil { return }
    guard let names = try? await files.names(in: folder.path),
      let lock = try? await files.lock(folder.lockPath, note: "process \(ThisProcess.number)")
    else { return }
    defer { lock.release() }
    for name in names where name != "lock" { try? await removeAll("\(folder.path)/\(name)") }
    try? await files.remove(folder.lockPath)
    try? await files.remove(folder.path)
  }

  /// Removes a file, or a folder with what is in it, also where another process is doing the same.
  func removeAll(_ path: String) async throws(SystemError) {
    do {
      try await files.remove(path)
    } catch {
      if error.isMissing { return }
      let names: [String]
      do throws(SystemError) {
        names = try await files.names(in: path)
      } catch let unread {
        // The other one was quicker, or it is a file that cannot be removed.
        if unread.isMissing { return }
        throw error
      }
      for name in names { try await removeAll("\(path)/\(name)") }
      do {
        try await files.remove(path)
      } catch {
        guard error.isMissing else { throw error }
      }
    }
  }
}

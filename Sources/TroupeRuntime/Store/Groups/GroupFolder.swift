import TroupePlan

/// The process groups that work for a run, a file each beside its journal, so that whoever goes on
/// with the run can end those that have outlived the process that started them.
///
/// Nothing in it is synced: what it tells of ends with the machine. All calls may block.
package struct GroupFolder: Sendable {
  let path: String
  private let root: String?

  /// - Parameter root: The folder below which no symbolic link is followed.
  init(path: String, below root: String? = nil) { (self.path, self.root) = (path, root) }

  /// Notes a group that has just been started.
  func note(_ group: StartedGroup) throws(SystemError) {
    do throws(SystemError) {
      try FolderCalls.make(path, below: root)
    } catch {
      guard error.isExisting else { throw error }
    }
    let place = place(of: group.number)
    // Of an earlier group of the same number nothing is left.
    try? FolderCalls.remove(place, below: root)
    let file = try Descriptor.file(place, for: .creating, below: root)
    defer { file.closeNow() }
    try file.write(group.json.canonicalBytes)
  }

  /// Forgets a group of which nothing is left.
  func forget(_ group: Int32) { try? FolderCalls.remove(place(of: group), below: root) }

  /// Ends all groups that are still there, and waits until nothing of them runs. To be called by
  /// whoever holds the lock of the run, before anything of it is done again.
  ///
  /// - Returns: The numbers of those that it has ended.
  /// - Throws: `GroupIsStuck` if one of them does not end, `SystemError`.
  func endAll() throws -> [Int] {
    var ended: [Int] = []
    for name in try names() {
      let place = "\(path)/\(name)"
      if let bytes = try? read(place),
        let json = try? JSONValue(parsing: bytes), let group = StartedGroup(json: json),
        group.isThere
      {
        guard ProcessGroup(leader: group.number).end() else {
          throw GroupIsStuck(number: Int(group.number))
        }
        ended.append(Int(group.number))
      }
      try FolderCalls.remove(place, below: root)
    }
    return ended
  }

  /// What is there and is no file is not waited for.
  private func read(_ place: String) throws(SystemError) -> [UInt8] {
    let file = try Descriptor.file(place, for: .reading, below: root)
    defer { file.closeNow() }
    return try file.readToEnd(limit: 1 << 16)
  }

  private func names() throws(SystemError) -> [String] {
    do throws(SystemError) {
      return try FolderCalls.names(in: path, below: root)
    } catch {
      if error.isMissing { return [] }
      throw error
    }
  }

  private func place(of group: Int32) -> String { "\(path)/\(group).json" }
}

/// A process group that cannot be ended.
struct GroupIsStuck: Error {
  let number: Int
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system does with the names in folders. Each call may block.
enum FolderCalls {
  static func make(_ path: String) throws(SystemError) {
    guard mkdir(path, 0o700) == 0 else { throw SystemError(call: "mkdir", code: errno) }
  }

  /// The names in a folder, sorted by their bytes, without those that are no UTF-8, which nothing
  /// here could have made or could open.
  static func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = opendir(path) else { throw SystemError(call: "opendir", code: errno) }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        let code = errno
        guard code == 0 else { throw SystemError(call: "readdir", code: code) }
        break
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names.compactMap { String(validating: $0, as: UTF8.self) }
  }

  static func rename(_ path: String, to newPath: String) throws(SystemError) {
    guard systemRename(path, newPath) == 0 else { throw SystemError(call: "rename", code: errno) }
  }

  /// Whether what is at a path, and not what a link there leads to, belongs to our user.
  static func isOwn(_ path: String) throws(SystemError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw SystemError(call: "lstat", code: errno) }
    return status.st_uid == geteuid()
  }

  /// Whether what is at a path is a symbolic link; `false` if nothing is there.
  static func isLink(_ path: String) throws(SystemError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      let error = SystemError(call: "lstat", code: errno)
      guard error.isMissing else { throw error }
      return false
    }
    return status.st_mode & S_IFMT == S_IFLNK
  }

  static func remove(_ path: String) throws(SystemError) {
    guard systemRemove(path) == 0 else { throw SystemError(call: "remove", code: errno) }
  }
}

private func systemRename(_ path: String, _ newPath: String) -> Int32 { rename(path, newPath) }

private func systemRemove(_ path: String) -> Int32 { remove(path) }

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system does with the names in folders. Each call may block.
///
/// Where a root is given, no symbolic link below it is followed: see `FilePlace`.
enum FolderCalls {
  static func make(_ path: String, below root: String? = nil) throws(SystemError) {
    try FilePlace.with(path, below: root) { place throws(SystemError) in
      guard mkdirat(place.folder, place.name, 0o700) == 0 else {
        throw SystemError(call: "mkdir", code: errno)
      }
    }
  }

  /// The names in a folder, sorted by their bytes, without those that are no UTF-8, which nothing
  /// here could have made or could open.
  static func names(in path: String, below root: String? = nil) throws(SystemError) -> [String] {
    let number = try FilePlace.with(path, below: root) { place throws(SystemError) in
      try place.open(O_RDONLY | O_DIRECTORY)
    }
    guard let folder = fdopendir(number) else {
      let code = errno
      close(number)
      throw SystemError(call: "opendir", code: code)
    }
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

  static func rename(
    _ path: String, to newPath: String, below root: String? = nil
  ) throws(SystemError) {
    try FilePlace.with(path, below: root) { old throws(SystemError) in
      try FilePlace.with(newPath, below: root) { new throws(SystemError) in
        guard renameat(old.folder, old.name, new.folder, new.name) == 0 else {
          throw SystemError(call: "rename", code: errno)
        }
      }
    }
  }

  /// Whether what is at a path, and not what a link there leads to, belongs to our user.
  static func isOwn(_ path: String, below root: String? = nil) throws(SystemError) -> Bool {
    try FilePlace.with(path, below: root) { place throws(SystemError) in
      try place.status.st_uid == geteuid()
    }
  }

  /// Whether what is at a path is a symbolic link; `false` if nothing is there.
  static func isLink(_ path: String, below root: String? = nil) throws(SystemError) -> Bool {
    do throws(SystemError) {
      return try FilePlace.with(path, below: root) { place throws(SystemError) in
        try place.status.st_mode & S_IFMT == S_IFLNK
      }
    } catch {
      guard error.isMissing else { throw error }
      return false
    }
  }

  /// Removes a file, an empty folder, or a link, and not what that leads to.
  static func remove(_ path: String, below root: String? = nil) throws(SystemError) {
    try FilePlace.with(path, below: root) { place throws(SystemError) in
      guard unlinkat(place.folder, place.name, 0) != 0 else { return }
      let code = errno
      // What systems say of a folder.
      guard code == EISDIR || code == EPERM else { throw SystemError(call: "remove", code: code) }
      guard unlinkat(place.folder, place.name, AT_REMOVEDIR) != 0 else { return }
      throw SystemError(call: "remove", code: errno == ENOTDIR ? code : errno)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A place in a file system, as the calls name it that take an open folder and a name in it.
///
/// Below a root no symbolic link is followed: each folder on the way is opened in the one before
/// it. So there is no instant at which somebody could put a link there after it was looked at.
struct FilePlace {
  /// The open folder; the current one where the name is a path of its own.
  let folder: Int32
  let name: String
  /// Whether a link in the place itself is refused as well.
  let refusesLinks: Bool

  /// Whether a symbolic link is there; `false` if nothing is.
  var isLink: Bool { (try? status)?.isLink ?? false }

  /// What is there, and not what a link there leads to.
  var status: stat {
    get throws(SystemError) {
      var status = stat()
      guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        throw SystemError(call: "lstat", code: errno)
      }
      return status
    }
  }

  /// Opens what is there.
  func open(_ flags: Int32) throws(SystemError) -> Int32 {
    let flags = flags | O_CLOEXEC | (refusesLinks ? O_NOFOLLOW : 0)
    while true {
      let number = openat(folder, name, flags, 0o600)
      if number >= 0 { return number }
      let code = errno
      guard code == EINTR else {
        // Of a link in the place of a folder, systems say as well that it is none.
        if code == ENOTDIR, refusesLinks, isLink { throw SystemError(call: "open", .link) }
        throw SystemError(call: "open", code: code)
      }
    }
  }

  /// Does something with what is at a path.
  ///
  /// - Parameters:
  ///   - root: The folder, which may be a link itself, below which none is followed; `nil` to
  ///     follow those above the last name, as the system does.
  ///   - path: Where it is; outside of the root, links are followed.
  /// - Throws: `SystemError`; `ELOOP` that says where the link is.
  static func with<Value>(
    _ path: String, below root: String?,
    _ work: (FilePlace) throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    guard let root, path.utf8.starts(with: "\(root)/".utf8) else {
      return try work(FilePlace(folder: AT_FDCWD, name: path, refusesLinks: false))
    }
    // By their bytes, as the system parts them: a character may be more than a slash.
    var names = path.utf8.dropFirst(root.utf8.count).split(separator: UInt8(ascii: "/"))
      .map { String(decoding: $0, as: UTF8.self) }
    // A name may come from a file that somebody has changed, and must not lead out of the root.
    guard !names.contains("..") else { throw SystemError(call: "open", .invalid) }
    let top = FilePlace(folder: AT_FDCWD, name: root, refusesLinks: false)
    guard let last = names.popLast() else { return try work(top) }
    var folder = try top.open(O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    var passed = root
    for name in names {
      passed += "/\(name)"
      let next: Int32
      do {
        next = try FilePlace(folder: folder, name: name, refusesLinks: true)
          .open(O_RDONLY | O_DIRECTORY)
      } catch {
        throw error.cause == .link ? SystemError(linkAt: passed) : error
      }
      close(folder)
      folder = next
    }
    do {
      return try work(FilePlace(folder: folder, name: last, refusesLinks: true))
    } catch {
      throw error.cause == .link && error.place == nil ? SystemError(linkAt: path) : error
    }
  }
}

extension stat {
  fileprivate var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
}

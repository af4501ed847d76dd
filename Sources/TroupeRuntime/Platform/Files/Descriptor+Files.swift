#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Descriptor {
  /// How a file is opened.
  enum Opening {
    /// To read it.
    case reading
    /// To write it; it must be there.
    case writing
    /// To add to its end; it must be there.
    case appending
    /// To write it; it must not be there.
    case creating
    /// To read and write it; it is created if need be.
    case locking
  }

  /// Opens a file that no child inherits and that nobody but the owner can read if it is created
  /// here.
  ///
  /// - Throws: `SystemError`; `EISDIR` for a folder, and `EINVAL` for what is neither, because a
  ///   pipe could keep a thread for ever. A symbolic link is refused with `ELOOP`.
  static func file(
    _ path: String, for opening: Opening, below root: String? = nil
  ) throws(SystemError) -> Descriptor {
    // Not waiting concerns only what is no file, and is refused below.
    var flags = O_NOFOLLOW | O_NONBLOCK
    switch opening {
    case .reading: flags |= O_RDONLY
    case .writing: flags |= O_WRONLY
    case .appending: flags |= O_WRONLY | O_APPEND
    case .creating: flags |= O_WRONLY | O_CREAT | O_EXCL
    case .locking: flags |= O_RDWR | O_CREAT
    }
    let descriptor = try opened(path, flags, below: root)
    do throws(SystemError) {
      var status = stat()
      guard fstat(descriptor.number, &status) == 0 else {
        throw SystemError(call: "fstat", code: errno)
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return descriptor
      case S_IFDIR: throw SystemError(call: "open", .isFolder)
      default: throw SystemError(call: "open", .invalid)
      }
    } catch {
      descriptor.closeNow()
      throw error
    }
  }

  /// Opens a folder in order to sync it.
  static func folder(
    _ path: String, below root: String? = nil
  ) throws(SystemError) -> Descriptor {
    try opened(path, O_RDONLY | O_DIRECTORY, below: root)
  }

  /// Waits until what was written is durable, and what is needed to read it.
  func syncData() throws(SystemError) {
    #if canImport(Darwin)
      try sync()
    #else
      try repeating("fdatasync") { fdatasync(number) }
    #endif
  }

  /// Waits until all is durable, by the means that the system has for it.
  func sync() throws(SystemError) {
    #if canImport(Darwin)
      // fsync of Darwin leaves the data in the drive's cache.
      while fcntl(number, F_FULLFSYNC) != 0 {
        switch errno {
        case EINTR: continue
        case ENOTSUP, EOPNOTSUPP, ENOTTY, EINVAL: return try repeating("fsync") { fsync(number) }
        default: throw SystemError(call: "fcntl", code: errno)
        }
      }
    #else
      try repeating("fsync") { fsync(number) }
    #endif
  }

  /// Lets the next write begin at an offset.
  func seek(to offset: Int) throws(SystemError) {
    guard lseek(number, off_t(offset), SEEK_SET) >= 0 else {
      throw SystemError(call: "lseek", code: errno)
    }
  }

  /// Cuts the file off after so many bytes, which it must have.
  func truncate(to length: Int) throws(SystemError) {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw SystemError(call: "fstat", code: errno) }
    guard length <= status.st_size else { throw SystemError(call: "ftruncate", .invalid) }
    try repeating("ftruncate") { ftruncate(number, off_t(length)) }
  }

  /// Takes the exclusive lock of the open file, without waiting for it.
  ///
  /// - Parameter isShared: Whether others may have it at the same time in this way.
  /// - Returns: Whether nobody else has it.
  func lock(isShared: Bool = false) throws(SystemError) -> Bool {
    do {
      try repeating("flock") { flock(number, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
      return true
    } catch {
      guard error.code == EWOULDBLOCK else { throw error }
      return false
    }
  }

  /// Gives the lock back.
  ///
  /// Closing the file is not enough: a child that is just being started has it open as well, until
  /// it becomes another program.
  func unlock() {
    _ = flock(number, LOCK_UN)
  }

  /// Whether a path leads to the open file, rather than to another one or to none.
  func isAt(_ path: String, below root: String? = nil) throws(SystemError) -> Bool {
    var this = stat()
    guard fstat(number, &this) == 0 else { throw SystemError(call: "fstat", code: errno) }
    let found: stat
    do throws(SystemError) {
      found = try FilePlace.with(path, below: root) { place throws(SystemError) in
        try place.status
      }
    } catch {
      if error.cause == .missing { return false }
      throw error
    }
    return this.st_dev == found.st_dev && this.st_ino == found.st_ino
  }

  /// Closes the descriptor, which must not be used again.
  func closeNow() {
    close(number)
  }

  private static func opened(
    _ path: String, _ flags: Int32, below root: String?
  ) throws(SystemError) -> Descriptor {
    try FilePlace.with(path, below: root) { place throws(SystemError) in
      Descriptor(number: try place.open(flags))
    }
  }

  private func repeating(_ call: String, _ body: () -> Int32) throws(SystemError) {
    while body() != 0 {
      guard errno == EINTR else { throw SystemError(call: call, code: errno) }
    }
  }
}

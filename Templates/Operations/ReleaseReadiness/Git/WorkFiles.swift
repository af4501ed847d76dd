#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Looks into the files of a work tree.
final class WorkFiles: Sendable {
  private let folder: Int32

  /// Opens a folder; if it cannot be opened, none of its files can be read.
  init(folder: String) {
    self.folder = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
  }

  deinit {
    if folder >= 0 { close(folder) }
  }

  /// Whether a file is binary, as git decides where no attribute does: by a NUL in its first 8,000
  /// bytes. What cannot be read is taken for text, so that nothing is left out by mistake.
  func isBinary(_ path: [UInt8]) -> Bool {
    guard folder >= 0 else { return false }
    // Without waiting for whoever writes to what has become a pipe.
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let file = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { openat(folder, $0, flags) } ?? -1
      }
    }
    guard file >= 0 else { return false }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 8_000, alignment: 1) { buffer in
      var count = 0
      while count < buffer.count {
        let more = read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { break }
        count += more
      }
      return buffer[..<count].contains(0)
    }
  }
}

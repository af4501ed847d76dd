/// The lock of a file of this machine; the system ends it when the file is closed, by us or with
/// the process.
final class PosixFileLock: FileLock {
  private let file: Lock<Descriptor?>

  init(_ file: Descriptor) {
    self.file = Lock(file)
  }

  func release() {
    file.withLock { file in
      file?.unlock()
      file?.closeNow()
      file = nil
    }
  }
}

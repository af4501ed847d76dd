/// A file of this machine that is only ever added to.
struct PosixAppendingFile: AppendingFile {
  let file: Descriptor
  let pool: BlockingPool

  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    pool.submit {
      // What ends a stage is often followed at once by what begins the next one.
      ThisThread.spin(atMost: .microseconds(200)) { isAwaited() ? () : nil }
      do throws(SystemError) {
        try file.write(batch())
        // Not tried again if it fails: the system has then forgotten what it could not write, and
        // the next sync would claim that all is well.
        try file.syncData()
        done(.success(()))
      } catch {
        done(.failure(error))
      }
    }
  }

  func close() { file.closeNow() }
}

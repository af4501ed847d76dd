/// A lock that is no more than an entry in a table.
package final class MemoryFileLock: FileLock {
  private let ending: Lock<(@Sendable () -> Void)?>

  /// - Parameter ending: Takes the entry out; done once.
  package init(_ ending: @escaping @Sendable () -> Void) {
    self.ending = Lock(ending)
  }

  package func release() {
    let ending = ending.withLock { ending in
      defer { ending = nil }
      return ending
    }
    ending?()
  }
}

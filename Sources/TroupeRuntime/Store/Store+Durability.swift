/// A journal as a process found it.
struct FoundJournal {
  let contents: JournalContents
  /// The bytes of its file.
  let length: Int
}

extension Store {
  /// Makes durable what was found, and cuts off what an interrupted write left behind it.
  ///
  /// The process that wrote it may have ended before it was synced, also the name of the run's
  /// folder. As long as the machine goes on, all of it is there to be read; it would be lost with
  /// the power all the same, and with it what is now to be built upon it.
  ///
  /// - Returns: The number of bytes that were cut off.
  func makeDurable(
    _ journal: FoundJournal, at path: String
  ) async throws(SystemError) -> Int {
    try await files.syncFolder(runs)
    guard case .torn(let length, let bytes) = journal.contents.end else {
      // Cutting nothing off is syncing.
      try await files.truncate(path, to: journal.length)
      return 0
    }
    try await files.truncate(path, to: length)
    return bytes
  }
}

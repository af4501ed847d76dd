extension Store {
  /// Makes durable what was found, and cuts off what an interrupted write left behind it.
  ///
  /// The process that wrote it may have ended before it was synced, also the names of the journal
  /// and of the run's folder. As long as the machine goes on, all of it is there to be read; it
  /// would be lost with the power all the same, and with it what is now to be built upon it.
  ///
  /// - Returns: The number of bytes that were cut off.
  func makeDurable(
    _ journal: JournalContents, at path: String, in folder: RunFolder
  ) async throws(SystemError) -> Int {
    try await files.syncFolder(runs)
    try await files.syncFolder(folder.path)
    var cut = 0
    if case .torn(let length, let bytes) = journal.end {
      try await files.truncate(path, to: length)
      cut = bytes
    }
    // A sync may have failed in that process: then the system takes for written what is not.
    let unproven = journal.unproven
    if !unproven.isEmpty {
      try await files.rewrite(path, Array(unproven), at: unproven.startIndex)
    }
    return cut
  }
}

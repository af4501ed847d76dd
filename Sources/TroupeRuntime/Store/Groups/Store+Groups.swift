extension Store {
  /// Ends what still works for a run whose process has ended. To be called under the run's lock.
  ///
  /// - Returns: The numbers of the process groups that it has ended.
  /// - Throws: `StoreError` if one of them does not end, `SystemError`.
  func endGroups(of folder: RunFolder, _ id: String) async throws -> [Int] {
    guard let groups = folder.groups else { return [] }
    let result = try await BlockingPool.files.run { () throws(SystemError) in
      Result { try groups.endAll() }
    }
    do {
      return try result.get()
    } catch let stuck as GroupIsStuck {
      throw StoreError(
        "process group \(stuck.number) still works for run '\(id)', although the process that "
          + "started it has ended, and cannot be ended; end it, then try again")
    }
  }
}

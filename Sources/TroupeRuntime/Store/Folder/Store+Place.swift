/// Where a store may be.
extension Store {
  /// Checks that the store is on a disk of this machine, unless it need not be.
  ///
  /// - Throws: `StoreError`.
  func checkPlace() async throws(StoreError) {
    guard !allowsNetwork, try await isOnNetwork else { return }
    throw StoreError(
      "'\(root)' is on a network file system, which promises neither that one process alone runs a "
        + "run nor that what it has recorded is kept; use a folder on a disk of this machine, or "
        + "allow it: 'Store.directory(…, allowingNetwork: true)', or '--allow-network-store'")
  }

  private var isOnNetwork: Bool {
    get async throws(StoreError) {
      // What is not there yet will be where the folder is in which it is created.
      var path = root
      while true {
        do throws(SystemError) {
          return try await files.isNetwork(path)
        } catch {
          guard error.isMissing else { throw StoreError(doing: "open a store", at: path, error) }
          guard let slash = path.lastIndex(of: "/") else {
            guard path != "." else { return false }
            path = "."
            continue
          }
          path = slash == path.startIndex ? "/" : String(path[..<slash])
          if path == "/", (try? await files.isNetwork(path)) == nil { return false }
        }
      }
    }
  }
}

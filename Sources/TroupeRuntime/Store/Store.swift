/// Where durable runs live: each in a folder of its own, with its plan, its journal, the large
/// values beside it, and the mailbox by which other processes reach it.
///
/// ```swift
/// let runtime = Runtime(team: team, store: .directory(".troupe"))
/// ```
///
/// The journal is a run's only truth. What it holds survives the end of the process, at any
/// instant; a run that did not come to its end goes on where its journal ends.
public struct Store: Sendable {
  package let files: any FileLayer
  package let root: String
  /// How much of its history a run keeps.
  public let retention: Retention
  /// Whether the folder may lie on another machine.
  package let allowsNetwork: Bool
  /// Whether leftovers have been looked for.
  let hasCleaned = Lock(false)

  package init(
    files: any FileLayer, root: String, retention: Retention = Retention(),
    allowsNetwork: Bool = false
  ) {
    self.files = files
    self.root = root
    self.retention = retention
    self.allowsNetwork = allowsNetwork
  }

  /// Runs in a folder, which is created with the first run and readable for its owner alone.
  ///
  /// The folder must be on a local file system: network file systems promise neither locks nor
  /// that what was synced is on a disk. It may be a symbolic link; in it, none is followed.
  ///
  /// - Parameters:
  ///   - path: The folder, absolute or relative to the current one.
  ///   - retention: How much of its history a run keeps that goes on for long; by default its
  ///     journal is compacted after every 100,000 records.
  ///   - allowingNetwork: Whether it may be on a network file system all the same. Then two
  ///     machines may run the same run at once, and what was recorded may be lost when one of them
  ///     fails.
  public static func directory(
    _ path: String, retention: Retention = Retention(), allowingNetwork: Bool = false
  ) -> Store {
    Store(
      files: PosixFiles(below: path), root: path, retention: retention,
      allowsNetwork: allowingNetwork)
  }

  /// Runs in memory: as durable as this process. For tests of what is resumed.
  public static var memory: Store { Store(files: MemoryFiles(), root: "store") }

  /// The folder of all runs.
  var runs: String { root + "/runs" }

  /// The folder of a run.
  package func folder(of id: String) -> RunFolder {
    RunFolder(files: files, path: "\(runs)/\(id)")
  }

  /// The runs that there are, sorted by their identities.
  package func ids() async throws(StoreError) -> [String] {
    let reason: SystemError
    do {
      return try await files.names(in: runs)
    } catch {
      guard error.isMissing else { throw StoreError(doing: "list the runs", at: runs, error) }
      reason = error
    }
    // A store that nothing has been written to yet is empty; what is no folder is no store.
    do {
      _ = try await files.names(in: root)
    } catch {
      guard error.cause == .noFolder else { return [] }
      throw StoreError(doing: "list the runs", at: root, error)
    }
    guard reason.cause != .noFolder else {
      throw StoreError(doing: "list the runs", at: runs, reason)
    }
    return []
  }
}

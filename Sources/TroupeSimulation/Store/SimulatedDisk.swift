package import TroupeRuntime

/// A file system that knows which of its state is on the disk, and which would be lost with the
/// power.
///
/// A machine whose process alone has ended goes on with it as it is.
package struct SimulatedDisk: Sendable {
  /// What processes see. Everything in it is open, so that what has lost its name stays: it may
  /// have it back after a crash.
  package private(set) var tree: FileTree
  private var files: [Int: UnsyncedFile] = [:]
  private var names: UnsyncedNames

  /// An empty disk.
  package init() { self.init(FileTree()) }

  /// A disk on which all of this is.
  package init(_ tree: FileTree) {
    self.tree = tree
    names = UnsyncedNames(tree)
    for node in tree.names.values { self.tree.open(node) }
    for file in tree.files { files[file] = UnsyncedFile(synced: tree.length(of: file)) }
  }

  /// What is left when the power fails: of all that is not synced any part, as the seed decides.
  package func afterPowerFailure(seed: UInt64) -> SimulatedDisk {
    var random = SeededGenerator(seed: seed)
    var left = FileTree(names.surviving(using: &random), of: tree)
    for file in left.files {
      if let unsynced = files[file] {
        left.write(unsynced.surviving(tree.bytes(of: file), using: &random), to: file)
      }
    }
    return SimulatedDisk(left)
  }
}

extension SimulatedDisk {
  mutating func create(_ path: String, isFolder: Bool) throws(SystemError) -> Int {
    let (place, node) = try tree.create(path, isFolder: isFolder)
    names.note(UnsyncedNames.Change(node: node, new: place))
    tree.open(node)
    if !isFolder { files[node] = UnsyncedFile() }
    return node
  }

  mutating func rename(_ path: String, to newPath: String) throws(SystemError) {
    guard let (old, new, node) = try tree.rename(path, to: newPath) else { return }
    let above = tree.folders(above: newPath)
    names.note(UnsyncedNames.Change(node: node, old: old, new: new, above: above))
  }

  mutating func remove(_ path: String) throws(SystemError) {
    let (place, node) = try tree.remove(path)
    names.note(UnsyncedNames.Change(node: node, old: place))
  }

  /// The number of the last change of a name.
  var lastChange: Int { names.last }

  mutating func syncFolder(_ path: String, upTo change: Int) throws(SystemError) {
    names.wereSynced(in: try tree.folder(path, for: "open"), upTo: change)
  }

  mutating func append(_ bytes: some Collection<UInt8>, to file: Int) {
    guard !bytes.isEmpty else { return }
    tree.append(bytes, to: file)
    files[file]?.grew(to: tree.length(of: file))
  }

  mutating func truncate(_ file: Int, to length: Int) throws(SystemError) {
    let bytes = tree.bytes(of: file)
    try tree.truncate(file, to: length)
    files[file]?.wasTruncated(to: length, from: bytes)
  }

  /// Writes once more what is there.
  mutating func rewrite(_ bytes: [UInt8], at offset: Int, to file: Int) {
    tree.write(bytes, at: offset, to: file)
    files[file]?.wasRewritten(offset..<(offset + bytes.count))
  }

  mutating func sync(_ file: Int, at length: Int) {
    files[file]?.wasSynced(at: length)
  }

  mutating func failToSync(_ file: Int, at length: Int, using random: inout SeededGenerator) {
    files[file]?.syncFailed(at: length, using: &random)
  }

  mutating func fileToLock(_ path: String) throws(SystemError) -> Int {
    let (file, created) = try tree.fileToLock(path)
    if let created {
      names.note(UnsyncedNames.Change(node: file, new: created))
      tree.open(file)
      files[file] = UnsyncedFile()
    }
    return file
  }
}

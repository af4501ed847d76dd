extension FileTree {
  /// What a file holds.
  package func read(_ path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
    let bytes = bytes(of: try file(path, for: "open"))
    guard bytes.count <= limit else { throw SystemError(call: "read", .tooLarge) }
    return bytes
  }

  /// What a file holds, by its number.
  package func bytes(of file: Int) -> [UInt8] { nodes[file]?.bytes ?? [] }

  /// How many bytes a file holds, by its number.
  package func length(of file: Int) -> Int { nodes[file]?.bytes.count ?? 0 }

  /// Adds to the end of a file.
  package mutating func append(_ bytes: some Collection<UInt8>, to file: Int) {
    nodes[file]?.bytes.append(contentsOf: bytes)
  }

  /// Replaces what a file holds.
  package mutating func write(_ bytes: [UInt8], to file: Int) {
    nodes[file]?.bytes = bytes
  }

  /// Replaces what a file holds at an offset; what goes beyond its end is added.
  package mutating func write(_ bytes: [UInt8], at offset: Int, to file: Int) {
    let length = length(of: file)
    let start = min(offset, length)
    nodes[file]?.bytes.replaceSubrange(start..<min(start + bytes.count, length), with: bytes)
  }

  /// Cuts a file off, or fills it up with zeros, as the system does.
  package mutating func truncate(_ file: Int, to length: Int) throws(SystemError) {
    let surplus = self.length(of: file) - length
    guard length >= 0, surplus >= 0 else { throw SystemError(call: "ftruncate", .invalid) }
    nodes[file]?.bytes.removeLast(surplus)
  }

  /// The file at a path, created if need be, in order to lock it.
  ///
  /// - Returns: Its number, and where it was created, if it was.
  package mutating func fileToLock(
    _ path: String
  ) throws(SystemError) -> (file: Int, created: Place?) {
    let place = try place(of: path, for: "open")
    if let node = node(at: place) {
      guard !isFolder(node) else { throw SystemError(call: "open", .isFolder) }
      return (node, nil)
    }
    return (try create(path, isFolder: false).node, place)
  }

  /// Notes that a file is open once more.
  package mutating func open(_ file: Int) { nodes[file]?.openings += 1 }

  /// Notes that a file is open once less, and lets go of it if it has no name any more.
  package mutating func close(_ file: Int) {
    nodes[file]?.openings -= 1
    guard nodes[file]?.openings == 0 else { return }
    if !nodes.values.contains(where: { $0.entries.values.contains(file) }) { nodes[file] = nil }
  }
}

extension FileTree {
  /// The names in a folder, sorted by their bytes.
  package func names(in folder: String) throws(SystemError) -> [String] {
    let number = try self.folder(folder, for: "opendir")
    return (nodes[number]?.entries.keys).map { names in
      names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } ?? []
  }

  /// Creates an empty file or folder.
  ///
  /// - Returns: Where, and its number.
  @discardableResult
  package mutating func create(
    _ path: String, isFolder: Bool
  ) throws(SystemError) -> (place: Place, node: Int) {
    let call = isFolder ? "mkdir" : "open"
    let place = try place(of: path, for: call)
    guard node(at: place) == nil else { throw SystemError(call: call, .exists) }
    let node = number()
    nodes[node] = Node(isFolder: isFolder)
    nodes[place.folder]?.entries[place.name] = node
    return (place, node)
  }

  /// Gives a file or folder another name.
  ///
  /// - Returns: Where it was and is, and its number; `nil` if both are the same.
  @discardableResult
  package mutating func rename(
    _ path: String, to newPath: String
  ) throws(SystemError) -> (old: Place, new: Place, node: Int)? {
    let old = try place(of: path, for: "rename")
    let new = try place(of: newPath, for: "rename")
    guard let node = node(at: old) else { throw SystemError(call: "rename", .missing) }
    guard !isInside(new.folder, node) else { throw SystemError(call: "rename", .invalid) }
    let replaced = self.node(at: new)
    if replaced == node { return nil }
    if let replaced {
      switch (isFolder(node), isFolder(replaced)) {
      case (false, true): throw SystemError(call: "rename", .isFolder)
      case (true, false): throw SystemError(call: "rename", .noFolder)
      case (true, true) where nodes[replaced]?.entries.isEmpty == false:
        throw SystemError(call: "rename", .notEmpty)
      default: break
      }
    }
    nodes[old.folder]?.entries[old.name] = nil
    nodes[new.folder]?.entries[new.name] = node
    if let replaced { forget(replaced) }
    return (old, new, node)
  }

  /// Removes a file or an empty folder.
  ///
  /// - Returns: Where it was, and its number.
  @discardableResult
  package mutating func remove(_ path: String) throws(SystemError) -> (place: Place, node: Int) {
    let place = try place(of: path, for: "remove")
    guard let node = node(at: place) else { throw SystemError(call: "remove", .missing) }
    guard nodes[node]?.entries.isEmpty != false else {
      throw SystemError(call: "remove", .notEmpty)
    }
    nodes[place.folder]?.entries[place.name] = nil
    forget(node)
    return (place, node)
  }

  /// Whether a folder is another one or lies in it.
  private func isInside(_ folder: Int, _ other: Int) -> Bool {
    guard folder != other else { return true }
    return nodes[other]?.entries.values.contains { isFolder($0) && isInside(folder, $0) } ?? false
  }

  /// Lets go of what has lost its name, unless it is open.
  private mutating func forget(_ node: Int) {
    if nodes[node]?.openings == 0 { nodes[node] = nil }
  }
}

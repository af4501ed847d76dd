extension FileTree {
  /// Every name there is, and what it names.
  package var names: [Place: Int] {
    var names: [Place: Int] = [:]
    for (number, node) in nodes {
      for (name, entry) in node.entries { names[Place(folder: number, name: name)] = entry }
    }
    return names
  }

  /// The files and folders of a tree that can be reached by these names, under their numbers; none
  /// of them is open.
  package init(_ names: [Place: Int], of tree: FileTree) {
    self = tree
    let entries = Dictionary(grouping: names) { $0.key.folder }
    nodes = [Self.root: Node(isFolder: true)]
    var folders = [Self.root]
    while let folder = folders.popLast() {
      for (place, entry) in entries[folder] ?? [] {
        guard var node = tree.nodes[entry] else { continue }
        node.entries = [:]
        node.openings = 0
        nodes[folder]?.entries[place.name] = entry
        nodes[entry] = node
        if node.isFolder { folders.append(entry) }
      }
    }
  }

  /// The numbers of all files, in their order.
  package var files: [Int] { nodes.filter { !$0.value.isFolder }.keys.sorted() }

  /// How many bytes all files hold that have a name.
  package var byteCount: Int { names.values.reduce(0) { $0 + length(of: $1) } }

  /// The numbers of the folders above a path, the root not among them.
  package func folders(above path: String) -> [Int] {
    var folders: [Int] = []
    for name in path.split(separator: "/").dropLast() where name != "." {
      guard let next = nodes[folders.last ?? Self.root]?.entries[String(name)] else { break }
      folders.append(next)
    }
    return folders
  }
}

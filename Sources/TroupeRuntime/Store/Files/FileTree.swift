/// Folders and files in memory, with the errors that the system has for them.
///
/// Paths are taken apart at `/`; whether they begin with one does not matter, as there is no
/// current folder, and `..` is not known. A file that is open stays when its name is removed.
package struct FileTree: Sendable {
  /// A file or a folder, whatever its names.
  struct Node: Sendable {
    let isFolder: Bool
    var bytes: [UInt8] = []
    /// What is in the folder, by name.
    var entries: [String: Int] = [:]
    var openings = 0
  }

  /// Where a name is, or could be.
  package struct Place: Sendable, Hashable {
    package let folder: Int
    package let name: String
  }

  /// The number of the folder in which all else is.
  package static let root = 0
  /// The most bytes of a name.
  private static let nameLimit = 255

  var nodes: [Int: Node] = [root: Node(isFolder: true)]
  private var last = root

  package init() {}

  /// The place of a path.
  ///
  /// - Throws: `SystemError` unless its folder is there.
  package func place(of path: String, for call: String) throws(SystemError) -> Place {
    let names = path.split(separator: "/").filter { $0 != "." }
    guard let name = names.last else { throw SystemError(call: call, .exists) }
    var folder = Self.root
    for name in names.dropLast() {
      guard let next = nodes[folder]?.entries[String(name)] else {
        throw SystemError(call: call, .missing)
      }
      guard nodes[next]?.isFolder == true else { throw SystemError(call: call, .noFolder) }
      folder = next
    }
    guard name.utf8.count <= Self.nameLimit else { throw SystemError(call: call, .nameTooLong) }
    return Place(folder: folder, name: String(name))
  }

  /// What is at a place.
  package func node(at place: Place) -> Int? { nodes[place.folder]?.entries[place.name] }

  /// The number of the folder at a path.
  package func folder(_ path: String, for call: String) throws(SystemError) -> Int {
    guard path.contains(where: { $0 != "/" && $0 != "." }) else { return Self.root }
    guard let node = node(at: try place(of: path, for: call)) else {
      throw SystemError(call: call, .missing)
    }
    guard isFolder(node) else { throw SystemError(call: call, .noFolder) }
    return node
  }

  /// The number of the file at a path.
  package func file(_ path: String, for call: String) throws(SystemError) -> Int {
    guard path.contains(where: { $0 != "/" && $0 != "." }) else {
      throw SystemError(call: call, .isFolder)
    }
    guard let node = node(at: try place(of: path, for: call)) else {
      throw SystemError(call: call, .missing)
    }
    guard !isFolder(node) else { throw SystemError(call: call, .isFolder) }
    return node
  }

  /// Whether something is a folder.
  package func isFolder(_ node: Int) -> Bool { nodes[node]?.isFolder ?? false }

  /// A number for something new.
  mutating func number() -> Int {
    last += 1
    return last
  }
}

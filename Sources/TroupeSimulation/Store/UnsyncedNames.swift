import TroupeRuntime

/// Which names are on the disk, and which changes of them may be lost in a crash.
///
/// A change is durable once one of its folders was synced. Until then it may or may not survive,
/// alone or with others; only what builds on a change, by touching the same name, never survives
/// without it. A rename survives whole or not at all, so that a file always has its
/// old name or its new one. A name in a folder that has itself not survived is lost with it.
struct UnsyncedNames: Sendable {
  /// A name that was given, taken away, or both at once.
  struct Change: Sendable {
    /// What has the name.
    let node: Int
    var old: FileTree.Place?
    var new: FileTree.Place?
    /// The folders above the new name, if it is not the only one: they must be there as well.
    var above: [Int] = []

    fileprivate var number = 0
    private var places: [FileTree.Place] { [old, new].compactMap(\.self) }

    init(
      node: Int, old: FileTree.Place? = nil, new: FileTree.Place? = nil, above: [Int] = []
    ) {
      self.node = node
      self.old = old
      self.new = new
      self.above = above
    }

    fileprivate func concerns(_ folder: Int) -> Bool { places.contains { $0.folder == folder } }

    fileprivate func buildsOn(_ earlier: Change) -> Bool {
      above.contains(earlier.node) || places.contains { earlier.places.contains($0) }
    }
  }

  private var durable: [FileTree.Place: Int]
  private var pending: [Change] = []
  /// The number of the last change.
  private(set) var last = 0

  /// All names of a tree that is on the disk.
  init(_ tree: FileTree) { durable = tree.names }

  /// Notes a change.
  mutating func note(_ change: Change) {
    last += 1
    pending.append(change)
    pending[pending.count - 1].number = last
  }

  /// Notes that a sync of a folder has ended that began after a change of this number.
  mutating func wereSynced(in folder: Int, upTo number: Int) {
    var isDurable = pending.map { $0.number <= number && $0.concerns(folder) }
    for index in pending.indices.reversed() where isDurable[index] {
      for earlier in 0..<index where pending[index].buildsOn(pending[earlier]) {
        isDurable[earlier] = true
      }
    }
    for (change, isDurable) in zip(pending, isDurable) where isDurable {
      Self.apply(change, to: &durable)
    }
    pending = zip(pending, isDurable).filter { !$0.1 }.map(\.0)
  }

  /// The names that are left after a crash.
  func surviving(using random: inout SeededGenerator) -> [FileTree.Place: Int] {
    var names = durable
    var lost: [Change] = []
    for change in pending {
      let survives = Bool.random(using: &random)
      if survives, !lost.contains(where: { change.buildsOn($0) }) {
        Self.apply(change, to: &names)
      } else {
        lost.append(change)
      }
    }
    return names
  }

  private static func apply(_ change: Change, to names: inout [FileTree.Place: Int]) {
    if let old = change.old, names[old] == change.node { names[old] = nil }
    if let new = change.new { names[new] = change.node }
  }
}

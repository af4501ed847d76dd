/// Which child of one container at a time writes which artifact.
///
/// Entries of another container are told by their stamp, so that nothing is ever cleared.
struct WriterTable {
  private var stamps: [Int32]
  private var children: [Int32]
  private var nodes: [Int32]
  private var stamp: Int32 = 0

  init(slots: Int) {
    stamps = Array(repeating: 0, count: slots)
    children = Array(repeating: 0, count: slots)
    nodes = Array(repeating: 0, count: slots)
  }

  /// Begins another container.
  mutating func begin() { stamp += 1 }

  /// Enters a writer, or gives the one that is already there and belongs to another child.
  mutating func enter(_ slot: Int, child: Int, node: Int) -> Int? {
    if stamps[slot] == stamp {
      return Int(children[slot]) == child ? nil : Int(nodes[slot])
    }
    stamps[slot] = stamp
    children[slot] = Int32(child)
    nodes[slot] = Int32(node)
    return nil
  }

  /// The child that writes an artifact, and its first node that does.
  func writer(of slot: Int) -> (child: Int, node: Int)? {
    stamps[slot] == stamp ? (Int(children[slot]), Int(nodes[slot])) : nil
  }
}

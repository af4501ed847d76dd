/// What is different between two texts, line by line.
package struct LineDifference: Sendable, Hashable, CustomStringConvertible {
  /// Removed lines with `- ` before them, added ones with `+ `, and two spaces before the unchanged
  /// ones around them; where more are unchanged, one line says how many.
  package let lines: [String]

  /// Whether the texts have the same lines.
  package let isEmpty: Bool

  /// The lines as one text.
  package var description: String { lines.joined(separator: "\n") }

  private enum Line {
    case same(Substring)
    case removed(Substring)
    case added(Substring)

    var isSame: Bool { if case .same = self { true } else { false } }
  }

  /// Compares two texts.
  ///
  /// - Parameter context: How many unchanged lines are shown before and after each change.
  package init(from old: String, to new: String, context: Int = 2) {
    let all = Self.compare(Self.split(old), Self.split(new))
    let changes = all.indices.filter { !all[$0].isSame }
    isEmpty = changes.isEmpty
    var shown = Array(repeating: false, count: all.count)
    for change in changes {
      for index in max(change - context, 0)...min(change + context, all.count - 1) {
        shown[index] = true
      }
    }
    var lines: [String] = []
    var index = 0
    while index < all.count {
      let hidden = shown[index...].prefix { !$0 }.count
      // A line in place of a single one would save nothing.
      if hidden > 1 {
        lines.append("  … \(hidden) unchanged lines")
        index += hidden
        continue
      }
      switch all[index] {
      case .same(let line): lines.append(line.isEmpty ? "" : "  \(line)")
      case .removed(let line): lines.append("- \(line)")
      case .added(let line): lines.append("+ \(line)")
      }
      index += 1
    }
    self.lines = lines
  }

  private static func split(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private static func compare(_ old: [Substring], _ new: [Substring]) -> [Line] {
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old[head...].reversed(), new[head...].reversed()).prefix { $0 == $1 }.count
    let (before, after) = (old[head..<old.count - tail], new[head..<new.count - tail])
    return old[..<head].map { .same($0) } + changes(before, after)
      + old[(old.count - tail)...].map { .same($0) }
  }

  private static func changes(_ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>) -> [Line]
  {
    // Finding the shortest way takes time and memory by the square of what is different; nobody
    // reads so much of it line by line.
    guard old.count + new.count <= 2_000 else {
      return old.map { .removed($0) } + new.map { .added($0) }
    }
    var (removed, added) = (Set<Int>(), Set<Int>())
    for change in Array(new).difference(from: Array(old)) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        lines.append(.removed(old[old.startIndex + left]))
        left += 1
      } else if added.contains(right) {
        lines.append(.added(new[new.startIndex + right]))
        right += 1
      } else {
        lines.append(.same(old[old.startIndex + left]))
        left += 1
        right += 1
      }
    }
    return lines
  }
}

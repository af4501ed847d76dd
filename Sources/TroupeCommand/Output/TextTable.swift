/// Columns of text, each as wide as its widest entry, two spaces between them.
struct TextTable {
  /// The columns whose entries stand at their right edge.
  var right: Set<Int> = []
  private var rows: [[String]] = []

  init(right: Set<Int> = []) {
    self.right = right
  }

  /// Adds a row; missing entries at its end are empty.
  mutating func add(_ entries: [String]) { rows.append(entries) }

  /// The lines, without spaces at their ends.
  var lines: [String] {
    var widths: [Int] = []
    for row in rows {
      for (index, entry) in row.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], ColumnWidth.of(entry))
      }
    }
    return rows.map { row in
      var line = ""
      for (index, entry) in row.enumerated() {
        let gap = String(repeating: " ", count: widths[index] - ColumnWidth.of(entry))
        line += (index == 0 ? "" : "  ") + (right.contains(index) ? gap + entry : entry + gap)
      }
      let end = line.lastIndex { $0 != " " }.map(line.index(after:))
      return String(line[..<(end ?? line.startIndex)])
    }
  }
}

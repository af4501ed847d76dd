/// Finds the name that somebody probably meant.
package enum NearestName {
  /// The nearest of some names, the first of equally near ones, or `nil` if none is near.
  ///
  /// Near is a third of the name's letters wrong at most. Counts letters that were left out, put
  /// in, changed or swapped with the next one (optimal string alignment distance; L. Boytsov,
  /// "Indexing methods for approximate dictionary searching", 2011).
  package static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let letters = Array(name.lowercased().unicodeScalars)
    var limit = max(1, letters.count / 3)
    var nearest: String?
    for other in names where other != name {
      let others = Array(other.lowercased().unicodeScalars)
      guard abs(others.count - letters.count) <= limit else { continue }
      let distance = distance(letters, others)
      if distance < limit || (distance == limit && nearest == nil) {
        (nearest, limit) = (other, distance)
      }
    }
    return nearest
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, before[j - 1] + 1)
        }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[right.count]
  }
}

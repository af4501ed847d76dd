/// Finds what somebody probably meant by a name that does not exist.
package enum Nearest {
  /// The candidate that is nearest to a name, the first of several, or `nil` if none is near.
  ///
  /// Near means at most a third of the longer name's letters are to be changed, upper and lower
  /// case counting as the same.
  package static func match(_ name: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(name.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased())
      let allowed = max(letters.count, other.count) / 3
      guard abs(letters.count - other.count) <= allowed, other.count <= 200 else { continue }
      let distance = distance(letters, other)
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// The number of letters to insert, remove, replace or swap with their neighbour: the optimal
  /// string alignment distance, a restricted Damerau–Levenshtein distance.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}

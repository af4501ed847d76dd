extension StringProtocol where SubSequence == Substring {
  /// Of an address as text, those of the steps around it, the innermost first: a step that is done
  /// again has one address for all its takes.
  var placesAround: [Substring] {
    var places: [Substring] = []
    var rest = self[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      // Only a take of the step itself: those of the steps around it tell which visit is meant.
      let name = rest.lastIndex(of: "/") ?? rest.startIndex
      places.append(rest[name...].lastIndex(of: "~").map { rest[..<$0] } ?? rest)
    }
    return places
  }
}

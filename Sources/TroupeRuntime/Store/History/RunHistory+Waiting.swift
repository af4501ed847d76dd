extension RunHistory {
  /// Whether all that has begun and not come to its end waits for signals or for time.
  ///
  /// A step that has begun is at work unless something inside it is, or it waits itself: so the
  /// innermost of those that are open decide.
  var onlyWaits: Bool {
    let open = steps.filter { $0.state == .open }
    var around: Set<Substring> = []
    for step in open { around.formUnion(step.address.description.placesAround) }
    let innermost = open.filter { !around.contains($0.address.description[...]) }
    return !innermost.isEmpty
      && innermost.allSatisfy { step in
        switch step.awaited {
        case .signal, .instant: true
        case .member, nil: false
        }
      }
  }
}

extension String {
  /// The addresses of the steps around the step whose address this is.
  fileprivate var placesAround: [Substring] {
    var places: [Substring] = []
    var rest = self[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      places.append(rest.lastIndex(of: "~").map { rest[..<$0] } ?? rest)
    }
    return places
  }
}

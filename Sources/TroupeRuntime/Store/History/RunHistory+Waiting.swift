extension RunHistory {
  /// Whether all that has begun and not come to its end waits for people, for signals
  /// or for time.
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
        case .signal, .instant, .answer: true
        case .member, nil: false
        }
      }
  }
}

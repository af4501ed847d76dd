import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension NodeHistory {
  /// Takes in that a limit of the node was raised.
  ///
  /// - Parameter instant: From when on a deadline is counted anew.
  mutating func raise(_ limit: StepLimit, at instant: Date) {
    guard closed == nil else { return }
    switch limit {
    case .deadline(let length):
      isOverdue = false
      if let opened, opened.due != nil { self.opened = (opened.record, instant + length.seconds) }
    case .timeout: timedOut = []
    case .budget: exhausted = [:]
    case .rounds, .reworks, .attempts, .tolerance: break
    }
  }
}

extension RaisedLimit {
  /// Whether an address is that of a visit of the step.
  func applies(to place: String) -> Bool {
    let path = path.description
    guard place != path else { return true }
    var rest = path.utf8[...]
    var isSelector = false
    var text = place.utf8[...]
    while let byte = text.first {
      if isSelector {
        isSelector = byte != UInt8(ascii: "]") && byte != UInt8(ascii: "/")
        if byte == UInt8(ascii: "/") { continue }
      } else if byte == UInt8(ascii: "~") {
        isSelector = true
      } else if text.starts(with: "/rounds[".utf8) || text.starts(with: "/items[".utf8) {
        isSelector = true
      } else {
        guard rest.first == byte else { return false }
        rest.removeFirst()
      }
      text.removeFirst()
    }
    return rest.isEmpty
  }
}
